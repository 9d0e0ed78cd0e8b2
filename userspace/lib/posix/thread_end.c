/*
 * The last operations of a thread, which it queues and does not wait for.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "posix/threads.h"

#include "capos/page.h"
#include "posix/posix.h"

/* The call keeps its place in the arena: nobody closes it. */
static void submit(struct call *call, struct ring_client *client)
{
    call_submit(call, 0, ring_next_id(client));
}

void thread_end_unmap(struct ring_client *client, uint64_t stack, size_t len)
{
    struct call call;

    struct vm_unmap_params_builder params =
        vm_unmap_open(&call, posix_grant("memory", INTERFACE_VM), 0);

    vm_unmap_params_set_address(params, stack);
    vm_unmap_params_set_pages(params, (uint32_t)(len / PAGE_LEN));
    submit(&call, client);
}

void thread_end_wake(struct ring_client *client, uint64_t word)
{
    cap_t park = posix_grant("park", INTERFACE_PARK_SPACE);

    if (park)
        ring_submit(client, &(struct ring_submission){
                                .opcode = RING_UNPARK,
                                .user_data = ring_next_id(client),
                                .cap = park,
                                .value = 1,
                                .argument = word,
                            });
}

void thread_end_exit(struct ring_client *client)
{
    struct call call;

    thread_control_exit_thread_open(&call, posix_grant("thread", INTERFACE_THREAD_CONTROL), 0);
    submit(&call, client);
}
