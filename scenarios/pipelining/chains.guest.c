/*
 * Calls of what is still to come from "node", another process: chains, order, and objects of the
 * kernel.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "node.h"

#define MILLISECOND 1000000ull

static cap_t root(void)
{
    return capos_cap("node");
}

static uint64_t ask(cap_t node, uint16_t method)
{
    uint64_t word = 0;

    check(outcome_is_done(capos_call(node, INTERFACE_NODE, method, NULL, 0, &word, 1)), "a word");
    return word;
}

/* Three steps that each need what the step before brings, in one cap_enter(). */
static void chain(void)
{
    struct call first, second, path;
    cap_t node;

    node_open(&first, root(), NODE_OPEN, 4);
    submit(&first, FIRST);
    node_open(&second, CAP_NONE, NODE_OPEN, 2);
    call_await(&second, &first, 0);
    submit(&second, SECOND);
    node_open(&path, CAP_NONE, NODE_PATH, 0);
    call_await(&path, &second, 0);
    submit(&path, THIRD);
    enter(3);
    attempt("asking the node below the node below", call_wait(&path), ERR_OK);
    console_printf("its path is %lu", result_of(&path));
    call_close(&path);
    attempt("opening the second", call_wait(&second), ERR_OK);
    node = call_cap(&second, 0);
    call_close(&second);
    attempt("opening the first", finish(&first), ERR_OK);
    check(ask(node, NODE_PATH) == 42, "the same node by its handle");
    cap_release(node);
}

/* Held, until the server says so. */
static void open_later(struct call *call, uint64_t digit, uint64_t number)
{
    node_open(call, root(), NODE_HOLD, digit);
    submit(call, number);
    enter(1);
    while (ask(root(), NODE_HELD) == 0)
        ;
}

/* Nine calls wait for one node; the tenth is made when it is there. */
static void order(void)
{
    struct call first, writes[9];
    cap_t node;

    open_later(&first, 1, FIRST);
    for (uint64_t i = 0; i < 9; i++) {
        node_open(&writes[i], CAP_NONE, NODE_WRITE, i + 1);
        call_await(&writes[i], &first, 0);
        submit(&writes[i], MANY + i);
    }
    enter(9);
    check(ask(root(), NODE_LOG) == 0, "nothing written while there is no node");
    check(ask(root(), NODE_FREE) == 1, "the call answered");
    attempt("opening a node that nine writes wait for", call_wait(&first), ERR_OK);
    node = call_cap(&first, 0);
    call_close(&first);
    check(ask(node, NODE_PATH) == 1, "the node by its handle");
    console_printf("the log says %lu before any of them is looked at", ask(root(), NODE_LOG));
    for (uint32_t i = 0; i < 9; i++)
        check(outcome_is_done(finish(&writes[i])), "write %u", i);
    cap_release(node);
}

/* cap_enter() comes back early to let kernel objects have their calls; it would hang if it did
 * not. */
static void wait_for_all(uint32_t n)
{
    uint32_t rounds = 0;

    do
        ring_enter(ring_mine(), n, RING_NEVER);
    while (ring_held(ring_mine()) < n && ++rounds < 10);
    check(ring_held(ring_mine()) == n, "%u completions", n);
}

/* A kernel object that comes, one that it makes, and the mapping of that: and the last one is used
 * before any is looked at. */
