/* Addresses of the kernel as functions, files and lines, by binutils' addr2line.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/buffer.h"
#include "harness/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where an address lies. A frame of inlined functions has several places, innermost first. */
struct place {
    char function[96];
    char file[160]; /* "kernel/diag/panic.c", "" when unknown */
    unsigned line;
};

enum { MAX_INLINED = 8 };

struct symbol {
    uint64_t address;
    struct place places[MAX_INLINED];
    size_t n;
};

/* Looks up @n addresses in the ELF file @elf. All but the first are return addresses: what is
 * looked up is the call before them. */
bool symbols_find(const char *elf, const uint64_t *addresses, size_t n, struct symbol *out,
                  struct error *);

/* Adds a backtrace: "  #0 0xffffffff80100123 provoke_panic (kernel/diag/provoke.c:42)", a line per
 * place. */
void symbols_print(const struct symbol *, size_t n, struct buffer *out);
