/*
 * Starts threads, joins them, lets go of them, and tries what is not allowed with them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

#define MILLISECOND 1000000ull
#define HUNDRED     100
#define PRIORITY    4 /* of the first process */

static struct thread start(int (*run)(void *), void *argument)
{
    struct thread thread;

    check(outcome_is_done(thread_start(&thread, run, argument)), "a thread");
    return thread;
}

static uint32_t finish(struct thread *thread)
{
    uint32_t code;

    check(outcome_is_done(thread_finish(thread, &code)), "the thread's end");
    return code;
}

/* Waits, without the processor, until the word is set. */
static void await(const uint32_t *word)
{
    while (!__atomic_load_n(word, __ATOMIC_ACQUIRE))
        park_wait(capos_cap("park"), word, 0, RING_NEVER);
}

static void set(uint32_t *word)
{
    __atomic_store_n(word, 1, __ATOMIC_RELEASE);
    park_wake(capos_cap("park"), word, UINT32_MAX, NULL);
}

/* --- Beginning and ending --- */

static int add_one(void *number)
{
    return (int)((uint64_t)number + 1);
}

static int exit_with_most(void *unused)
{
    (void)unused;
    thread_control_exit_thread(capos_cap("thread"), UINT32_MAX);
    return 0;
}

static void codes(void)
{
    struct thread thread = start(add_one, (void *)41);
    uint32_t code = finish(&thread);

    check(code == 42, "42, not %u", code);
    console_printf("a thread that is given 41 and returns one more: joined, %u", code);
    thread = start(exit_with_most, NULL);
    console_printf("a thread that exits by itself with 2^32 - 1: joined, %u", finish(&thread));
}

static _Thread_local uint32_t initialised = 7;
static _Thread_local uint64_t zeroed;

/* 0 unless another thread's variables are seen. */
static int use_variables(void *number)
{
    uint32_t before = initialised;
    uint64_t before_zeroed = zeroed;

    initialised = (uint32_t)(uint64_t)number;
    zeroed = (uint64_t)number;
    for (unsigned i = 0; i < 50; i++) {
        thread_control_yield(capos_cap("thread"));
        if (initialised != (uint32_t)(uint64_t)number || zeroed != (uint64_t)number)
            return 1;
    }
    return before != 7 || before_zeroed != 0;
}

static void variables(void)
{
    struct thread threads[4];

    initialised = 99;
    zeroed = 98;
    for (uint64_t i = 0; i < 4; i++)
        threads[i] = start(use_variables, (void *)(100 + i));
    for (unsigned i = 0; i < 4; i++)
        check(finish(&threads[i]) == 0, "variables of thread %u's own", i);
    check(initialised == 99 && zeroed == 98, "the first thread's variables");
    console_printf("thread-local variables: each thread has its own, fresh at its start");
}

/* Where the variable is now. The compiler takes for granted that a thread's variables stay where
 * they are, but not in a function that it knows nothing of. */
static __attribute__((noipa)) uint32_t *where(void)
{
    return &initialised;
}

/* The thread pointer is the FS base, and points to itself. */
static __attribute__((noipa)) int compare_fs_base(void *unused)
{
    uint64_t base;

    (void)unused;
    if (!outcome_is_done(thread_control_get_fs_base(capos_cap("thread"), &base)))
        return 1;
    return base != (uint64_t)__builtin_thread_pointer();
}

#define BELOW 1024 /* more than all thread-local variables */
#define ABOVE 64

static uint8_t block[BELOW + ABOVE] __attribute__((aligned(64)));

/* Moves a thread's variables elsewhere and back. Below its thread pointer is its stack: all of that
 * can be read. */
static int move_variables(void *unused)
{
    uint64_t old, new = (uint64_t)(block + BELOW);
    cap_t control = capos_cap("thread");
    uint8_t *there;

    (void)unused;
    check(outcome_is_done(thread_control_get_fs_base(control, &old)), "FS base");
    *where() = 1;
    memcpy(block, (const void *)(old - BELOW), sizeof(block));
    *(uint64_t *)new = new;
    check(outcome_is_done(thread_control_set_fs_base(control, new)), "another FS base");
    there = (uint8_t *)where();
    check(there >= block && there < block + BELOW, "the variable to be there");
    check(compare_fs_base(NULL) == 0, "FS base as it was set");
    *where() = 2;
    check(outcome_is_done(thread_control_set_fs_base(control, old)), "the old one");
    check(*where() == 1, "the old variable, 1, not %u", *where());
    return 0;
}

