/*
 * Tests process/elf.c: a small program, and each lie that can be told in it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each lie is also a file in kernel/process/fuzz/corpus-elf, for fuzzing and for scenarios that try
 * to start it; CORPUS_WRITE=1 writes them anew.
 */
#include "process/elf.h"

#include <stdlib.h>

#include "abi/start.h"
#include "test/check.h"

#define CORPUS "kernel/process/fuzz/corpus-elf/"

/* Indices of the program headers; where each begins; what follows them. */
enum { READ, CODE, DATA, TLS, STACK, NOTE, N_HEADERS };
#define HEADER(i)   (64 + 56 * (i))
#define CODE_OFFSET 0x200
#define DATA_OFFSET 0x210
#define FILE_LEN    0x230

/* Fields of the file header and of a program header. */
enum { PHOFF = 32, EHSIZE = 52, PHENTSIZE = 54, PHNUM = 56, ENTRY = 24 };
enum {
    P_TYPE = 0,
    P_FLAGS = 4,
    P_OFFSET = 8,
    P_VADDR = 16,
    P_FILESZ = 32,
    P_MEMSZ = 40,
    P_ALIGN = 48
};

static uint8_t image[FILE_LEN];
static struct elf_plan plan;
static const char *why;

static void put(size_t at, size_t len, uint64_t value)
{
    for (size_t i = 0; i < len; i++)
        image[at + i] = (uint8_t)(value >> 8 * i);
}

static void put_header(unsigned i, uint64_t type, uint64_t flags, uint64_t offset, uint64_t address,
                       uint64_t file_len, uint64_t mem_len, uint64_t align)
{
    put(HEADER(i) + P_TYPE, 4, type);
    put(HEADER(i) + P_FLAGS, 4, flags);
    put(HEADER(i) + P_OFFSET, 8, offset);
    put(HEADER(i) + P_VADDR, 8, address);
    put(HEADER(i) + P_VADDR + 8, 8, address);
    put(HEADER(i) + P_FILESZ, 8, file_len);
    put(HEADER(i) + P_MEMSZ, 8, mem_len);
    put(HEADER(i) + P_ALIGN, 8, align);
}

/* A program that ends itself: exit(0), by abi/syscall.h. */
static void make(void)
{
    static const uint8_t ident[] = {0x7f, 'E', 'L', 'F', 2, 1, 1};
    static const uint8_t code[] = {0xb8, 1, 0, 0, 0, 0x31, 0xff, 0x0f, 0x05, 0x0f, 0x0b};

    memset(image, 0, sizeof(image));
    memcpy(image, ident, sizeof(ident));
    put(16, 2, 2);
    put(18, 2, 62);
    put(20, 4, 1);
    put(ENTRY, 8, 0x401200);
    put(PHOFF, 8, 64);
    put(EHSIZE, 2, 64);
    put(PHENTSIZE, 2, 56);
    put(PHNUM, 2, N_HEADERS);
    put_header(READ, 1, 4, 0, 0x400000, 0x1b4, 0x1b4, 0x1000);
    put_header(CODE, 1, 5, CODE_OFFSET, 0x401200, sizeof(code), sizeof(code), 0x1000);
    put_header(DATA, 1, 6, DATA_OFFSET, 0x402210, 0x20, 0x2000, 0x1000);
    put_header(TLS, 7, 4, DATA_OFFSET, 0x402210, 8, 0x24, 16);
    put_header(STACK, 0x6474e551, 6, 0, 0, 0, 0x8000, 16);
    put_header(NOTE, 4, 4, UINT64_MAX, 0, UINT64_MAX, 0, 3);
    memcpy(image + CODE_OFFSET, code, sizeof(code));
}

static err_t read_len(size_t len)
{
    uint8_t *copy = malloc(len ? len : 1);
    err_t error;

    memcpy(copy, image, len);
    why = NULL;
    error = elf_read((struct bytes){copy, len}, USER_MIN, USER_MAX, &plan, &why);
    free(copy);
    return error;
}

static err_t read(void)
{
    return read_len(sizeof(image));
}

/* One or two fields of the good program that are changed, and what is said to it. */
struct lie {
    const char *name;
    err_t error;
    const char *why;
    struct {
        size_t at, len;
        uint64_t value;
    } fields[2];
};

#define P(header, field) (HEADER(header) + (field))