static void kernel_objects(void)
{
    struct call tools, memory, map;
    volatile uint64_t *word;
    uint64_t at;
    cap_t handle;

    node_open(&tools, root(), NODE_TOOLS, 0);
    submit(&tools, FIRST);
    frames_allocate_params_set_pages(frames_allocate_open(&memory, CAP_NONE, 0), 2);
    call_await(&memory, &tools, 0);
    submit(&memory, SECOND);
    {
        struct memory_map_params_builder params = memory_map_open(&map, CAP_NONE, 0);

        memory_map_params_set_pages(params, 2);
        memory_map_params_set_access(params, ACCESS_READ_WRITE);
    }
    call_await(&map, &memory, 0);
    submit(&map, THIRD);
    wait_for_all(3);
    attempt("mapping memory of an allocator that is to come", call_wait(&map), ERR_OK);
    at = memory_map_results_address(memory_map_results(&map));
    word = (volatile uint64_t *)at;
    *word = 42;
    check(*word == 42, "memory");
    call_close(&map);
    attempt("allocating it", call_wait(&memory), ERR_OK);
    handle = call_cap(&memory, 0);
    call_close(&memory);
    attempt("getting the allocator", finish(&tools), ERR_OK);
    check(outcome_is_done(memory_unmap(handle, at)), "the mapping's end");
    cap_release(handle);
}

/* It begins when the timer is there, ends in time, or is cancelled. */
static void kernel_waits(void)
{
    struct call tools, sleep, endless;

    node_open(&tools, root(), NODE_TOOLS, 0);
    submit(&tools, FIRST);
    timer_sleep_params_set_until(timer_sleep_open(&sleep, CAP_NONE, 0), clock_now() + MILLISECOND);
    call_await(&sleep, &tools, 1);
    submit(&sleep, SECOND);
    timer_sleep_params_set_until(timer_sleep_open(&endless, CAP_NONE, 0), RING_NEVER);
    call_await(&endless, &tools, 1);
    submit(&endless, THIRD);
    enter(3);
    attempt("sleeping by a timer that is to come", finish(&sleep), ERR_OK);
    check(call_cancel(&endless) == ERR_OK, "a cancellation");
    attempt("the same without end, cancelled", finish(&endless), ERR_CANCELLED);
    attempt("getting the timer", finish(&tools), ERR_OK);
}

/* Calls that go on complete before the kernel counts what it can promise: with all of a ring's
 * completions unread it takes no more. */
static void fill_ring(void)
{
    struct ring_client *client = ring_mine();
    struct ring_submission now = {.opcode = RING_CALL,
                                  .flags = RING_PROMISED,
                                  .method = TIMER_NOW,
                                  .user_data = MANY,
                                  .cap = FIRST,
                                  .interface_id = INTERFACE_TIMER,
                                  .promised = 1,
                                  .result_len = 16};
    struct ring_submission nop = {.opcode = RING_NOP, .user_data = SECOND};
    struct ring_completion completion;
    struct call tools;

    node_open(&tools, root(), NODE_TOOLS, 0);
    submit(&tools, FIRST);
    now.result = arena_alloc(client, now.result_len);
    for (uint32_t i = 1; i < RING_COMPLETIONS; i++)
        check(ring_submit(client, &now), "call %u", i);
    enter(RING_COMPLETIONS);
    while (ring_held(client) == 0)
        ;
    check(ring_submit(client, &nop), "one more");
    enter(0);
    check(ring_held(client) == RING_COMPLETIONS, "a completion for each of the calls");
    attempt("getting the timer that 31 calls wait for", finish(&tools), ERR_OK);
    for (uint32_t i = 1; i < RING_COMPLETIONS; i++)
        check(ring_wait(client, MANY, &completion) == ERR_OK && completion.status == 0, "call %u",
              i);
    check(ring_wait(client, SECOND, &completion) == ERR_OK, "what came after them");
    arena_free(client, now.result);
}

/* What was sent when the node came does not need the handle. */
static void released(void)
{
    struct call first, path;

    open_later(&first, 7, FIRST);
    node_open(&path, CAP_NONE, NODE_PATH, 0);
    call_await(&path, &first, 0);
    submit(&path, SECOND);
    enter(1);
    check(ask(root(), NODE_FREE) == 1, "the call answered");
    attempt("opening a node, and dropping it at once", finish(&first), ERR_OK);
    attempt("the call that had waited for it", call_wait(&path), ERR_OK);
    console_printf("its path is %lu", result_of(&path));
    call_close(&path);
}

int main(void)
{
    chain();
    order();
    kernel_objects();
    kernel_waits();
    fill_ring();
    released();
    return 0;
}
