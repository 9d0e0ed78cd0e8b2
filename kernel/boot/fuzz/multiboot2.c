/*
 * Fuzzes boot/multiboot2.c: the input is all of physical memory, with the boot information at 0.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "boot/multiboot2.h"

#include <stdlib.h>
#include <string.h>

#include "test/fake_arch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct boot_info info;

    fake_arch_start(data, size);
    multiboot2_read(0, &info);
    if (info.n_modules > BOOT_MODULES_MAX || info.n_ranges > BOOT_RANGES_MAX ||
        strlen(info.command_line) > BOOT_COMMAND_LINE_LEN_MAX)
        abort();
    for (size_t i = 0; i < info.n_modules; i++) {
        if (info.modules[i].len == 0 || !arch_phys(info.modules[i].at, info.modules[i].len))
            abort();
    }
    if (info.rsdp && (info.rsdp < info.kept_at || info.rsdp - info.kept_at + 20 > info.kept_len ||
                      !arch_phys(info.kept_at, info.kept_len)))
        abort();
    boot_info_log(&info);
    fake_arch_end();
    return 0;
}
