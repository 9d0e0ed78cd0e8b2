/*
 * What the loader told the kernel, copied and checked.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "lib/types.h"

#define BOOT_COMMAND_LINE_LEN_MAX 4095
#define BOOT_MODULES_MAX          16
#define BOOT_MODULE_NAME_LEN_MAX  127
#define BOOT_RANGES_MAX           64

/* A file that the loader put into memory. All of it is mapped. */
struct boot_module {
    paddr_t at;
    uint64_t len;
    char command_line[BOOT_MODULE_NAME_LEN_MAX + 1];
};

/* Physical memory of one kind; it may lie anywhere, but does not wrap. */
struct boot_range {
    paddr_t at;
    uint64_t len;
    uint32_t type;
};

#define BOOT_RANGE_USABLE 1

struct boot_info {
    uint32_t version; /* of the start info */
    paddr_t rsdp;     /* ACPI's root pointer; 0: none */
    char command_line[BOOT_COMMAND_LINE_LEN_MAX + 1];
    size_t n_modules;
    struct boot_module modules[BOOT_MODULES_MAX];
    size_t n_ranges;
    struct boot_range ranges[BOOT_RANGES_MAX];
};

/* Logs all of it. */
void boot_info_log(const struct boot_info *info);