static void fs_base(void)
{
    struct thread thread = start(compare_fs_base, NULL);
    cap_t control = capos_cap("thread");
    uint64_t own;

    check(finish(&thread) == 0 && compare_fs_base(NULL) == 0, "FS base as it is");
    console_printf("FS base: as it was given at the start, in the first thread and in others");
    thread = start(move_variables, NULL);
    finish(&thread);
    console_printf("a thread that sets FS base: finds its variables there, and back again");
    check(outcome_is_done(thread_control_get_fs_base(control, &own)), "FS base");
    attempt("setting FS base to what it is", thread_control_set_fs_base(control, own), ERR_OK);
    attempt("setting it to an address of the kernel",
            thread_control_set_fs_base(control, 0xffffffff80000000), ERR_BAD_ADDRESS);
    attempt("setting it to what is no address", thread_control_set_fs_base(control, 1ull << 47),
            ERR_BAD_ADDRESS);
    check(compare_fs_base(NULL) == 0, "FS base unchanged");
}

/* --- Joining --- */

static uint32_t gate;

static int wait_at_gate(void *code)
{
    await(&gate);
    return (int)(uint64_t)code;
}

static void join_twice(void)
{
    struct thread thread = start(add_one, NULL);
    uint32_t code;

    check(outcome_is_done(thread_join(thread.handle, &code)), "the thread's end");
    attempt("joining a thread a second time", thread_join(thread.handle, &code), ERR_IN_USE);
    attempt("detaching it then", thread_detach(thread.handle), ERR_IN_USE);
    cap_release(thread.handle);
    attempt("joining it by a handle that was released", thread_join(thread.handle, &code),
            ERR_BAD_HANDLE);
    check(outcome_is_done(vm_unmap(capos_cap("memory"), thread.stack, thread.pages)), "its stack");
}

static struct thread self;
static uint32_t self_is_set;

static int join_self(void *unused)
{
    (void)unused;
    await(&self_is_set);
    attempt("a thread that joins itself", thread_join(self.handle, NULL), ERR_DEADLOCK);
    return 0;
}

static void self_join(void)
{
    self = start(join_self, NULL);
    set(&self_is_set);
    check(finish(&self) == 0, "a thread that goes on after that");
}

static int join_other(void *thread)
{
    return (int)thread_join(((const struct thread *)thread)->handle, NULL).code;
}

/* One thread's join under way; its call lies in the arena until it is closed. */
static void join_submit(struct call *call, cap_t thread, uint64_t deadline)
{
    call_open(call, thread, INTERFACE_THREAD, THREAD_JOIN, 0);
    call_set_deadline(call, deadline);
    check(call_submit(call, 16, 1) == ERR_OK, "room for a join");
    check(ring_enter(ring_mine(), 0, 0) == 1, "a join that is taken");
}

static struct outcome join_end(struct call *call, uint32_t *code)
{
    struct outcome outcome = call_wait(call);

    *code = capnp_u32(capnp_root(&call->results), 0);
    call_close(call);
    return outcome;
}

static void join_by_two(void)
{
    struct thread thread = start(wait_at_gate, (void *)5), other;
    struct call call;
    uint32_t code;

    gate = 0;
    join_submit(&call, thread.handle, RING_NEVER);
    other = start(join_other, &thread);
    check(finish(&other) == ERR_IN_USE, "the second one's refusal");
    console_printf("two threads that join the same one: the second is refused, %s",
                   err_sentence(ERR_IN_USE));
    set(&gate);
    check(outcome_is_done(join_end(&call, &code)), "the first one's join");
    console_printf("the first one: joined, %u", code);
    cap_release(thread.handle);
    check(outcome_is_done(vm_unmap(capos_cap("memory"), thread.stack, thread.pages)), "its stack");
}

/* A join that has not happened leaves the thread to be joined. */
static void join_given_up(void)
{
    struct thread thread;
    struct call call;
    uint32_t code;

    gate = 0;
    thread = start(wait_at_gate, (void *)6);
    join_submit(&call, thread.handle, clock_now() + 5 * MILLISECOND);
    check(join_end(&call, &code).code == ERR_TIMED_OUT, "a join that is over in time");
    console_printf("a join with a deadline: %s", err_sentence(ERR_TIMED_OUT));
    join_submit(&call, thread.handle, RING_NEVER);
    check(ring_cancel(ring_mine(), 1) == ERR_OK, "a join to cancel");
    check(join_end(&call, &code).code == ERR_CANCELLED, "a cancelled join");
    console_printf("a join that is cancelled: %s", err_sentence(ERR_CANCELLED));
    set(&gate);
    console_printf("the next one: joined, %u", finish(&thread));
}

