/*
 * MemoryObject and FrameAllocator (kernel.capnp): frames that can be mapped in several processes.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/memory_object.h"

#include "abi/kernel.capnp.h"
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

static err_t info(struct invocation *invocation)
{
    memory_info_results_set_pages(memory_info_results_init_root(&invocation->results),
                                  memory_of(invocation->object)->n_pages);
    return ERR_OK;
}

static err_t map(struct invocation *invocation)
{
    struct memory_map_params_reader params = memory_map_params_root(&invocation->params);
    uint64_t address = memory_map_params_address(params);
    enum access access = memory_map_params_access(params);
    err_t error = access < ACCESS_COUNT
                      ? mapping_create(&invocation->process->space, memory_of(invocation->object),
                                       memory_map_params_offset(params),
                                       memory_map_params_pages(params), &address, access)
                      : ERR_BAD_ARGUMENT;

    if (!error)
        memory_map_results_set_address(memory_map_results_init_root(&invocation->results), address);
    return error;
}

static err_t unmap(struct invocation *invocation)
{
    struct memory_unmap_params_reader params = memory_unmap_params_root(&invocation->params);
    err_t error = mapping_destroy(&invocation->process->space, memory_of(invocation->object),
                                  memory_unmap_params_address(params));

    if (!error)
        memory_unmap_results_init_root(&invocation->results);
    return error;
}

static const struct method methods[MEMORY_METHODS] = {
    [MEMORY_INFO] = {info, RESULT_WORDS(MEMORY_INFO), 0},
    [MEMORY_MAP] = {map, RESULT_WORDS(MEMORY_MAP), 0},
    [MEMORY_UNMAP] = {unmap, RESULT_WORDS(MEMORY_UNMAP), 0},
};

const struct object_type memory_object_type = {
    .name = "memory object",
    .interface_id = INTERFACE_MEMORY,
    .methods = methods,
    .n_methods = MEMORY_METHODS,
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
    memory->parked = (struct tree){0};
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

static err_t allocate(struct invocation *invocation)
{
    uint32_t n_pages =
        frames_allocate_params_pages(frames_allocate_params_root(&invocation->params));
    struct memory_object *memory;
    uint32_t index;
    err_t error = n_pages && n_pages <= MEMORY_PAGES_MAX
                      ? create(invocation->process->ledger, n_pages, &memory)
                      : ERR_BAD_ARGUMENT;

    if (error)
        return error;
    error = invocation_give_object(invocation, &memory->object, &index);
    if (!error)
        frames_allocate_results_set_memory(frames_allocate_results_init_root(&invocation->results),
                                           index);
    object_put(&memory->object); /* the capability keeps it */
    return error;
}

static const struct method allocator_methods[FRAMES_METHODS] = {
    [FRAMES_ALLOCATE] = {allocate, RESULT_WORDS(FRAMES_ALLOCATE), 1},
};

static const struct object_type allocator_type = {
    .name = "frame allocator",
    .interface_id = INTERFACE_FRAMES,
    .methods = allocator_methods,
    .n_methods = FRAMES_METHODS,
};

struct object frame_allocator = {.type = &allocator_type, .refs = 1};
