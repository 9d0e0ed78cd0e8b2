/*
 * Reads a foreign program, a static ELF executable for x86-64, into a plan of its address space.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "process/elf.h"

#define HEADER_LEN         64
#define PROGRAM_HEADER_LEN 56

#define ELF_MAGIC     0x464c457f
#define CLASS_64      2
#define DATA_LITTLE   1
#define VERSION       1
#define OS_SYSV       0
#define OS_GNU        3
#define TYPE_EXEC     2
#define MACHINE_AMD64 62

enum { PT_LOAD = 1, PT_DYNAMIC, PT_INTERP, PT_TLS = 7, PT_GNU_STACK = 0x6474e551 };
enum { PF_X = 1, PF_W = 2, PF_R = 4 };

/* A program header. */
struct header {
    uint32_t type, flags;
    uint64_t offset, address, file_len, mem_len, align;
};

/* What is read from, and why it is refused. */
struct reading {
    struct bytes file;
    uint64_t user_from, user_to;
    struct elf_plan *plan;
    const char *why;
    bool stack_seen;
};

static err_t refuse(struct reading *reading, err_t error, const char *why)
{
    reading->why = why;
    return error;
}

/* A field of the file header, what it must be, and what to say otherwise. */
struct rule {
    uint8_t offset, len, value;
    err_t error;
    const char *why;
};

/* clang-format off */
static const struct rule rules[] = {
    { 4, 1, CLASS_64,           ERR_UNSUPPORTED, "not a 64-bit ELF file"},
    { 5, 1, DATA_LITTLE,        ERR_UNSUPPORTED, "not a little-endian ELF file"},
    { 6, 1, VERSION,            ERR_UNSUPPORTED, "unknown version of ELF"},
    {16, 2, TYPE_EXEC,          ERR_UNSUPPORTED, "not an executable at fixed addresses (ET_EXEC)"},
    {18, 2, MACHINE_AMD64,      ERR_UNSUPPORTED, "not for x86-64"},
    {20, 4, VERSION,            ERR_UNSUPPORTED, "unknown version of the ELF file"},
    {52, 2, HEADER_LEN,         ERR_BAD_LENGTH,  "wrong size of the file header"},
    {54, 2, PROGRAM_HEADER_LEN, ERR_BAD_LENGTH,  "wrong size of a program header"},
};
/* clang-format on */

static err_t check_file_header(struct reading *reading)
{
    struct bytes file = reading->file;
    uint64_t os = bytes_field(file, 7, 1);

    if (file.len < 4 || bytes_field(file, 0, 4) != ELF_MAGIC)
        return refuse(reading, ERR_BAD_SIGNATURE, "not an ELF file");
    if (file.len < HEADER_LEN)
        return refuse(reading, ERR_BAD_LENGTH, "the file ends within its header");
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
        if (bytes_field(file, rules[i].offset, rules[i].len) != rules[i].value)
            return refuse(reading, rules[i].error, rules[i].why);
    }
    if (os != OS_SYSV && os != OS_GNU)
        return refuse(reading, ERR_UNSUPPORTED, "for another operating system");
    return ERR_OK;
}

/* The table of program headers. */
static err_t find_headers(struct reading *reading, struct bytes *table)
{
    struct bytes rest = bytes_from(reading->file, bytes_field(reading->file, 32, 8));
    uint64_t n = bytes_field(reading->file, 56, 2);

    if (n > ELF_HEADERS_MAX)
        return refuse(reading, ERR_UNSUPPORTED, "more than 64 program headers");
    if (n * PROGRAM_HEADER_LEN > rest.len)
        return refuse(reading, ERR_OUT_OF_BOUNDS, "program headers outside the file");
    *table = (struct bytes){rest.at, n * PROGRAM_HEADER_LEN};
    return ERR_OK;
}