/* clang-format off */
static const struct lie lies[] = {
    {"magic", ERR_BAD_SIGNATURE, "not an ELF file", {{0, 1, 'e'}}},
    {"class-32", ERR_UNSUPPORTED, "not a 64-bit ELF file", {{4, 1, 1}}},
    {"big-endian", ERR_UNSUPPORTED, "not a little-endian ELF file", {{5, 1, 2}}},
    {"ident-version", ERR_UNSUPPORTED, "unknown version of ELF", {{6, 1, 2}}},
    {"other-system", ERR_UNSUPPORTED, "for another operating system", {{7, 1, 9}}},
    {"relocatable", ERR_UNSUPPORTED, "not an executable at fixed addresses (ET_EXEC)", {{16, 2, 1}}},
    {"position-independent", ERR_UNSUPPORTED, "not an executable at fixed addresses (ET_EXEC)", {{16, 2, 3}}},
    {"machine", ERR_UNSUPPORTED, "not for x86-64", {{18, 2, 3}}},
    {"version", ERR_UNSUPPORTED, "unknown version of the ELF file", {{20, 4, 0}}},
    {"file-header-size", ERR_BAD_LENGTH, "wrong size of the file header", {{EHSIZE, 2, 52}}},
    {"program-header-size", ERR_BAD_LENGTH, "wrong size of a program header", {{PHENTSIZE, 2, 55}}},
    {"program-header-size-0", ERR_BAD_LENGTH, "wrong size of a program header", {{PHENTSIZE, 2, 0}}},
    {"headers-outside", ERR_OUT_OF_BOUNDS, "program headers outside the file", {{PHOFF, 8, FILE_LEN}}},
    {"headers-cut", ERR_OUT_OF_BOUNDS, "program headers outside the file", {{PHOFF, 8, FILE_LEN - 56 * N_HEADERS + 1}}},
    {"headers-wrap", ERR_OUT_OF_BOUNDS, "program headers outside the file", {{PHOFF, 8, UINT64_MAX - 63}}},
    {"headers-many", ERR_UNSUPPORTED, "more than 64 program headers", {{PHNUM, 2, 0xffff}}},
    {"headers-65", ERR_UNSUPPORTED, "more than 64 program headers", {{PHNUM, 2, 65}}},
    {"headers-none", ERR_MALFORMED, "nothing to load", {{PHNUM, 2, 0}}},
    {"longer-in-file", ERR_BAD_LENGTH, "a segment is longer in the file than in memory", {{P(DATA, P_MEMSZ), 8, 0x1f}}},
    {"file-longest", ERR_BAD_LENGTH, "a segment is longer in the file than in memory", {{P(DATA, P_FILESZ), 8, UINT64_MAX}}},
    {"bytes-past-end", ERR_OUT_OF_BOUNDS, "a segment's bytes lie outside the file", {{P(DATA, P_FILESZ), 8, 0x21}}},
    {"bytes-outside", ERR_OUT_OF_BOUNDS, "a segment's bytes lie outside the file", {{P(DATA, P_OFFSET), 8, 0x1210}}},
    {"bytes-wrap", ERR_OUT_OF_BOUNDS, "a segment's bytes lie outside the file", {{P(DATA, P_OFFSET), 8, UINT64_MAX - 15}}},
    {"align-not-power", ERR_MALFORMED, "an alignment is not a power of two", {{P(DATA, P_ALIGN), 8, 0x1800}}},
    {"align-at-odds", ERR_MALFORMED, "a segment is not aligned alike in the file and in memory", {{P(DATA, P_ALIGN), 8, 0x200000}}},
    {"align-within-page", ERR_MALFORMED, "a segment is not aligned alike in the file and in memory", {{P(DATA, P_VADDR), 8, 0x402200}, {P(DATA, P_ALIGN), 8, 16}}},
    {"below-user", ERR_OUT_OF_BOUNDS, "a segment lies outside a program's addresses", {{P(READ, P_VADDR), 8, 0xf000}}},
    {"address-0", ERR_OUT_OF_BOUNDS, "a segment lies outside a program's addresses", {{P(READ, P_VADDR), 8, 0}}},
    {"above-user", ERR_OUT_OF_BOUNDS, "a segment lies outside a program's addresses", {{P(READ, P_VADDR), 8, USER_MAX}}},
    {"across-user-end", ERR_OUT_OF_BOUNDS, "a segment lies outside a program's addresses", {{P(DATA, P_VADDR), 8, USER_MAX - 0x1000 + 0x210}}},
    {"kernel-address", ERR_OUT_OF_BOUNDS, "a segment lies outside a program's addresses", {{P(CODE, P_VADDR), 8, 0xffffffff80000200}}},
    {"not-canonical", ERR_OUT_OF_BOUNDS, "a segment lies outside a program's addresses", {{P(CODE, P_VADDR), 8, 0x0000900000000200}}},
    {"address-wraps", ERR_OUT_OF_BOUNDS, "a segment lies outside a program's addresses", {{P(DATA, P_MEMSZ), 8, UINT64_MAX - 0x1000}}},
    {"memory-longest", ERR_OUT_OF_BOUNDS, "a segment lies outside a program's addresses", {{P(DATA, P_MEMSZ), 8, UINT64_MAX}}},
    {"overlap", ERR_OVERLAP, "two segments have a page in common", {{P(DATA, P_VADDR), 8, 0x400210}}},
    {"overlap-whole", ERR_OVERLAP, "two segments have a page in common", {{P(READ, P_MEMSZ), 8, 0x100000}}},
    {"page-shared", ERR_OVERLAP, "two segments have a page in common", {{P(DATA, P_VADDR), 8, 0x401210}, {P(TLS, P_VADDR), 8, 0x401210}}},
    {"write-execute", ERR_WRITE_EXECUTE, "a segment is writable and executable", {{P(CODE, P_FLAGS), 4, 7}}},
    {"write-execute-unreadable", ERR_WRITE_EXECUTE, "a segment is writable and executable", {{P(CODE, P_FLAGS), 4, 3}}},
    {"execute-only", ERR_UNSUPPORTED, "a segment is not readable", {{P(CODE, P_FLAGS), 4, 1}}},
    {"no-access", ERR_UNSUPPORTED, "a segment is not readable", {{P(DATA, P_FLAGS), 4, 0}}},
    {"interpreter", ERR_UNSUPPORTED, "wants an interpreter (PT_INTERP)", {{P(NOTE, P_TYPE), 4, 3}}},
    {"dynamic", ERR_UNSUPPORTED, "is linked dynamically (PT_DYNAMIC)", {{P(NOTE, P_TYPE), 4, 2}}},
    {"executable-stack", ERR_WRITE_EXECUTE, "wants an executable stack", {{P(STACK, P_FLAGS), 4, 7}}},
    {"two-stacks", ERR_MALFORMED, "more than one PT_GNU_STACK", {{P(NOTE, P_TYPE), 4, 0x6474e551}}},
    {"entry-in-data", ERR_OUT_OF_BOUNDS, "its entry is not in an executable segment", {{ENTRY, 8, 0x402210}}},
    {"entry-before-code", ERR_OUT_OF_BOUNDS, "its entry is not in an executable segment", {{ENTRY, 8, 0x4011ff}}},
    {"entry-behind-code", ERR_OUT_OF_BOUNDS, "its entry is not in an executable segment", {{ENTRY, 8, 0x40120b}}},
    {"entry-0", ERR_OUT_OF_BOUNDS, "its entry is not in an executable segment", {{ENTRY, 8, 0}}},
    {"entry-kernel", ERR_OUT_OF_BOUNDS, "its entry is not in an executable segment", {{ENTRY, 8, 0xffffffff80000200}}},
    {"no-code", ERR_OUT_OF_BOUNDS, "its entry is not in an executable segment", {{P(CODE, P_FLAGS), 4, 4}}},
    {"two-tls", ERR_MALFORMED, "more than one PT_TLS", {{P(READ, P_TYPE), 4, 7}}},
    {"tls-align-huge", ERR_UNSUPPORTED, "PT_TLS is aligned to more than a page", {{P(TLS, P_ALIGN), 8, 0x2000}}},
    {"tls-align-largest", ERR_UNSUPPORTED, "PT_TLS is aligned to more than a page", {{P(TLS, P_ALIGN), 8, 1ull << 63}}},
    {"tls-align-not-power", ERR_MALFORMED, "an alignment is not a power of two", {{P(TLS, P_ALIGN), 8, 24}}},
    {"tls-not-aligned", ERR_MALFORMED, "PT_TLS is not aligned as it says", {{P(TLS, P_ALIGN), 8, 32}}},
    {"tls-longer-in-file", ERR_BAD_LENGTH, "a segment is longer in the file than in memory", {{P(TLS, P_MEMSZ), 8, 7}}},
    {"tls-huge", ERR_OUT_OF_BOUNDS, "PT_TLS lies outside a program's addresses", {{P(TLS, P_MEMSZ), 8, UINT64_MAX}}},
    {"tls-nowhere", ERR_OUT_OF_BOUNDS, "PT_TLS is not in a segment", {{P(TLS, P_VADDR), 8, 0x800000}}},
    {"tls-past-segment", ERR_OUT_OF_BOUNDS, "PT_TLS is not in a segment", {{P(TLS, P_VADDR), 8, 0x402230}}},
    {"tls-elsewhere-in-file", ERR_OUT_OF_BOUNDS, "PT_TLS is not in a segment", {{P(TLS, P_OFFSET), 8, 0x220}}},
};
/* clang-format on */

