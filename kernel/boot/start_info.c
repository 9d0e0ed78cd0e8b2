/*
 * Reads the start info with which a PVH loader enters the kernel.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Everything here comes from outside. Each structure is copied before it is looked at, each address
 * goes through arch_phys(), and each count has a limit.
 */
#include "boot/start_info.h"

#include "arch/arch.h"
#include "boot/loader.h"
#include "lib/string.h"
#include "log/log.h"

#define VERSION_WITH_MEMORY_MAP 1

struct start_info {
    uint32_t magic;
    uint32_t version;
    uint32_t flags;
    uint32_t n_modules;
    uint64_t modules_at;
    uint64_t command_line_at;
    uint64_t rsdp_at;
};
_Static_assert(sizeof(struct start_info) == 40, "start_info.h, version 0");

/* Follows struct start_info from version 1 on. */
struct start_info_memory {
    uint64_t ranges_at;
    uint32_t n_ranges;
    uint32_t reserved;
};
_Static_assert(sizeof(struct start_info_memory) == 16, "start_info.h, version 1");

struct module_entry {
    uint64_t at;
    uint64_t len;
    uint64_t command_line_at;
    uint64_t reserved;
};
_Static_assert(sizeof(struct module_entry) == 32, "start_info.h, struct hvm_modlist_entry");

struct range_entry {
    uint64_t at;
    uint64_t len;
    uint32_t type;
    uint32_t reserved;
};
_Static_assert(sizeof(struct range_entry) == 24, "start_info.h, struct hvm_memmap_table_entry");

static bool copy_from(paddr_t at, void *to, size_t len)
{
    const void *from = arch_phys(at, len);

    if (from)
        memcpy(to, from, len);
    return from != NULL;
}

/* Entry I of the array at AT. */
static bool copy_entry(paddr_t at, size_t i, void *to, size_t len)
{
    paddr_t entry = at + i * len;

    return entry >= at && copy_from(entry, to, len);
}

/* Copies the zero-terminated string at AT, at most SIZE - 1 bytes of it. */
static void copy_string(const char *what, paddr_t at, char *to, size_t size)
{
    size_t len = 0;

    to[0] = 0;
    while (at && len < size) {
        const char *from = at + len >= at ? arch_phys(at + len, 1) : NULL;

        if (!from) {
            kernel_log("%s at 0x%lx is out of bounds, ignored", what, at);
            to[0] = 0;
            return;
        }
        to[len] = *from;
        if (!*from)
            return;
        len++;
    }
    if (len) {
        kernel_log("%s is longer than %zu bytes, cut", what, size - 1);
        to[size - 1] = 0;
    }
}

static void read_module(const struct module_entry *entry, size_t i, struct boot_info *info)
{
    struct boot_module *module = boot_info_add_module(info, i, entry->at, entry->len);

    if (module)
        copy_string("the command line of a module", entry->command_line_at, module->command_line,
                    sizeof(module->command_line));
}

static void read_modules(const struct start_info *start, struct boot_info *info)
{
    size_t n = boot_info_limit("modules", start->n_modules, BOOT_MODULES_MAX);

    for (size_t i = 0; i < n; i++) {
        struct module_entry entry;

        if (!copy_entry(start->modules_at, i, &entry, sizeof(entry))) {
            kernel_log("the module list at 0x%lx is out of bounds after %zu entries",
                       start->modules_at, i);
            return;
        }
        read_module(&entry, i, info);
    }
}

static void read_memory_map(const struct start_info_memory *memory, struct boot_info *info)
{
    size_t n = boot_info_limit("memory ranges", memory->n_ranges, BOOT_RANGES_MAX);

    for (size_t i = 0; i < n; i++) {
        struct range_entry entry;

        if (!copy_entry(memory->ranges_at, i, &entry, sizeof(entry))) {
            kernel_log("the memory map at 0x%lx is out of bounds after %zu entries",
                       memory->ranges_at, i);
            return;
        }
        boot_info_add_range(info, i, (struct boot_range){entry.at, entry.len, entry.type});
    }
}

err_t start_info_read(paddr_t at, struct boot_info *info)
{
    struct start_info start;
    struct start_info_memory memory;

    memset(info, 0, sizeof(*info));
    if (!copy_from(at, &start, sizeof(start)))
        return ERR_OUT_OF_BOUNDS;
    if (start.magic != LOADER_PVH)
        return ERR_BAD_SIGNATURE;

    info->loader = LOADER_PVH;
    info->version = start.version;
    info->rsdp = start.rsdp_at;
    copy_string("the command line", start.command_line_at, info->command_line,
                sizeof(info->command_line));
    read_modules(&start, info);
    if (start.version >= VERSION_WITH_MEMORY_MAP) {
        if (copy_from(at + sizeof(start), &memory, sizeof(memory)))
            read_memory_map(&memory, info);
        else
            kernel_log("the start info ends before its memory map");
    }
    return ERR_OK;
}
