/*
 * Starts programs that start others, and leaves some behind when it ends.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "child.h"

#define DEPTH 5

/* What happened until now has left nothing; processes that were refused are cleared away soon, not
 * at once. */
static void expect_ledger(const char *what, struct budget before)
{
    uint64_t end = clock_now() + 1000000000;
    struct budget now = ledger_used();

    while (memcmp(&now, &before, sizeof(now)) != 0 && clock_now() < end)
        now = ledger_used();
    ledger_check(what, before);
}

static void run(const char *image)
{
    struct budget before = ledger_used();

    program_succeed(image, program_start(image, NULL, 0, BUDGET_PARENT, NULL, 0));
    expect_ledger(image, before);
}

static void run_granted(void)
{
    struct process_grant grants[] = {
        {"console", capos_cap("console")},
        {"clock", capos_cap("timer")},
    };
    struct process_request request = {
        .image = "granted", .grants = grants, .n_grants = 2, .budget = BUDGET_SMALL};
    uint32_t n;
    cap_t process;

    request.arguments = capos_grants(&n);
    request.arguments_len = n * sizeof(struct grant);
    check(outcome_is_done(process_spawn(capos_cap("processes"), &request, &process)), "a process");
    program_succeed("granted", process);
}

static void nest(void)
{
    struct child_arguments arguments = {CHILD_NEST, DEPTH};
    struct process_end end = program_run("child", &arguments, sizeof(arguments), BUDGET_PARENT);

    check(end.reason == PROCESS_REASON_EXITED && end.code == DEPTH, "%u, not %u", DEPTH, end.code);
    console_printf("a process in a process, %u deep: each ended and was waited for", end.code);
}

/* A page in which a child counts that nobody has a handle of. */
static cap_t counter_make(uint64_t **counter)
{
    uint64_t at;
    cap_t page;

    check(outcome_is_done(frames_allocate(capos_cap("frames"), 1, &page)), "a page");
    check(outcome_is_done(memory_map(page, 0, 0, 1, ACCESS_READ_WRITE, &at)), "its place");
    *counter = (uint64_t *)at;
    return page;
}

static void expect_counting(const char *who, const uint64_t *counter)
{
    uint64_t start = __atomic_load_n(counter, __ATOMIC_RELAXED);

    while (__atomic_load_n(counter, __ATOMIC_RELAXED) < start + 10)
        timer_sleep(capos_cap("timer"), clock_now() + 1000000, NULL);
    console_printf("%s: lives on", who);
}

static void leave_child(void)
{
    struct child_arguments arguments = {CHILD_COUNT, 0};
    uint64_t *counter;
    struct process_grant grant = {"page", counter_make(&counter)};
    cap_t process = program_start("child", &arguments, sizeof(arguments), BUDGET_SMALL, &grant, 1);

    attempt("releasing the only handle of a child", cap_release(process), ERR_OK);
    expect_counting("a child whose handle was released", counter);
}

/* When the wait for a process has come to its end, nothing is left of what it started either. */
static void end_grandchild(void)
{
    struct child_arguments arguments = {CHILD_LEAVE, 0};
    volatile uint64_t *counter;
    uint64_t *page, last;
    struct process_grant grant = {"page", counter_make(&page)};

    program_succeed(
        "child", program_start("child", &arguments, sizeof(arguments), BUDGET_PARENT, &grant, 1));
    counter = page;
    last = *counter;
    timer_sleep(capos_cap("timer"), clock_now() + 20000000, NULL);
    check(*counter == last, "a child to end with its parent");
    console_printf("a child whose parent has ended: has ended with it");
}

int main(void)
{
    run_granted();
    run("refusals");
    run("ends");
    run("waits");
    nest();
    leave_child();
    end_grandchild();
    child_start(CHILD_BLOCK_ALL, 0);
    console_printf("ends, and leaves two processes behind");
    return 0;
}
