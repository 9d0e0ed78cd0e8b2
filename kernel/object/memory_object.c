/*
 * MemoryObject and FrameAllocator (kernel.capnp): frames that can be mapped in several processes.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/memory_object.h"

#include "abi/interfaces.h"
#include "lib/string.h"
#include "mem/direct.h"
#include "mem/frames.h"
#include "mem/mapping.h"
#include "mem/pool.h"
#include "mem/space.h"
#include "process/process.h"
#include "ring/invocation.h"
#include "sched/work.h"

#define LIST_FRAMES 1

_Static_assert(MEMORY_PAGES_MAX * sizeof(uint32_t) == PAGE_SIZE, "the list fills a frame");

static struct pool pool = POOL("memory object", struct memory_object);

uint64_t memory_objects_count(void)
{
    return pool_used(&pool);
}

static struct memory_object *memory_of(struct object *object)
{
    return (struct memory_object *)object;
}

/* --- MemoryObject --- */

static void free_frames(struct memory_object *memory, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        frame_free(memory_object_frame(memory, i), 0);
    frame_free(direct_phys(memory->frames), 0);
}

static void destroy(struct object *object)
{
    struct memory_object *memory = memory_of(object);

    free_frames(memory, memory->n_pages);
    ledger_credit(object->ledger, LEDGER_FRAMES, memory->n_pages + LIST_FRAMES);
    pool_free(&pool, memory);
}

/* () -> (pages :UInt32) */
static err_t info(struct invocation *invocation)
{
    struct builder_struct results = invocation_results(invocation, 1, 0);

    builder_u32(&results, 0, memory_of(invocation->object)->n_pages);
    return ERR_OK;
}

/* (address :UInt64, offset, pages :UInt32, access :Access) -> (address :UInt64) */
static err_t map(struct invocation *invocation)
{
    const struct message_struct *params = &invocation->params;
    uint64_t address = message_u64(params, 0);
    enum access access = message_u16(params, 16);
    err_t error =
        access < ACCESSES
            ? mapping_create(&invocation->process->space, memory_of(invocation->object),
                             message_u32(params, 8), message_u32(params, 12), &address, access)
            : ERR_BAD_ARGUMENT;

    if (!error) {
        struct builder_struct results = invocation_results(invocation, 1, 0);

        builder_u64(&results, 0, address);
    }
    return error;
}

/* (address :UInt64) -> () */
static err_t unmap(struct invocation *invocation)
{
    err_t error = mapping_destroy(&invocation->process->space, memory_of(invocation->object),
                                  message_u64(&invocation->params, 0));

    if (!error)
        invocation_results(invocation, 0, 0);
    return error;
}

static const struct method methods[MEMORY_OBJECT_METHODS] = {
    [MEMORY_OBJECT_INFO] = {info, 2, 0},
    [MEMORY_OBJECT_MAP] = {map, 2, 0},
    [MEMORY_OBJECT_UNMAP] = {unmap, 1, 0},
};

const struct object_type memory_object_type = {
    .name = "memory object",
    .interface_id = INTERFACE_MEMORY_OBJECT,
    .methods = methods,
    .n_methods = MEMORY_OBJECT_METHODS,
    .destroy = destroy,
};

/* --- FrameAllocator --- */

static err_t alloc_frames(struct memory_object *memory, uint32_t n_pages)
{
    paddr_t at;
    err_t error = frame_alloc(0, &at);

    if (error)
        return error;
    memory->frames = direct(at);
    for (uint32_t i = 0; i < n_pages; i++) {
        error = frame_alloc(0, &at);
        if (error) {
            free_frames(memory, i);
            return error;
        }
        clear_page(direct(at));
        work_add(WORK_PAGE);
        memory->frames[i] = (uint32_t)(at >> 12);
    }
    memory->n_pages = n_pages;
    return ERR_OK;
}

static err_t create(struct ledger *ledger, uint32_t n_pages, struct memory_object **out)
{
    struct memory_object *memory;
    err_t error = ledger_charge(ledger, LEDGER_FRAMES, n_pages + LIST_FRAMES);

    if (error)
        return error;
    memory = pool_alloc(&pool);
    if (!memory) {
        error = ERR_NO_MEMORY;
        goto credit;
    }
    error = object_init(&memory->object, &memory_object_type, ledger);
    if (error)
        goto free;
    error = alloc_frames(memory, n_pages);
    if (error)
        goto uncharge;
    *out = memory;
    return ERR_OK;

uncharge:
    ledger_credit(ledger, LEDGER_OBJECTS, 1);
free:
    pool_free(&pool, memory);
credit:
    ledger_credit(ledger, LEDGER_FRAMES, n_pages + LIST_FRAMES);
    return error;
}

/* (pages :UInt32) -> (memory :MemoryObject) */
static err_t allocate(struct invocation *invocation)
{
    uint32_t n_pages = message_u32(&invocation->params, 0);
    struct memory_object *memory;
    uint32_t index;
    err_t error = n_pages && n_pages <= MEMORY_PAGES_MAX
                      ? create(invocation->process->ledger, n_pages, &memory)
                      : ERR_BAD_ARGUMENT;

    if (error)
        return error;
    error = invocation_give(invocation, &memory->object, INTERFACE_MEMORY_OBJECT, FACET_OBJECT, 0,
                            &index);
    if (!error) {
        struct builder_struct results = invocation_results(invocation, 0, 1);

        builder_cap(&results, 0, index);
    }
    object_put(&memory->object); /* the capability keeps it */
    return error;
}

static const struct method allocator_methods[FRAME_ALLOCATOR_METHODS] = {
    [FRAME_ALLOCATOR_ALLOCATE] = {allocate, 2, 1},
};

static const struct object_type allocator_type = {
    .name = "frame allocator",
    .interface_id = INTERFACE_FRAME_ALLOCATOR,
    .methods = allocator_methods,
    .n_methods = FRAME_ALLOCATOR_METHODS,
};

struct object frame_allocator = {.type = &allocator_type, .refs = 1};
