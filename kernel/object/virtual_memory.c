/*
 * VirtualMemory (kernel.capnp): anonymous memory of the caller's address space.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/virtual_memory.h"

#include "abi/kernel.capnp.h"
#include "mem/space.h"
#include "process/process.h"
#include "ring/invocation.h"

static err_t map(struct invocation *invocation)
{
    struct vm_map_params_reader params = vm_map_params_root(&invocation->params);
    uint64_t address = vm_map_params_address(params);
    enum access access = vm_map_params_access(params);
    err_t error = access < ACCESS_COUNT ? space_map_anonymous(&invocation->process->space, &address,
                                                              vm_map_params_pages(params), access)
                                        : ERR_BAD_ARGUMENT;

    if (!error)
        vm_map_results_set_address(vm_map_results_init_root(&invocation->results), address);
    return error;
}

static err_t unmap(struct invocation *invocation)
{
    struct vm_unmap_params_reader params = vm_unmap_params_root(&invocation->params);
    err_t error =
        space_unmap_anonymous(&invocation->process->space, vm_unmap_params_address(params),
                              vm_unmap_params_pages(params));

    if (!error)
        vm_unmap_results_init_root(&invocation->results);
    return error;
}

static err_t protect(struct invocation *invocation)
{
    struct vm_protect_params_reader params = vm_protect_params_root(&invocation->params);
    enum access access = vm_protect_params_access(params);
    err_t error = access < ACCESS_COUNT ? space_protect(&invocation->process->space,
                                                        vm_protect_params_address(params),
                                                        vm_protect_params_pages(params), access)
                                        : ERR_BAD_ARGUMENT;

    if (!error)
        vm_protect_results_init_root(&invocation->results);
    return error;
}

static const struct method methods[VM_METHODS] = {
    [VM_MAP] = {map, RESULT_WORDS(VM_MAP), 0},
    [VM_UNMAP] = {unmap, RESULT_WORDS(VM_UNMAP), 0},
    [VM_PROTECT] = {protect, RESULT_WORDS(VM_PROTECT), 0},
};

static const struct object_type type = {
    .name = "virtual memory",
    .interface_id = INTERFACE_VM,
    .methods = methods,
    .n_methods = VM_METHODS,
};

struct object virtual_memory = {.type = &type, .refs = 1};
