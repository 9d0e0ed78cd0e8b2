/*
 * Ends, or does not end, as its argument says; see child.h.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "child.h"

#define UNMAPPED 0x500000000000

static uint64_t counter;

static int spin(void *counter)
{
    for (;;)
        __atomic_add_fetch((uint64_t *)counter, 1, __ATOMIC_RELAXED);
    return 0;
}

static int block(void *unused)
{
    (void)unused;
    for (;;)
        syscall_cap_enter(0, 1, RING_NEVER);
    return 0;
}

static int block_asleep(void *unused)
{
    (void)unused;
    timer_sleep(capos_cap("timer"), UINT64_MAX / 2, NULL);
    return 0;
}

static int block_parked(void *unused)
{
    static const uint32_t word;

    (void)unused;
    park_wait(capos_cap("park"), &word, 0, 0);
    return 0;
}

static void start(int (*run)(void *), void *argument)
{
    static struct thread threads[3];
    static uint32_t n;

    check(outcome_is_done(thread_start(&threads[n++], run, argument)), "a thread");
}

/* Kernel objects of the process while both threads are there; 0 before that. */
static uint32_t objects_of_both;

static int last(void *value)
{
    while (__atomic_load_n(&objects_of_both, __ATOMIC_ACQUIRE) == 0 ||
           ledger_used().objects >= objects_of_both)
        thread_control_yield(capos_cap("thread"));
    return (int)(uint64_t)value;
}

/* The first thread ends with another code, which does not count. */
static void leave_to_last(uint32_t value)
{
    start(last, (void *)(uint64_t)value);
    __atomic_store_n(&objects_of_both, ledger_used().objects, __ATOMIC_RELEASE);
    thread_control_exit_thread(capos_cap("thread"), value + 1);
}

static void divide(void)
{
    __asm__ volatile("div %0" : : "r"(0) : "rax", "rdx");
}

/* The parent sends it as soon as it has it. */
static cap_t receive_self(void)
{
    struct words_call in;

    check(outcome_is_done(capos_recv(capos_cap("server"), RING_NEVER, &in)), "a call");
    check(in.head.n_caps == 1, "a handle");
    check(outcome_is_done(capos_answer(in.head.reply, NULL, 0)), "an answer");
    return in.caps[0].cap;
}

static int wait_for_self(void)
{
    struct process_end end;

    attempt("waiting for oneself", process_wait(receive_self(), &end.reason, &end.code),
            ERR_DEADLOCK);
    return 0;
}

static int end_self(void)
{
    process_terminate(receive_self());
    console_printf("still here");
    return 0;
}

static int count(void)
{
    uint64_t at;

    check(outcome_is_done(memory_map(capos_cap("page"), 0, 0, 1, ACCESS_READ_WRITE, &at)), "it");
    return spin((void *)at);
}

static int leave(void)
{
    child_start(CHILD_COUNT, 0);
    return 0;
}

static int nest(uint32_t depth)
{
    struct child_arguments next = {CHILD_NEST, depth - 1};
    struct budget budget = BUDGET_SMALL, own, limit;

    if (depth == 0)
        return 0;
    check(outcome_is_done(ledger_read(capos_cap("system"), &own, &limit)), "the ledger");
    budget.frames = limit.frames - 128;
    budget.objects = limit.objects - 16;
    budget.calls = limit.calls - 4;
    budget.timers = limit.timers - 1;
    budget.caps = limit.caps - 32;
    return (int)program_run("child", &next, sizeof(next), budget).code + 1;
}

static int play(uint32_t role, uint32_t value)
{
    switch (role) {
    case CHILD_EXIT:
        start(spin, &counter);
        syscall_exit(value);
    case CHILD_LAST_THREAD:
        leave_to_last(value);
        return 0;
    case CHILD_SPIN_ALL:
        start(spin, &counter);
        start(spin, &counter);
        return spin(&counter);
    case CHILD_SPIN:
        return spin(&counter);
    case CHILD_BLOCK_ALL:
        start(block_asleep, NULL);
        start(block_parked, NULL);
        return block(NULL);
    case CHILD_BLOCK:
        return block(NULL);
    case CHILD_ILLEGAL:
        __builtin_trap();
    case CHILD_DIVIDE:
        divide();
        return 0;
    case CHILD_PRIVILEGED:
        __asm__ volatile("cli");
        return 0;
    case CHILD_PAGE:
        return *(volatile int *)UNMAPPED;
    case CHILD_BREAKPOINT:
        __asm__ volatile("int3");
        return 0;
    case CHILD_WAIT_SELF:
        return wait_for_self();
    case CHILD_END_SELF:
        return end_self();
    case CHILD_LEAVE:
        return leave();
    case CHILD_COUNT:
        return count();
    case CHILD_NEST:
        return nest(value);
    default:
        return (int)value;
    }
}

int main(void)
{
    size_t len;
    const struct child_arguments *arguments = capos_arguments(&len);

    check(len == sizeof(*arguments), "a role and a value");
    return play(arguments->role, arguments->value);
}