/* --- Letting go --- */

/* Until nothing is left of threads that nobody joins. */
static void await_ledger(struct budget before)
{
    while (ledger_used().objects != before.objects)
        timer_sleep(capos_cap("timer"), clock_now() + MILLISECOND, NULL);
}

static void detach(void)
{
    struct budget before = ledger_used();
    struct thread thread;

    gate = 0;
    thread = start(wait_at_gate, NULL);
    attempt("detaching a thread", thread_detach(thread.handle), ERR_OK);
    attempt("detaching it again", thread_detach(thread.handle), ERR_IN_USE);
    attempt("joining it", thread_join(thread.handle, NULL), ERR_IN_USE);
    set(&gate);
    cap_release(thread.handle);
    await_ledger(before);
    check(outcome_is_done(vm_unmap(capos_cap("memory"), thread.stack, thread.pages)), "its stack");
    ledger_check("a detached thread", before);
    console_printf("a detached thread that has ended: nothing is left of it");
}

static void release(void)
{
    struct budget before = ledger_used();
    struct thread thread;

    gate = 0;
    thread = start(wait_at_gate, NULL);
    attempt("releasing a thread's handle", cap_release(thread.handle), ERR_OK);
    check(ledger_used().objects == before.objects + 1, "a thread that lives on");
    console_printf("the thread: lives on without it");
    set(&gate);
    await_ledger(before);
    check(outcome_is_done(vm_unmap(capos_cap("memory"), thread.stack, thread.pages)), "its stack");
    ledger_check("a released thread", before);
    console_printf("when it has ended: nothing is left of it");
}

static void release_while_joining(void)
{
    struct thread thread;
    struct call call;
    uint32_t code;

    gate = 0;
    thread = start(wait_at_gate, (void *)8);
    join_submit(&call, thread.handle, RING_NEVER);
    cap_release(thread.handle);
    set(&gate);
    check(outcome_is_done(join_end(&call, &code)), "the join");
    console_printf("a handle that is released while the thread is being joined: joined, %u", code);
    check(outcome_is_done(vm_unmap(capos_cap("memory"), thread.stack, thread.pages)), "its stack");
}

/* --- What cannot be started --- */

static uint8_t stack[4096] __attribute__((aligned(16)));

/* What is asked of ThreadSpawner; 0: what would do. */
struct wanted {
    uint64_t entry, stack, fs_base;
    uint32_t arena_pages, priority;
};

static struct outcome create(struct wanted wanted)
{
    struct outcome outcome;
    cap_t thread;

    if (wanted.entry == 0)
        wanted.entry = (uint64_t)add_one;
    if (wanted.stack == 0)
        wanted.stack = (uint64_t)(stack + sizeof(stack));
    outcome = threads_create(capos_cap("threads"), wanted.entry, wanted.stack, 0, wanted.fs_base,
                             wanted.arena_pages, wanted.priority, &thread);
    check(outcome_is_done(outcome) == (thread != CAP_NONE), "a handle when it is done, else none");
    return outcome;
}

#define CREATE(...) create((struct wanted){__VA_ARGS__})

static void refusals(void)
{
    struct budget before = ledger_used();

    attempt("a thread that begins in the null page", CREATE(.entry = 1), ERR_BAD_ADDRESS);
    attempt("a thread that begins in the kernel", CREATE(.entry = 0xffffffff80000000),
            ERR_BAD_ADDRESS);
    attempt("a thread that begins at what is no address", CREATE(.entry = 1ull << 47),
            ERR_BAD_ADDRESS);
    attempt("a stack in the kernel", CREATE(.stack = 0xffffffff80000000), ERR_BAD_ADDRESS);
    attempt("a stack at the very end of memory", CREATE(.stack = UINT64_MAX), ERR_BAD_ADDRESS);
    attempt("FS base in the kernel", CREATE(.fs_base = 0xffffffff80000000), ERR_BAD_ADDRESS);
    attempt("an arena of 3 pages", CREATE(.arena_pages = 3), ERR_BAD_ARGUMENT);
    attempt("an arena of 128 pages", CREATE(.arena_pages = 128), ERR_BAD_ARGUMENT);
    attempt("an arena of 2^32 - 1 pages", CREATE(.arena_pages = UINT32_MAX), ERR_BAD_ARGUMENT);
    ledger_check("threads that could not be started", before);
}