#define N_LIES (sizeof(lies) / sizeof(lies[0]))

static void tell(const struct lie *lie)
{
    make();
    for (size_t i = 0; i < 2; i++)
        put(lie->fields[i].at, lie->fields[i].len, lie->fields[i].value);
}

TEST(a_good_one_is_planned)
{
    make();
    CHECK(read() == ERR_OK && why == NULL);
    CHECK(plan.entry == 0x401200 && plan.n_segments == 3 && plan.stack_len == 0x8000);
    CHECK(plan.segments[0].at == 0x400000 && plan.segments[0].mem_len == 0x1000);
    CHECK(plan.segments[0].file_offset == 0 && plan.segments[0].file_len == 0x1b4);
    CHECK(plan.segments[0].data_at == 0x400000 && plan.segments[0].access == ELF_READ);
    CHECK(plan.segments[1].at == 0x401000 && plan.segments[1].data_at == 0x401200);
    CHECK(plan.segments[1].file_offset == 0x200 && plan.segments[1].access == ELF_READ_EXECUTE);
    CHECK(plan.segments[2].at == 0x402000 && plan.segments[2].mem_len == 0x3000);
    CHECK(plan.segments[2].file_len == 0x20 && plan.segments[2].access == ELF_READ_WRITE);
    CHECK(plan.tls.present && plan.tls.at == 0x402210 && plan.tls.file_offset == 0x210);
    CHECK(plan.tls.file_len == 8 && plan.tls.mem_len == 0x24 && plan.tls.align == 16);
    PASS;
}

