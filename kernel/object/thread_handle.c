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

static void build_code(struct capnp_builder *results, uint32_t code)
{
    thread_join_results_set_code(thread_join_results_init_root(results), code);
}

void thread_handle_complete_join(struct call *joiner, uint32_t code)
{
    struct capnp_builder results;

    call_results(joiner, &results);
    build_code(&results, code);
    call_finish(joiner, &results);
}

static err_t join(struct invocation *invocation)
{
    struct thread *thread = thread_of(invocation->object);

    if (thread == invocation->thread)
        return ERR_DEADLOCK;
    if (!thread->joinable)
        return ERR_IN_USE;
    if (thread->state == THREAD_ENDED) {
        build_code(&invocation->results, thread->exit_code);
        thread->joinable = false;
        return ERR_OK;
    }

    err_t error =
        invocation_begin(invocation, &joining, invocation->submission->deadline, &thread->joiner);

    if (!error)
        thread->joinable = false;
    return error;
}

static err_t detach(struct invocation *invocation)
{
    struct thread *thread = thread_of(invocation->object);

    if (!thread->joinable)
        return ERR_IN_USE;
    thread_detach_results_init_root(&invocation->results);
    thread->joinable = false;
    return ERR_OK;
}

const struct method thread_methods[THREAD_METHODS] = {
    [THREAD_JOIN] = {join, RESULT_WORDS(THREAD_JOIN), 0},
    [THREAD_DETACH] = {detach, RESULT_WORDS(THREAD_DETACH), 0},
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

static err_t create(struct invocation *invocation)
{
    struct threads_create_params_reader params = threads_create_params_root(&invocation->params);
    uint32_t pages = threads_create_params_arena_pages(params);
    struct thread_start start = {
        .entry = threads_create_params_entry(params),
        .stack = threads_create_params_stack(params),
        .argument = threads_create_params_argument(params),
        .fs_base = threads_create_params_fs_base(params),
        .arena_pages = pages ? pages : RING_ARENA_PAGES_OTHERS,
    };
    struct thread *thread;
    uint32_t index;
    err_t error = check_start(&start);

    if (!error)
        error = choose_priority(threads_create_params_priority(params), invocation->thread,
                                &start.priority);
    if (!error)
        error = thread_create(invocation->process, &start, &thread);
    if (error)
        return error;
    error = invocation_give_object(invocation, &thread->object, &index);
    if (error) {
        thread_end(thread, 0);
    } else {
        threads_create_results_set_thread(threads_create_results_init_root(&invocation->results),
                                          index);
        thread_start(thread);
    }
    object_put(&thread->object);
    return error;
}

static const struct method spawner_methods[THREADS_METHODS] = {
    [THREADS_CREATE] = {create, RESULT_WORDS(THREADS_CREATE), 1},
};

static const struct object_type spawner_type = {
    .name = "thread spawner",
    .interface_id = INTERFACE_THREADS,
    .methods = spawner_methods,
    .n_methods = THREADS_METHODS,
};

struct object thread_spawner = {.type = &spawner_type, .refs = 1};