static struct header read_header(struct bytes table, size_t at)
{
    return (struct header){
        .type = (uint32_t)bytes_field(table, at, 4),
        .flags = (uint32_t)bytes_field(table, at + 4, 4),
        .offset = bytes_field(table, at + 8, 8),
        .address = bytes_field(table, at + 16, 8),
        .file_len = bytes_field(table, at + 32, 8),
        .mem_len = bytes_field(table, at + 40, 8),
        .align = bytes_field(table, at + 48, 8),
    };
}

static bool is_within(uint64_t at, uint64_t len, uint64_t from, uint64_t to)
{
    return at >= from && at <= to && len <= to - at;
}

/* What holds for a segment and for the template of thread-local storage. */
static err_t check_contents(struct reading *reading, const struct header *header)
{
    if (header->file_len > header->mem_len)
        return refuse(reading, ERR_BAD_LENGTH, "a segment is longer in the file than in memory");
    /* Without bytes the offset does not matter: linkers leave it behind the end. */
    if (header->file_len && !is_within(header->offset, header->file_len, 0, reading->file.len))
        return refuse(reading, ERR_OUT_OF_BOUNDS, "a segment's bytes lie outside the file");
    if (header->align & (header->align - 1))
        return refuse(reading, ERR_MALFORMED, "an alignment is not a power of two");
    return ERR_OK;
}

/* The whole pages that HEADER wants. */
static err_t find_pages(struct reading *reading, const struct header *header,
                        struct elf_segment *segment)
{
    uint64_t mask = ELF_PAGE_SIZE - 1, end;

    if (!is_within(header->address, header->mem_len, reading->user_from, reading->user_to))
        return refuse(reading, ERR_OUT_OF_BOUNDS, "a segment lies outside a program's addresses");
    if (header->align)
        mask |= header->align - 1;
    if ((header->address ^ header->offset) & mask)
        return refuse(reading, ERR_MALFORMED,
                      "a segment is not aligned alike in the file and in memory");
    segment->at = header->address & ~(uint64_t)(ELF_PAGE_SIZE - 1);
    end = (header->address + header->mem_len + ELF_PAGE_SIZE - 1) & ~(uint64_t)(ELF_PAGE_SIZE - 1);
    segment->mem_len = end - segment->at;
    return ERR_OK;
}

static err_t find_access(struct reading *reading, uint32_t flags, enum elf_access *access)
{
    if ((flags & (PF_W | PF_X)) == (PF_W | PF_X))
        return refuse(reading, ERR_WRITE_EXECUTE, "a segment is writable and executable");
    if (!(flags & PF_R))
        return refuse(reading, ERR_UNSUPPORTED, "a segment is not readable");
    *access = flags & PF_X ? ELF_READ_EXECUTE : flags & PF_W ? ELF_READ_WRITE : ELF_READ;
    return ERR_OK;
}

static bool overlaps(const struct elf_plan *plan, const struct elf_segment *segment)
{
    for (unsigned i = 0; i < plan->n_segments; i++) {
        const struct elf_segment *other = &plan->segments[i];

        if (segment->at < other->at + other->mem_len && other->at < segment->at + segment->mem_len)
            return true;
    }
    return false;
}

static err_t read_load(struct reading *reading, const struct header *header)
{
    struct elf_plan *plan = reading->plan;
    struct elf_segment segment = {
        .data_at = header->address, .file_offset = header->offset, .file_len = header->file_len};
    err_t error = check_contents(reading, header);

    if (error || header->mem_len == 0)
        return error;
    error = find_access(reading, header->flags, &segment.access);
    if (!error)
        error = find_pages(reading, header, &segment);
    if (error)
        return error;
    if (overlaps(plan, &segment))
        return refuse(reading, ERR_OVERLAP, "two segments have a page in common");
    if (plan->n_segments == ELF_SEGMENTS_MAX)
        return refuse(reading, ERR_UNSUPPORTED, "more than 16 segments");
    plan->segments[plan->n_segments++] = segment;
    return ERR_OK;
}

