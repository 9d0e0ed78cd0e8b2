/*
 * Reads a foreign program, a static ELF executable for x86-64, into a plan of its address space.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Formats: System V ABI (gABI 4.1), "Object Files" and "Program Loading", and its x86-64
 * supplement. Only the file header and the program headers are read; sections do not matter. Pure:
 * nothing is mapped, allocated or logged, and the file must stay as it is while it is read.
 */
#pragma once

#include "abi/err.h"
#include "lib/bytes.h"
#include "lib/types.h"

#define ELF_PAGE_SIZE    0x1000u
#define ELF_HEADERS_MAX  64
#define ELF_SEGMENTS_MAX 16
#define ELF_TLS_ALIGN    ELF_PAGE_SIZE /* at most */

enum elf_access { ELF_READ, ELF_READ_WRITE, ELF_READ_EXECUTE };

/*
 * Pages [at, at + mem_len) with the file's bytes [file_offset, file_offset + file_len) from data_at
 * on, and zeros elsewhere. No two segments have a page in common.
 */
struct elf_segment {
    uint64_t at, mem_len;
    uint64_t data_at, file_offset, file_len;
    enum elf_access access;
};

/*
 * The template of a thread's local storage: mem_len bytes, which begin with file_len bytes of the
 * file, also at address `at` in a segment. `align` is a power of two and `at` a multiple of it.
 */
struct elf_tls {
    uint64_t at, file_offset, file_len, mem_len, align;
    bool present;
};

struct elf_plan {
    uint64_t entry; /* within the file's bytes of a segment that can be executed */
    unsigned n_segments;
    struct elf_segment segments[ELF_SEGMENTS_MAX];
    struct elf_tls tls;
    uint64_t stack_len; /* 0: unsaid; not checked */
};

/*
 * Reads FILE, whose segments must lie within [USER_FROM, USER_TO), which are multiples of the page
 * size. When it is refused, *WHY is a sentence without a full stop, for people, and OUT is
 * unspecified; otherwise *WHY is untouched.
 *
 * ERR_BAD_SIGNATURE: not ELF. ERR_UNSUPPORTED: ELF of another kind, or more than the limits above.
 * ERR_OUT_OF_BOUNDS: outside the file, USER_FROM to USER_TO, or a segment. ERR_BAD_LENGTH: a size
 * of the format is wrong. ERR_WRITE_EXECUTE, ERR_OVERLAP. ERR_MALFORMED: anything else.
 */
err_t elf_read(struct bytes file, uint64_t user_from, uint64_t user_to, struct elf_plan *out,
               const char **why);
