/*
 * What the loader told the kernel, copied and checked.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "boot/boot_info.h"

#include "log/log.h"

#define BYTES_PER_MIB 0x100000

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
    kernel_log("entered by PVH, start info version %u", info->version);
    kernel_log("command line \"%s\"", info->command_line);
    log_memory(info);
    log_modules(info);
}