static err_t read_tls(struct reading *reading, const struct header *header)
{
    struct elf_tls *tls = &reading->plan->tls;
    uint64_t align = header->align ? header->align : 1;
    err_t error = check_contents(reading, header);

    if (error)
        return error;
    if (tls->present)
        return refuse(reading, ERR_MALFORMED, "more than one PT_TLS");
    if (align > ELF_TLS_ALIGN)
        return refuse(reading, ERR_UNSUPPORTED, "PT_TLS is aligned to more than a page");
    if (header->address & (align - 1))
        return refuse(reading, ERR_MALFORMED, "PT_TLS is not aligned as it says");
    if (!is_within(header->address, header->mem_len, reading->user_from, reading->user_to))
        return refuse(reading, ERR_OUT_OF_BOUNDS, "PT_TLS lies outside a program's addresses");
    *tls = (struct elf_tls){header->address, header->offset, header->file_len,
                            header->mem_len, align,          true};
    return ERR_OK;
}

static err_t read_stack(struct reading *reading, const struct header *header)
{
    if (reading->stack_seen)
        return refuse(reading, ERR_MALFORMED, "more than one PT_GNU_STACK");
    if (header->flags & PF_X)
        return refuse(reading, ERR_WRITE_EXECUTE, "wants an executable stack");
    reading->stack_seen = true;
    reading->plan->stack_len = header->mem_len;
    return ERR_OK;
}

static err_t read_one(struct reading *reading, const struct header *header)
{
    switch (header->type) {
    case PT_LOAD:
        return read_load(reading, header);
    case PT_TLS:
        return read_tls(reading, header);
    case PT_GNU_STACK:
        return read_stack(reading, header);
    case PT_INTERP:
        return refuse(reading, ERR_UNSUPPORTED, "wants an interpreter (PT_INTERP)");
    case PT_DYNAMIC:
        return refuse(reading, ERR_UNSUPPORTED, "is linked dynamically (PT_DYNAMIC)");
    default:
        return ERR_OK; /* notes and the like say nothing about the address space */
    }
}

/* The segment whose bytes from the file include the LEN at address AT; NULL: none. */
static const struct elf_segment *segment_of(const struct elf_plan *plan, uint64_t at, uint64_t len)
{
    for (unsigned i = 0; i < plan->n_segments; i++) {
        const struct elf_segment *segment = &plan->segments[i];

        if (is_within(at, len, segment->data_at, segment->data_at + segment->file_len))
            return segment;
    }
    return NULL;
}

/* What concerns several headers, whatever their order. */
static err_t check_plan(struct reading *reading)
{
    const struct elf_plan *plan = reading->plan;
    const struct elf_tls *tls = &plan->tls;
    const struct elf_segment *code = segment_of(plan, plan->entry, 1);
    const struct elf_segment *data = segment_of(plan, tls->at, tls->file_len);

    if (plan->n_segments == 0)
        return refuse(reading, ERR_MALFORMED, "nothing to load");
    if (!code || code->access != ELF_READ_EXECUTE)
        return refuse(reading, ERR_OUT_OF_BOUNDS, "its entry is not in an executable segment");
    if (tls->file_len == 0)
        return ERR_OK;
    if (!data || tls->file_offset - data->file_offset != tls->at - data->data_at)
        return refuse(reading, ERR_OUT_OF_BOUNDS, "PT_TLS is not in a segment");
    return ERR_OK;
}

static err_t read_all(struct reading *reading)
{
    struct bytes table;
    err_t error = check_file_header(reading);

    if (!error)
        error = find_headers(reading, &table);
    if (error)
        return error;
    reading->plan->entry = bytes_field(reading->file, 24, 8);
    for (size_t at = 0; at < table.len; at += PROGRAM_HEADER_LEN) {
        struct header header = read_header(table, at);

        error = read_one(reading, &header);
        if (error)
            return error;
    }
    return check_plan(reading);
}

err_t elf_read(struct bytes file, uint64_t user_from, uint64_t user_to, struct elf_plan *out,
               const char **why)
{
    struct reading reading = {
        .file = file, .user_from = user_from, .user_to = user_to, .plan = out};
    err_t error;

    *out = (struct elf_plan){.n_segments = 0};
    error = read_all(&reading);
    if (error)
        *why = reading.why;
    return error;
}
