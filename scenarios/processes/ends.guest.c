/*
 * How processes end, and what those hear who wait for them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "child.h"

static const char *const words[] = {"exited with", "was ended by the exception",
                                    "was terminated, code"};

static void expect(const char *what, cap_t process, enum process_reason reason, uint32_t code)
{
    struct process_end end = program_finish(process);

    console_printf("%s: %s %u", what, words[end.reason], end.code);
    check(end.reason == reason && end.code == code, "%s %u", words[reason], code);
}

/* A child that ends by itself. */
struct end {
    enum child_role role;
    uint32_t value;
    enum process_reason reason;
    uint32_t code;
    const char *what;
};

static const struct end ends[] = {
    {CHILD_RETURN, 0, PROCESS_REASON_EXITED, 0, "one that returns 0"},
    {CHILD_RETURN, 42, PROCESS_REASON_EXITED, 42, "one that returns 42"},
    {CHILD_RETURN, UINT32_MAX, PROCESS_REASON_EXITED, UINT32_MAX, "one that returns -1"},
    {CHILD_EXIT, 7, PROCESS_REASON_EXITED, 7, "one that exits while another thread of it runs"},
    {CHILD_LAST_THREAD, 9, PROCESS_REASON_EXITED, 9, "one whose last thread ends"},
    {CHILD_ILLEGAL, 0, PROCESS_REASON_FAULTED, 6, "one with an instruction that there is not"},
    {CHILD_DIVIDE, 0, PROCESS_REASON_FAULTED, 0, "one that divides by 0"},
    {CHILD_PRIVILEGED, 0, PROCESS_REASON_FAULTED, 13, "one that disables interrupts"},
    {CHILD_PAGE, 0, PROCESS_REASON_FAULTED, 14, "one that reads where nothing is"},
    {CHILD_BREAKPOINT, 0, PROCESS_REASON_FAULTED, 3, "one that runs into a breakpoint"},
};

static void sleep_a_little(void)
{
    check(outcome_is_done(timer_sleep(capos_cap("timer"), clock_now() + 5000000, NULL)), "a sleep");
}

static void terminate(const char *what, enum child_role role, bool at_once)
{
    cap_t process = child_start(role, 0);

    if (!at_once)
        sleep_a_little();
    check(outcome_is_done(process_terminate(process)), "its end");
    expect(what, process, PROCESS_REASON_TERMINATED, 0);
}

static void terminate_again(void)
{
    cap_t process = child_start(CHILD_RETURN, 5);
    struct process_end end;

    check(outcome_is_done(process_wait(process, &end.reason, &end.code)), "its end");
    attempt("terminating one that has exited", process_terminate(process), ERR_OK);
    expect("the same", process, PROCESS_REASON_EXITED, 5);
    process = child_start(CHILD_SPIN_ALL, 0);
    attempt("terminating one", process_terminate(process), ERR_OK);
    attempt("terminating it again at once", process_terminate(process), ERR_OK);
    expect("the same", process, PROCESS_REASON_TERMINATED, 0);
}

int main(void)
{
    for (uint32_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
        expect(ends[i].what, child_start(ends[i].role, ends[i].value), ends[i].reason,
               ends[i].code);
    terminate("one that computes", CHILD_SPIN, false);
    terminate("one whose three threads compute", CHILD_SPIN_ALL, false);
    terminate("one that waits", CHILD_BLOCK, false);
    terminate("one that sleeps, parks and waits in three threads", CHILD_BLOCK_ALL, false);
    terminate("one that has hardly begun", CHILD_BLOCK, true);
    terminate_again();
    return 0;
}
