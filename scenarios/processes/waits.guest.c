/*
 * Waiting for processes, and what their handles tell.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "child.h"

#define INTERFACE_PARENT 0x9a7e9a7e9a7e9a7e

static void wait_submit(struct call *call, cap_t process, uint64_t deadline, uint64_t number)
{
    call_open(call, process, INTERFACE_PROCESS, PROCESS_WAIT, 0);
    call_set_deadline(call, deadline);
    check(call_submit(call, 64, number) == ERR_OK && ring_enter(ring_mine(), 0, 0) == 1, "a wait");
}

static uint64_t word_of(struct call *call)
{
    return capnp_u64(capnp_root(&call->results), 0);
}

static void by_two(void)
{
    cap_t process = child_start(CHILD_BLOCK, 0);
    struct call first, second;
    struct process_end end;

    wait_submit(&first, process, 0, 1);
    wait_submit(&second, process, 0, 2);
    check(outcome_is_done(process_terminate(process)), "its end");
    attempt("the first who waits", call_wait(&first), ERR_OK);
    attempt("the second who waits", call_wait(&second), ERR_OK);
    check(word_of(&first) == PROCESS_REASON_TERMINATED &&
              word_of(&second) == PROCESS_REASON_TERMINATED,
          "the same for both");
    call_close(&first);
    call_close(&second);
    attempt("waiting after the end", process_wait(process, &end.reason, &end.code), ERR_OK);
    attempt("and once more", process_wait(process, &end.reason, &end.code), ERR_OK);
    check(end.reason == PROCESS_REASON_TERMINATED, "the same as ever");
    cap_release(process);
}

/* More than the kernel tells in one go. */
#define MANY 31

static cap_t awaited;
static volatile bool others_wait;

static int wait_many(void *argument)
{
    struct ring_client *client = ring_mine();
    struct ring_submission wait = {.opcode = RING_CALL,
                                   .method = PROCESS_WAIT,
                                   .user_data = 1,
                                   .cap = awaited,
                                   .interface_id = INTERFACE_PROCESS,
                                   .result_len = 64};
    struct ring_completion completion;

    wait.result = arena_alloc(client, wait.result_len);
    for (unsigned i = 0; i < MANY; i++)
        check(ring_submit(client, &wait), "wait %u", i);
    check(ring_enter(client, 0, 0) == MANY, "all of them taken");
    if (argument) {
        while (!others_wait)
            ;
        check(outcome_is_done(process_terminate(awaited)), "its end");
    }
    others_wait = true;
    for (unsigned i = 0; i < MANY; i++)
        check(ring_wait(client, 1, &completion) == ERR_OK && completion.status == 0, "wait %u", i);
    arena_free(client, wait.result);
    return 0;
}

static void by_many(void)
{
    struct thread thread;

    awaited = child_start(CHILD_BLOCK, 0);
    check(outcome_is_done(thread_start(&thread, wait_many, NULL)), "a thread");
    wait_many(&thread);
    check(outcome_is_done(thread_finish(&thread, NULL)), "its end");
    cap_release(awaited);
    console_printf("%u others have heard of an end", 2 * MANY);
}

static void in_vain(void)
{
    cap_t process = child_start(CHILD_BLOCK, 0);
    struct call call;

    wait_submit(&call, process, clock_now() + 1000000, 1);
    attempt("waiting until a deadline", call_wait(&call), ERR_TIMED_OUT);
    call_close(&call);
    wait_submit(&call, process, 0, 2);
    check(call_cancel(&call) == ERR_OK, "a cancellation");
    attempt("a wait that is cancelled", call_wait(&call), ERR_CANCELLED);
    call_close(&call);
    process_terminate(process);
    program_finish(process);
}

static void released(void)
{
    cap_t process = child_start(CHILD_LAST_THREAD, 3);
    struct call call;

    wait_submit(&call, process, 0, 1);
    attempt("releasing the handle that is waited with", cap_release(process), ERR_OK);
    attempt("that wait", call_wait(&call), ERR_OK);
    check(word_of(&call) >> 32 == 3, "its code");
    call_close(&call);
}

static void handles(void)
{
    cap_t one = child_start(CHILD_BLOCK, 0), other = child_start(CHILD_BLOCK, 0);
    uint64_t id, other_id;
    bool running;
    struct process_end end;

    check(outcome_is_done(process_info(one, &id, &running)) && running, "one that runs");
    check(outcome_is_done(process_info(other, &other_id, &running)) && running, "the other");
    check(other_id == id + 1, "ids that count: %lu and %lu", id, other_id);
    check(outcome_is_done(process_terminate(one)) &&
              outcome_is_done(process_wait(one, &end.reason, &end.code)),
          "its end");
    check(outcome_is_done(process_info(one, &other_id, &running)), "what is left of it");
    check(other_id == id && !running, "the same id, and no process");
    console_printf("a handle tells the id, and whether the process runs; after its end, too");
    process_terminate(other);
    program_finish(other);
    cap_release(one);
    attempt("asking a handle that was released", process_info(one, &id, &running), ERR_BAD_HANDLE);
}

/* Tells a child what its own handle is. */
static struct process_end run_with_self(enum child_role role)
{
    struct child_arguments arguments = {role, 0};
    struct process_grant grant = {"server", CAP_NONE};
    cap_t client, process;
    struct call call;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_PARENT, &grant.cap, &client)),
          "an endpoint");
    process = program_start("child", &arguments, sizeof(arguments), BUDGET_SMALL, &grant, 1);
    cap_release(grant.cap);
    call_open(&call, client, INTERFACE_PARENT, 0, 0);
    call_give(&call, process);
    check(outcome_is_done(call_make(&call, 0)), "a call with the handle");
    call_close(&call);
    cap_release(client);
    return program_finish(process);
}

static void oneself(void)
{
    struct process_end end = run_with_self(CHILD_WAIT_SELF);

    check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "a good end, not %u", end.code);
    end = run_with_self(CHILD_END_SELF);
    check(end.reason == PROCESS_REASON_TERMINATED, "a terminated process, not %u", end.code);
    console_printf("a process that terminates itself: was terminated");
}

int main(void)
{
    by_two();
    by_many();
    in_vain();
    released();
    handles();
    oneself();
    return 0;
}
