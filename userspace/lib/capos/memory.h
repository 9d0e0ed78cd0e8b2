/*
 * Clients of VirtualMemory, FrameAllocator and MemoryObject.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/call.h"

#define PAGE_LEN 4096

enum access { ACCESS_NONE, ACCESS_READ, ACCESS_READ_WRITE, ACCESS_READ_EXECUTE };

/* Anonymous zeroed memory in the caller's space; address 0: anywhere. *AT is where, or 0. */
struct outcome vm_map(cap_t memory, uint64_t address, uint32_t pages, enum access access,
                      uint64_t *at);
struct outcome vm_unmap(cap_t memory, uint64_t address, uint32_t pages);
struct outcome vm_protect(cap_t memory, uint64_t address, uint32_t pages, enum access access);

/* Memory that can be shared. A mapping is unmapped as a whole, by its first address. */
struct outcome memory_allocate(cap_t frames, uint32_t pages, cap_t *object);
struct outcome memory_info(cap_t object, uint32_t *pages);
struct outcome memory_map(cap_t object, uint64_t address, uint32_t offset, uint32_t pages,
                          enum access access, uint64_t *at);
struct outcome memory_unmap(cap_t object, uint64_t address);
