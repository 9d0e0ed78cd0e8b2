/*
 * ThreadHandle and ThreadSpawner (kernel.capnp): threads of the caller's process.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/thread_handle.h"

#include "process/process.h"
#include "ring/call.h"
#include "ring/invocation.h"
#include "sched/cpu.h"
#include "sched/thread.h"

static struct thread *thread_of(struct object *object)
{
    return LIST_ENTRY(object, struct thread, object);
}

/* --- ThreadHandle --- */

static void withdraw(struct call *call)
{
    struct thread *thread = thread_of(call->object);

    thread->joiner = NULL;
    thread->joinable = true;
}

static const struct call_kind joining = {withdraw};

static void build_code(struct builder *builder, uint32_t code)
{
    struct builder_struct results = builder_root(builder, 1, 0);

    builder_u32(&results, 0, code);
}

void thread_handle_complete_join(struct call *joiner, uint32_t code)
{
    struct builder builder = call_results(joiner);

    build_code(&builder, code);
    call_finish(joiner, &builder);
}

/* () -> (code :UInt32) */
static err_t join(struct invocation *invocation)
{
    struct thread *thread = thread_of(invocation->object);

    if (thread == invocation->thread)
        return ERR_DEADLOCK;
    if (!thread->joinable)
        return ERR_IN_USE;
    if (thread->state == THREAD_ENDED) {
        build_code(&invocation->builder, thread->exit_code);
        thread->joinable = false;
        return ERR_OK;
    }

    err_t error =
        invocation_begin(invocation, &joining, invocation->submission->deadline, &thread->joiner);

    if (!error)
        thread->joinable = false;
    return error;
}

/* () -> () */
static err_t detach(struct invocation *invocation)
{
    struct thread *thread = thread_of(invocation->object);

    if (!thread->joinable)
        return ERR_IN_USE;
    invocation_results(invocation, 0, 0);
    thread->joinable = false;
    return ERR_OK;
}

const struct method thread_methods[THREAD_HANDLE_METHODS] = {
    [THREAD_HANDLE_JOIN] = {join, 2, 0},
    [THREAD_HANDLE_DETACH] = {detach, 1, 0},
};

/* --- ThreadSpawner --- */

/* 0 inherits; nobody raises a thread above itself. */
static err_t choose_priority(uint32_t wish, const struct thread *parent, unsigned *priority)
{
    *priority = wish ? wish : parent->priority;
    return *priority <= parent->priority ? ERR_OK : ERR_NOT_PERMITTED;
}

static err_t check_start(const struct thread_start *start)
{
    if (start->entry < USER_MIN || start->entry >= USER_MAX)
        return ERR_BAD_ADDRESS;
    if (start->stack > USER_END || start->fs_base >= USER_END)
        return ERR_BAD_ADDRESS;
    return ERR_OK;
}

/* (entry, stack, argument, fsBase :UInt64, arenaPages, priority :UInt32) -> (thread :ThreadHandle) */
static err_t create(struct invocation *invocation)
{
    const struct message_struct *params = &invocation->params;
    uint32_t pages = message_u32(params, 32);
    struct thread_start start = {
        .entry = message_u64(params, 0),
        .stack = message_u64(params, 8),
        .argument = message_u64(params, 16),
        .fs_base = message_u64(params, 24),
        .arena_pages = pages ? pages : RING_ARENA_PAGES_OTHERS,
    };
    struct thread *thread;
    uint32_t index;
    err_t error = check_start(&start);

    if (!error)
        error = choose_priority(message_u32(params, 36), invocation->thread, &start.priority);
    if (!error)
        error = thread_create(invocation->process, &start, &thread);
    if (error)
        return error;
    error = invocation_give(invocation, &thread->object, INTERFACE_THREAD_HANDLE, FACET_OBJECT, 0,
                            &index);
    if (error) {
        thread_end(thread, 0);
    } else {
        struct builder_struct results = invocation_results(invocation, 0, 1);

        builder_cap(&results, 0, index);
        thread_start(thread);
    }
    object_put(&thread->object);
    return error;
}

static const struct method spawner_methods[THREAD_SPAWNER_METHODS] = {
    [THREAD_SPAWNER_CREATE] = {create, 2, 1},
};

static const struct object_type spawner_type = {
    .name = "thread spawner",
    .interface_id = INTERFACE_THREAD_SPAWNER,
    .methods = spawner_methods,
    .n_methods = THREAD_SPAWNER_METHODS,
};

struct object thread_spawner = {.type = &spawner_type, .refs = 1};