TEST(each_lie_is_refused)
{
    for (size_t i = 0; i < N_LIES; i++) {
        err_t error;

        tell(&lies[i]);
        error = read();
        if (error != lies[i].error || strcmp(why ? why : "", lies[i].why) != 0)
            printf("# %s: error %u, %s\n", lies[i].name, error, why ? why : "");
        CHECK(error == lies[i].error);
        CHECK_STRING(why ? why : "", lies[i].why);
    }
    PASS;
}

TEST(every_cut_is_refused)
{
    make();
    for (size_t len = 0; len < sizeof(image); len++) {
        err_t error = read_len(len);

        CHECK(error == (len < 4    ? ERR_BAD_SIGNATURE
                        : len < 64 ? ERR_BAD_LENGTH
                                   : ERR_OUT_OF_BOUNDS));
        CHECK(why != NULL);
    }
    PASS;
}

/* What is unusual, but right. */
TEST(variants_are_accepted)
{
    make();
    put(7, 1, 3);                 /* made for GNU/Linux, as ld says when it uses IFUNC */
    put(P(CODE, P_ALIGN), 8, 0);  /* no alignment */
    put(P(READ, P_FILESZ), 8, 0); /* all zeros */
    put(P(DATA, P_VADDR), 8, USER_MAX - 0x3000 + 0x210); /* up to the end */
    put(P(TLS, P_FILESZ), 8, 0); /* nothing but zeros: need not lie anywhere */
    put(P(TLS, P_ALIGN), 8, 0);
    CHECK(read() == ERR_OK && plan.n_segments == 3);
    CHECK(plan.segments[2].at + plan.segments[2].mem_len == USER_MAX);
    CHECK(plan.tls.present && plan.tls.align == 1);
    make();
    put(P(READ, P_VADDR), 8, USER_MIN);
    put(P(TLS, P_TYPE), 4, 0);
    put(P(STACK, P_TYPE), 4, 0);
    CHECK(read() == ERR_OK && !plan.tls.present && plan.stack_len == 0);
    make();
    put(P(DATA, P_VADDR), 8, 0x404210); /* not in the order of addresses, and touching */
    put(P(READ, P_VADDR), 8, 0x402000);
    put(P(READ, P_MEMSZ), 8, 0x2000);
    put(P(TLS, P_VADDR), 8, 0x404210);
    CHECK(read() == ERR_OK && plan.n_segments == 3);
    PASS;
}

