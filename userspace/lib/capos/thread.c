/*
 * Clients of ThreadSpawner, ThreadHandle, ThreadControl and ParkSpace.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/thread.h"

#include "abi/interfaces.h"

#define CONTROL_CALL(cap, method, params, n_params, results, n_results) \
    capos_call(cap, INTERFACE_THREAD_CONTROL, method, params, n_params, results, n_results)

struct outcome thread_create(cap_t threads, const struct thread_request *request, cap_t *thread)
{
    uint64_t params[] = {
        request->entry,
        request->stack,
        request->argument,
        request->fs_base,
        request->arena_pages | (uint64_t)request->priority << 32,
    };

    return capos_call_cap(threads, INTERFACE_THREAD_SPAWNER, THREAD_SPAWNER_CREATE, params, 5,
                          thread);
}

struct outcome thread_join(cap_t thread, uint32_t *code)
{
    uint64_t result;
    struct outcome outcome =
        capos_call(thread, INTERFACE_THREAD_HANDLE, THREAD_HANDLE_JOIN, NULL, 0, &result, 1);

    if (code)
        *code = (uint32_t)result;
    return outcome;
}

struct outcome thread_detach(cap_t thread)
{
    return capos_call(thread, INTERFACE_THREAD_HANDLE, THREAD_HANDLE_DETACH, NULL, 0, NULL, 0);
}

struct outcome thread_exit(cap_t control, uint32_t code)
{
    return CONTROL_CALL(control, THREAD_CONTROL_EXIT_THREAD, (uint64_t[]){code}, 1, NULL, 0);
}

struct outcome thread_set_fs_base(cap_t control, uint64_t address)
{
    return CONTROL_CALL(control, THREAD_CONTROL_SET_FS_BASE, (uint64_t[]){address}, 1, NULL, 0);
}

struct outcome thread_get_fs_base(cap_t control, uint64_t *address)
{
    return CONTROL_CALL(control, THREAD_CONTROL_GET_FS_BASE, NULL, 0, address, 1);
}

struct outcome thread_yield(cap_t control)
{
    return CONTROL_CALL(control, THREAD_CONTROL_YIELD, NULL, 0, NULL, 0);
}

struct outcome park_wait(cap_t park, const uint32_t *word, uint32_t expected, uint64_t deadline)
{
    return capos_operate(
        &(struct ring_submission){
            .opcode = RING_PARK,
            .cap = park,
            .value = expected,
            .argument = (uint64_t)word,
            .deadline = deadline,
        },
        NULL);
}

struct outcome park_wake(cap_t park, const uint32_t *word, uint32_t n, uint64_t *woken)
{
    return capos_operate(
        &(struct ring_submission){
            .opcode = RING_UNPARK,
            .cap = park,
            .value = n,
            .argument = (uint64_t)word,
        },
        woken);
}
