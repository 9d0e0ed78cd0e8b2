/*
 * VirtualMemory (kernel.capnp): anonymous memory of the caller's address space.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/virtual_memory.h"

#include "abi/interfaces.h"
#include "mem/space.h"
#include "process/process.h"
#include "ring/invocation.h"

/* (address :UInt64, pages :UInt32, access :Access), the parameters of map and protect. */
struct range {
    uint64_t address;
    uint32_t n_pages;
    enum access access;
};

static err_t read_range(const struct invocation *invocation, struct range *range)
{
    range->address = message_u64(&invocation->params, 0);
    range->n_pages = message_u32(&invocation->params, 8);
    range->access = message_u16(&invocation->params, 12);
    return range->access < ACCESSES ? ERR_OK : ERR_BAD_ARGUMENT;
}

/* -> (address :UInt64) */
static err_t map(struct invocation *invocation)
{
    struct range range;
    err_t error = read_range(invocation, &range);

    if (!error)
        error = space_map_anonymous(&invocation->process->space, &range.address, range.n_pages,
                                    range.access);
    if (!error) {
        struct builder_struct results = invocation_results(invocation, 1, 0);

        builder_u64(&results, 0, range.address);
    }
    return error;
}

/* (address :UInt64, pages :UInt32) -> () */
static err_t unmap(struct invocation *invocation)
{
    err_t error =
        space_unmap_anonymous(&invocation->process->space, message_u64(&invocation->params, 0),
                              message_u32(&invocation->params, 8));

    if (!error)
        invocation_results(invocation, 0, 0);
    return error;
}

static err_t protect(struct invocation *invocation)
{
    struct range range;
    err_t error = read_range(invocation, &range);

    if (!error)
        error =
            space_protect(&invocation->process->space, range.address, range.n_pages, range.access);
    if (!error)
        invocation_results(invocation, 0, 0);
    return error;
}

static const struct method methods[VIRTUAL_MEMORY_METHODS] = {
    [VIRTUAL_MEMORY_MAP] = {map, 2, 0},
    [VIRTUAL_MEMORY_UNMAP] = {unmap, 1, 0},
    [VIRTUAL_MEMORY_PROTECT] = {protect, 1, 0},
};

static const struct object_type type = {
    .name = "virtual memory",
    .interface_id = INTERFACE_VIRTUAL_MEMORY,
    .methods = methods,
    .n_methods = VIRTUAL_MEMORY_METHODS,
};

struct object virtual_memory = {.type = &type, .refs = 1};