TEST(limits_are_reached)
{
    static uint8_t large[FILE_LEN + 56 * ELF_HEADERS_MAX];

    make();
    put(PHNUM, 2, ELF_HEADERS_MAX);
    put(PHOFF, 8, FILE_LEN); /* the table ends the file */
    memcpy(large, image, sizeof(image));
    memcpy(large + FILE_LEN, image + 64, 56 * N_HEADERS);
    CHECK(elf_read((struct bytes){large, sizeof(large)}, USER_MIN, USER_MAX, &plan, &why) ==
          ERR_OK);
    make();
    put(P(READ, P_OFFSET), 8, FILE_LEN); /* no bytes, at the end of the file */
    put(P(READ, P_VADDR), 8, 0x400230);
    put(P(READ, P_FILESZ), 8, 0);
    CHECK(read() == ERR_OK);
    PASS;
}

TEST(empty_segments_do_not_matter)
{
    make();
    put(P(READ, P_FILESZ), 8, 0);
    put(P(READ, P_MEMSZ), 8, 0);
    put(P(READ, P_VADDR), 8, 0);
    put(P(READ, P_FLAGS), 4, 7);
    CHECK(read() == ERR_OK && plan.n_segments == 2 && plan.segments[0].at == 0x401000);
    PASS;
}

/* The good one with N segments in all, in a file large enough for their headers. */
static err_t read_with_segments(unsigned n)
{
    static uint8_t large[0x1000];
    err_t error;

    make();
    put(PHNUM, 2, n);
    put(PHOFF, 8, 0x400);
    memcpy(large, image, sizeof(image));
    for (unsigned i = 0; i < n; i++) {
        uint64_t address = 0x401000 + i * 0x1000;

        memcpy(large + 0x400 + 56 * i, image + HEADER(CODE), 56);
        memcpy(large + 0x400 + 56 * i + P_OFFSET, &(uint64_t){0}, 8);
        memcpy(large + 0x400 + 56 * i + P_VADDR, &address, 8);
        memcpy(large + 0x400 + 56 * i + P_FILESZ, &(uint64_t){0x210}, 8);
        memcpy(large + 0x400 + 56 * i + P_MEMSZ, &(uint64_t){0x210}, 8);
    }
    why = NULL;
    error = elf_read((struct bytes){large, sizeof(large)}, USER_MIN, USER_MAX, &plan, &why);
    return error;
}

TEST(segments_are_bounded)
{
    CHECK(read_with_segments(16) == ERR_OK && plan.n_segments == 16);
    CHECK(read_with_segments(17) == ERR_UNSUPPORTED);
    CHECK_STRING(why, "more than 16 segments");
    PASS;
}

static FILE *open_corpus(const char *name, const char *mode)
{
    char path[128];

    snprintf(path, sizeof(path), CORPUS "%s", name);
    return fopen(path, mode);
}

static bool corpus_has(const char *name)
{
    uint8_t got[sizeof(image) + 1];
    size_t len;
    FILE *file;

    if (getenv("CORPUS_WRITE")) {
        file = open_corpus(name, "wb");
        return file && fwrite(image, sizeof(image), 1, file) == 1 && fclose(file) == 0;
    }
    file = open_corpus(name, "rb");
    if (!file)
        return false;
    len = fread(got, 1, sizeof(got), file);
    fclose(file);
    return len == sizeof(image) && memcmp(got, image, len) == 0;
}

TEST(the_corpus_holds_every_lie)
{
    make();
    CHECK(corpus_has("ordinary"));
    for (size_t i = 0; i < N_LIES; i++) {
        tell(&lies[i]);
        if (!corpus_has(lies[i].name))
            return check_failed(lies[i].name, __FILE__, __LINE__);
    }
    PASS;
}

int main(void)
{
    RUN(a_good_one_is_planned);
    RUN(each_lie_is_refused);
    RUN(every_cut_is_refused);
    RUN(variants_are_accepted);
    RUN(limits_are_reached);
    RUN(empty_segments_do_not_matter);
    RUN(segments_are_bounded);
    RUN(the_corpus_holds_every_lie);
    TESTS_END;
}
