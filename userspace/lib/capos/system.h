/*
 * Clients of SystemInfo and BootPackage.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/process.h"

#define SYSTEM_VERSION_LEN 32 /* bytes, with the terminator; cut */

struct system_state {
    char version[SYSTEM_VERSION_LEN];
    uint32_t processors;
    uint64_t frames, free_frames, boot_nanoseconds;
};

/* In the whole system. */
struct system_objects {
    uint32_t processes, threads, memory_objects, mappings, endpoints, calls;
};

struct outcome system_info_system(cap_t system, struct system_state *);
struct outcome system_info_ledger(cap_t system, struct budget *used, struct budget *limit);
struct outcome system_info_objects(cap_t system, struct system_objects *);

#define PACKAGE_NAME_LEN 64 /* bytes, with the terminator */

struct package_image {
    char name[PACKAGE_NAME_LEN];
    uint64_t len;
    uint8_t sha256[32];
};

struct outcome package_info(cap_t package, uint64_t *manifest_len, uint32_t *images);

/* LEN bytes of the manifest from OFFSET on; how many there were. */
struct outcome package_read(cap_t package, uint64_t offset, void *to, uint32_t len, uint32_t *got);
struct outcome package_image(cap_t package, uint32_t index, struct package_image *);
