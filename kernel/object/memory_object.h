/*
 * MemoryObject and FrameAllocator (kernel.capnp): frames that can be mapped in several processes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The frames are charged to whoever allocated them and go back when the last capability and the
 * last mapping are gone; a mapping keeps the object alive after every capability has been released.
 */
#pragma once

#include "lib/tree.h"
#include "lib/types.h"
#include "object/object.h"

/* The list of frames is one page. */
#define MEMORY_PAGES_MAX 1024

struct memory_object {
    struct object object;
    uint32_t n_pages;
    uint32_t n_writable, n_executable; /* mappings; never both kinds at once */
    uint32_t *frames;                  /* frame numbers, in a frame of their own */
    struct tree parked;                /* operations that wait at a word of it: ring/park.c */
};

extern const struct object_type memory_object_type;
extern struct object frame_allocator;

static inline paddr_t memory_object_frame(const struct memory_object *memory, uint32_t i)
{
    return (paddr_t)memory->frames[i] << 12;
}

/* Memory objects in the whole system. */
uint64_t memory_objects_count(void);
