/*
 * Clients of VirtualMemory, FrameAllocator and MemoryObject.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/memory.h"

#include "abi/interfaces.h"

#define VM_CALL(cap, method, params, n_params, results, n_results) \
    capos_call(cap, INTERFACE_VIRTUAL_MEMORY, method, params, n_params, results, n_results)
#define OBJECT_CALL(cap, method, params, n_params, results, n_results) \
    capos_call(cap, INTERFACE_MEMORY_OBJECT, method, params, n_params, results, n_results)

struct outcome vm_map(cap_t memory, uint64_t address, uint32_t pages, enum access access,
                      uint64_t *at)
{
    return VM_CALL(memory, VIRTUAL_MEMORY_MAP,
                   ((uint64_t[]){address, pages | (uint64_t)access << 32}), 2, at, 1);
}

struct outcome vm_unmap(cap_t memory, uint64_t address, uint32_t pages)
{
    return VM_CALL(memory, VIRTUAL_MEMORY_UNMAP, ((uint64_t[]){address, pages}), 2, NULL, 0);
}

struct outcome vm_protect(cap_t memory, uint64_t address, uint32_t pages, enum access access)
{
    return VM_CALL(memory, VIRTUAL_MEMORY_PROTECT,
                   ((uint64_t[]){address, pages | (uint64_t)access << 32}), 2, NULL, 0);
}

struct outcome memory_allocate(cap_t frames, uint32_t pages, cap_t *object)
{
    return capos_call_cap(frames, INTERFACE_FRAME_ALLOCATOR, FRAME_ALLOCATOR_ALLOCATE,
                          (uint64_t[]){pages}, 1, object);
}

struct outcome memory_info(cap_t object, uint32_t *pages)
{
    uint64_t result;
    struct outcome outcome = OBJECT_CALL(object, MEMORY_OBJECT_INFO, NULL, 0, &result, 1);

    *pages = (uint32_t)result;
    return outcome;
}

struct outcome memory_map(cap_t object, uint64_t address, uint32_t offset, uint32_t pages,
                          enum access access, uint64_t *at)
{
    return OBJECT_CALL(object, MEMORY_OBJECT_MAP,
                       ((uint64_t[]){address, offset | (uint64_t)pages << 32, access}), 3, at, 1);
}

struct outcome memory_unmap(cap_t object, uint64_t address)
{
    return OBJECT_CALL(object, MEMORY_OBJECT_UNMAP, (uint64_t[]){address}, 1, NULL, 0);
}
