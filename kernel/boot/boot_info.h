/*
 * What the loader told the kernel, copied and checked.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Of what the loader wrote only the modules and the part that is kept are needed afterwards; they
 * may lie in ranges that are called usable. All else is free once struct boot_info is filled.
 */
#pragma once

#include "lib/types.h"

#define BOOT_COMMAND_LINE_LEN_MAX 4095
#define BOOT_MODULES_MAX          16
#define BOOT_MODULE_NAME_LEN_MAX  127
#define BOOT_RANGES_MAX           128

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
    uint32_t type; /* BOOT_RANGE_... or another number: not usable */
};

#define BOOT_RANGE_USABLE   1
#define BOOT_RANGE_RESERVED 2
#define BOOT_RANGE_ACPI     3 /* tables; usable once they have been read */
#define BOOT_RANGE_NVS      4 /* the firmware's, for sleep */
#define BOOT_RANGE_BAD      5

struct boot_info {
    uint32_t loader;   /* LOADER_... (boot/loader.h); 0: none that we know */
    uint32_t version;  /* of PVH's start info */
    paddr_t rsdp;      /* ACPI's root pointer; 0: none */
    paddr_t kept_at;   /* the loader's data in which the root pointer lies */
    uint64_t kept_len; /* 0: it lies in the firmware's memory instead */
    char command_line[BOOT_COMMAND_LINE_LEN_MAX + 1];
    size_t n_modules;
    struct boot_module modules[BOOT_MODULES_MAX];
    size_t n_ranges;
    struct boot_range ranges[BOOT_RANGES_MAX];
};

/* Logs all of it. */
void boot_info_log(const struct boot_info *info);

/*
 * For the readers of each loader's format. Entry I (from 0) of the loader's list becomes the next
 * of INFO's. One that is out of bounds is logged and left out; one beyond the limit is left out.
 */

/* NULL: left out. The module has no command line yet. */
struct boot_module *boot_info_add_module(struct boot_info *info, size_t i, paddr_t at,
                                         uint64_t len);

void boot_info_add_range(struct boot_info *info, size_t i, struct boot_range range);

/* The lesser of N and MAX; logs that only the first MAX of N WHAT count when those are more. */
size_t boot_info_limit(const char *what, size_t n, size_t max);
