/*
 * Reads the information with which a Multiboot2 loader enters the kernel.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Everything here comes from outside. The information is one block of tags, mapped whole; a tag
 * must fit into the block, and its fields into the tag.
 */
#include "boot/multiboot2.h"

#include "arch/arch.h"
#include "boot/loader.h"
#include "lib/bytes.h"
#include "lib/string.h"
#include "log/log.h"

/* The block begins with its length and a reserved field; each tag, at a multiple of 8, with its
 * type and length (3.6.1, 3.6.2). */
#define HEADER_LEN     8
#define TAG_HEADER_LEN 8
#define TAG_ALIGN      8

#define TAG_END          0
#define TAG_COMMAND_LINE 1
#define TAG_MODULE       3
#define TAG_MEMORY_MAP   6
#define TAG_RSDP_1       14
#define TAG_RSDP_2       15

/* Offsets in a tag, from its type on (3.6.3, 3.6.6, 3.6.8, 3.6.16, 3.6.17) */
#define COMMAND_LINE_TEXT 8
#define MODULE_FROM       8
#define MODULE_TO         12
#define MODULE_TEXT       16
#define MAP_ENTRY_LEN     8
#define MAP_ENTRIES       16
#define MAP_ENTRY_LEN_MIN 24
#define RSDP_COPY         8
#define RSDP_1_LEN        20
#define RSDP_2_LEN        36

struct tag {
    paddr_t at;
    struct bytes bytes;
};

/* What has been listed so far, counted or not. */
struct reader {
    struct boot_info *info;
    size_t n_modules, n_ranges;
};

/* Copies the zero-terminated string at OFFSET of the tag, at most SIZE - 1 bytes of it. */
static void copy_string(const char *what, const struct tag *tag, size_t offset, char *to,
                        size_t size)
{
    struct bytes text = bytes_from(tag->bytes, offset);
    size_t len = 0;

    while (len < text.len && text.at[len])
        len++;
    if (len > size - 1) {
        kernel_log("%s is longer than %zu bytes, cut", what, size - 1);
        len = size - 1;
    }
    memcpy(to, text.at, len);
    to[len] = 0;
}

static bool read_command_line(const struct tag *tag, struct reader *reader)
{
    struct boot_info *info = reader->info;

    if (info->command_line[0] == 0) /* the first one counts */
        copy_string("the command line", tag, COMMAND_LINE_TEXT, info->command_line,
                    sizeof(info->command_line));
    return true;
}

static bool read_module(const struct tag *tag, struct reader *reader)
{
    uint64_t from = bytes_field(tag->bytes, MODULE_FROM, 4);
    uint64_t to = bytes_field(tag->bytes, MODULE_TO, 4);
    struct boot_module *module =
        boot_info_add_module(reader->info, reader->n_modules++, from, to > from ? to - from : 0);

    if (module)
        copy_string("the command line of a module", tag, MODULE_TEXT, module->command_line,
                    sizeof(module->command_line));
    return true;
}

static void read_range(struct bytes entry, struct reader *reader)
{
    struct boot_range range = {.at = bytes_field(entry, 0, 8),
                               .len = bytes_field(entry, 8, 8),
                               .type = (uint32_t)bytes_field(entry, 16, 4)};

    boot_info_add_range(reader->info, reader->n_ranges++, range);
}

static bool read_memory_map(const struct tag *tag, struct reader *reader)
{
    size_t entry_len = bytes_field(tag->bytes, MAP_ENTRY_LEN, 4);
    struct bytes entries = bytes_from(tag->bytes, MAP_ENTRIES);

    if (entry_len < MAP_ENTRY_LEN_MIN)
        return false;
    for (; entries.len >= entry_len; entries = bytes_from(entries, entry_len))
        read_range(entries, reader);
    return true;
}

static bool read_rsdp(const struct tag *tag, struct reader *reader)
{
    bool newer = bytes_field(tag->bytes, 0, 4) == TAG_RSDP_2;

    if (newer || !reader->info->rsdp)
        reader->info->rsdp = tag->at + RSDP_COPY;
    return true;
}

/* What is read, and how short it may be. A reader returns false when the tag makes no sense. */
static const struct tag_kind {
    uint32_t type;
    uint32_t len_min;
    bool (*read)(const struct tag *tag, struct reader *reader);
} kinds[] = {
    {TAG_COMMAND_LINE, COMMAND_LINE_TEXT, read_command_line},
    {TAG_MODULE, MODULE_TEXT, read_module},
    {TAG_MEMORY_MAP, MAP_ENTRIES, read_memory_map},
    {TAG_RSDP_1, RSDP_COPY + RSDP_1_LEN, read_rsdp},
    {TAG_RSDP_2, RSDP_COPY + RSDP_2_LEN, read_rsdp},
};

static bool read_tag(const struct tag *tag, struct reader *reader)
{
    uint64_t type = bytes_field(tag->bytes, 0, 4);

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (kinds[i].type == type)
            return tag->bytes.len >= kinds[i].len_min && kinds[i].read(tag, reader);
    }
    return true;
}

/* Reads the tags of the block at AT up to the last one. Returns the offset of one that is
 * malformed, or 0. */
static size_t read_tags(paddr_t at, struct bytes block, struct reader *reader)
{
    size_t offset = HEADER_LEN;

    for (;;) {
        struct bytes rest = bytes_from(block, offset);
        uint64_t type = bytes_field(rest, 0, 4);
        size_t len = bytes_field(rest, 4, 4);
        struct tag tag = {at + offset, {rest.at, len}};

        if (len < TAG_HEADER_LEN || len > rest.len)
            return offset;
        if (type == TAG_END)
            return 0;
        if (!read_tag(&tag, reader))
            return offset;
        offset += (len + TAG_ALIGN - 1) / TAG_ALIGN * TAG_ALIGN;
    }
}

/* Maps the whole block. */
static err_t map_block(paddr_t at, struct bytes *block)
{
    *block = (struct bytes){arch_phys(at, HEADER_LEN), HEADER_LEN};
    if (!block->at)
        return ERR_OUT_OF_BOUNDS;
    block->len = bytes_field(*block, 0, 4);
    if (block->len < HEADER_LEN || block->len > MULTIBOOT2_LEN_MAX)
        return ERR_BAD_LENGTH;
    block->at = arch_phys(at, block->len);
    return block->at ? ERR_OK : ERR_OUT_OF_BOUNDS;
}

err_t multiboot2_read(paddr_t at, struct boot_info *info)
{
    struct reader reader = {.info = info};
    struct bytes block;
    err_t error = map_block(at, &block);

    memset(info, 0, sizeof(*info));
    if (error)
        return error;

    size_t malformed = read_tags(at, block, &reader);

    if (malformed)
        kernel_log("the boot information is malformed after %zu of %zu bytes, the rest is ignored",
                   malformed, block.len);
    boot_info_limit("modules", reader.n_modules, BOOT_MODULES_MAX);
    boot_info_limit("memory ranges", reader.n_ranges, BOOT_RANGES_MAX);
    info->loader = LOADER_MULTIBOOT2;
    if (info->rsdp) {
        info->kept_at = at;
        info->kept_len = block.len;
    }
    return ERR_OK;
}
