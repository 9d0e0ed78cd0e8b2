/*
 * What the loader told the kernel, copied and checked.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "boot/boot_info.h"

#include "arch/arch.h"
#include "boot/loader.h"
#include "log/log.h"

#define BYTES_PER_MIB 0x100000

size_t boot_info_limit(const char *what, size_t n, size_t max)
{
    if (n <= max)
        return n;
    kernel_log("%zu %s are listed, the first %zu count", n, what, max);
    return max;
}

struct boot_module *boot_info_add_module(struct boot_info *info, size_t i, paddr_t at, uint64_t len)
{
    struct boot_module *module;

    if (i >= BOOT_MODULES_MAX)
        return NULL;
    if (len == 0 || !arch_phys(at, len)) {
        kernel_log("module %zu of %lu bytes at 0x%lx is out of bounds, ignored", i, len, at);
        return NULL;
    }
    module = &info->modules[info->n_modules++];
    *module = (struct boot_module){.at = at, .len = len};
    return module;
}

void boot_info_add_range(struct boot_info *info, size_t i, struct boot_range range)
{
    if (i >= BOOT_RANGES_MAX)
        return;
    if (range.len == 0 || range.at + (range.len - 1) < range.at) {
        kernel_log("memory range %zu of 0x%lx bytes at 0x%lx is out of bounds, ignored", i,
                   range.len, range.at);
        return;
    }
    info->ranges[info->n_ranges++] = range;
}

static void log_loader(const struct boot_info *info)
{
    switch (info->loader) {
    case LOADER_PVH:
        kernel_log("entered by PVH, start info version %u", info->version);
        break;
    case LOADER_MULTIBOOT2:
        kernel_log("entered by Multiboot2");
        break;
    default:
        kernel_log("entered by an unknown loader");
    }
}

static void log_memory(const struct boot_info *info)
{
    uint64_t mib = 0, rest = 0;
    unsigned n = 0;

    for (size_t i = 0; i < info->n_ranges; i++) {
        const struct boot_range *range = &info->ranges[i];

        if (range->type != BOOT_RANGE_USABLE)
            continue;
        /* Whole MiB and the rest apart: ranges may overlap, and then bytes could overflow. */
        mib += range->len / BYTES_PER_MIB;
        rest += range->len % BYTES_PER_MIB;
        n++;
    }
    kernel_log("memory: %lu MiB usable in %u ranges", mib + rest / BYTES_PER_MIB, n);
}

static void log_modules(const struct boot_info *info)
{
    if (info->n_modules == 0)
        kernel_log("no boot modules");
    for (size_t i = 0; i < info->n_modules; i++) {
        const struct boot_module *module = &info->modules[i];

        kernel_log("module %zu: %lu bytes at 0x%lx, command line \"%s\"", i, module->len,
                   module->at, module->command_line);
    }
}

void boot_info_log(const struct boot_info *info)
{
    log_loader(info);
    kernel_log("command line \"%s\"", info->command_line);
    log_memory(info);
    log_modules(info);
}