/* --- Priorities --- */

static int create_higher(void *unused)
{
    (void)unused;
    attempt("priority 3 from a thread of 2", CREATE(.priority = 3), ERR_NOT_PERMITTED);
    attempt("priority 4 from a thread of 2, as its process began with",
            CREATE(.priority = PRIORITY), ERR_NOT_PERMITTED);
    return 0;
}

static void priorities(void)
{
    struct budget before = ledger_used();
    struct thread thread;

    attempt("a priority above the creator's", CREATE(.priority = PRIORITY + 1), ERR_NOT_PERMITTED);
    attempt("priority 2^32 - 1", CREATE(.priority = UINT32_MAX), ERR_NOT_PERMITTED);
    ledger_check("priorities that are refused", before);
    attempt("a priority below the creator's", thread_start_with(&thread, create_higher, NULL, 2),
            ERR_OK);
    finish(&thread);
    attempt("the creator's own priority", thread_start_with(&thread, add_one, NULL, PRIORITY),
            ERR_OK);
    finish(&thread);
}

/* --- Many --- */

static void hundred(void)
{
    struct budget before = ledger_used();

    for (uint64_t i = 0; i < HUNDRED; i++) {
        struct thread thread = start(add_one, (void *)i);
        uint32_t code = finish(&thread);

        check(code == i + 1, "%lu, not %u", i + 1, code);
    }
    ledger_check("100 threads", before);
    console_printf("100 threads, one after another: joined, and the ledger is as before");
}

/* What many.guest.c runs out of with each budget. */
static const struct {
    const char *what;
    struct budget budget;
    err_t error;
} limits[] = {
    {"objects",
     {.frames = 2500, .objects = 101, .calls = 200, .timers = 4, .caps = 300},
     ERR_NO_OBJECTS},
    {"frames",
     {.frames = 400, .objects = 200, .calls = 200, .timers = 4, .caps = 300},
     ERR_NO_FRAMES},
    {"capabilities",
     {.frames = 2500, .objects = 200, .calls = 200, .timers = 4, .caps = 60},
     ERR_NO_CAPS},
};

static void many(void)
{
    for (uint32_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        struct process_end end =
            program_run("many", &limits[i].error, sizeof(limits[i].error), limits[i].budget);

        check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "a good end, not %u", end.code);
        console_printf("as many threads as there are %s for: the next one is refused, %s",
                       limits[i].what, err_sentence(limits[i].error));
    }
}

/* --- How a process ends --- */

/* What ends.guest.c does with each number, in its order, and what comes of it. */
static const struct {
    const char *what;
    enum process_reason reason;
    uint32_t code;
} ends[] = {
    {"the first thread ends, then the other: the last thread ends", PROCESS_REASON_EXITED, 77},
    {"exit() in one thread, others run, park and sleep", PROCESS_REASON_EXITED, 9},
    {"the first thread returns, others run, park and sleep", PROCESS_REASON_EXITED, 3},
    {"a thread reads the null page, others run, park and sleep", PROCESS_REASON_FAULTED, 14},
    {"a thread divides by zero", PROCESS_REASON_FAULTED, 0},
    {"a thread executes no instruction", PROCESS_REASON_FAULTED, 6},
    {"a thread executes an instruction of the kernel's", PROCESS_REASON_FAULTED, 13},
    {"a stack that overflows", PROCESS_REASON_FAULTED, 14},
    {"a thread that begins where nothing is", PROCESS_REASON_FAULTED, 14},
    {"a thread that begins in data", PROCESS_REASON_FAULTED, 14},
    {"a thread without a stack", PROCESS_REASON_FAULTED, 14},
};

static const char *const reasons[] = {"exited", "fault", "terminated"};

static void end_all(void)
{
    for (uint32_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        struct process_end end = program_run("ends", &i, sizeof(i), BUDGET_SMALL);

        console_printf("%s: %s, %u", ends[i].what, reasons[end.reason], end.code);
        check(end.reason == ends[i].reason && end.code == ends[i].code, "%s, %u",
              reasons[ends[i].reason], ends[i].code);
    }
}

int main(void)
{
    struct budget before;

    codes();
    before = ledger_used();
    variables();
    fs_base();
    join_twice();
    self_join();
    join_by_two();
    join_given_up();
    detach();
    release();
    release_while_joining();
    refusals();
    priorities();
    hundred();
    many();
    end_all();
    ledger_check("everything", before);
    console_printf("nobody is the worse for it: the ledger is as before");
    return 0;
}
