/*
 * Does a little of everything again and again, while others use up all that they have.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Grant "flags": see ways.h.
 */
#include "capos/capos.h"
#include "capos/program.h"

#include "ways.h"

static void memory(void)
{
    uint64_t at;
    cap_t object;

    check(outcome_is_done(vm_map(capos_cap("memory"), 0, 16, ACCESS_READ_WRITE, &at)), "memory");
    check(outcome_is_done(vm_unmap(capos_cap("memory"), at, 16)), "memory given back");
    check(outcome_is_done(frames_allocate(capos_cap("frames"), 16, &object)), "a memory object");
    check(outcome_is_done(memory_map(object, 0, 0, 16, ACCESS_READ, &at)), "its place");
    check(outcome_is_done(memory_unmap(object, at)), "its place given back");
    check(outcome_is_done(cap_release(object)), "its release");
}

/* A call that nobody receives, with a deadline, and a sleep. */
static void calls(void)
{
    cap_t server, client;
    struct words_call in;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_TIMER, &server, &client)),
          "an endpoint");
    check(capos_recv(server, clock_now() + 100000, &in).code == ERR_TIMED_OUT, "a deadline");
    cap_release(client);
    cap_release(server);
    check(outcome_is_done(timer_sleep(capos_cap("timer"), clock_now() + 100000, NULL)), "a sleep");
}

static int end_at_once(void *unused)
{
    (void)unused;
    return 5;
}

static void threads_and_processes(void)
{
    struct thread thread;
    uint32_t code;
    struct process_end end;

    check(outcome_is_done(thread_start(&thread, end_at_once, NULL)), "a thread");
    check(outcome_is_done(thread_finish(&thread, &code)) && code == 5, "its end");
    end = program_run("nothing", NULL, 0, BUDGET_SMALL);
    check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "a process");
}

int main(void)
{
    uint32_t *flags;
    uint64_t at;

    check(outcome_is_done(memory_map(capos_cap("flags"), 0, 0, 1, ACCESS_READ_WRITE, &at)),
          "flags");
    flags = (uint32_t *)at;
    while (!__atomic_load_n(&flags[FLAG_OVER], __ATOMIC_ACQUIRE)) {
        memory();
        calls();
        threads_and_processes();
        __atomic_add_fetch(&flags[FLAG_ROUNDS], 1, __ATOMIC_RELEASE);
    }
    console_printf("could do everything all the time");
    return 0;
}
