/*
 * Fuzzes the ring and all behind it: the input is what the threads of two processes do, and when.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each step begins with a byte that says which; what it takes from the input stands with its
 * function. After each step the kernel's books are recounted (verify.c), and in the end nothing may
 * be left.
 */
#include <stdlib.h>
#include <string.h>

#include "abi/kernel.capnp.h"
#include "abi/start.h"
#include "abi/syscall.h"
#include "diag/panic.h"
#include "process/process.h"
#include "ring/fuzz/verify.h"
#include "ring/fuzz/world.h"
#include "ring/ring.h"
#include "sched/cpu.h"
#include "sched/entry.h"
#include "sched/thread.h"
#include "test/fake_machine.h"
#include "test/fake_memory.h"
#include "test/fake_terminal.h"

#define STEPS_MAX  400
#define THREAD_IDS 4096
#define LIARS_MAX  8

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const uint8_t *input, *input_end;

/* Threads whose indices have lied, by number: nothing is promised to them but that the kernel
 * survives. No input makes so many that two have one place. */
static bool lied[THREAD_IDS];

/* A lie told while the kernel works: the thread (0: none), its ring's word, and the new value. */
static uint64_t lie_thread;
static unsigned lie_word;
static uint32_t lie_value;

static uint64_t take(size_t len)
{
    uint64_t value = 0;

    while (len-- && input < input_end)
        value = value << 8 | *input++;
    return value;
}

static unsigned take8(void)
{
    return (unsigned)take(1);
}

/* --- Words of messages and submissions --- */

static const uint64_t interfaces[] = {
    INTERFACE_CONSOLE,    INTERFACE_FRAMES,
    INTERFACE_MEMORY,     INTERFACE_VM,
    INTERFACE_TIMER,      INTERFACE_THREAD_CONTROL,
    INTERFACE_THREADS,    INTERFACE_THREAD,
    INTERFACE_PARK_SPACE, INTERFACE_PROCESS,
    INTERFACE_SYSTEM,     INTERFACE_ENDPOINTS,
    INTERFACE_ENDPOINT,   INTERFACE_REPLY,
    INTERFACE_PROCESSES,  0x1234,
    INTERFACE_TERMINAL,   INTERFACE_LOG,
    INTERFACE_CAPS,       INTERFACE_NOTIFICATIONS,
    INTERFACE_SIGNALLER,  INTERFACE_NOTIFICATION,
    INTERFACE_REVOKER,
};

#define N_INTERFACES (sizeof(interfaces) / sizeof(interfaces[0]))

/* Mostly one that the process has; else another's, stale, or anything. */
static cap_t take_cap(const struct process *process)
{
    unsigned which = take8();

    if (which < 0xe0)
        return world_cap(process, which);
    if (which < 0xf0)
        return world_cap(process, take8()) ^ 1ull << take8() % 64;
    return take(8);
}

static uint64_t take_deadline(void)
{
    unsigned how = take8();

    switch (how % 4) {
    case 0:
        return 0;
    case 1:
        return RING_NEVER;
    default:
        return fake_time_ns + how * 1000;
    }
}

/* A word of memory: in some thread's arena, in the program, where memory is mapped, or anywhere. */
static uint64_t take_address(void)
{
    unsigned where = take8();

    if (where < 0xc0)
        return world_thread(where / 8)->ring.address + PAGE_SIZE + where % 8 * 4;
    if (where < 0xe0)
        return 0x401000 + where % 8;
    if (where < 0xf0)
        return 0x10000000 + (uint64_t)(where % 8) * PAGE_SIZE / 2;
    return take(8);
}

static uint64_t take_word(void)
{
    unsigned kind = take8();

    switch (kind % 5) {
    case 0:
        return kind / 5;
    case 1:
        return (uint64_t)take8() << 32 | take8();
    case 2:
        return 0x10000000 + (uint64_t)(kind / 5) * PAGE_SIZE;
    case 3:
        return interfaces[take8() % N_INTERFACES];
    default:
        return take8() & 1 ? take_deadline() : take(8);
    }
}

static uint32_t take_offset(const struct thread *thread)
{
    unsigned where = take8();

    return where < 0xf8 ? where * 64 % thread->ring.arena_len : (uint32_t)take(4);
}

static uint32_t take_len(void)
{
    unsigned len = take8();

    return len < 0xf8 ? len * 8 : (uint32_t)take(4);
}

/* Puts LEN bytes into the arena, if they fit. */
static void fill(const struct thread *thread, uint32_t at, const void *bytes, uint32_t len)
{
    if (at <= thread->ring.arena_len && len <= thread->ring.arena_len - at)
        memcpy(thread->ring.arena + at, bytes, len);
}

/* What pointers of a message lead to: an image's name, and a budget. */
static const struct {
    char name[8];
    uint32_t budget[LEDGER_KINDS + 1];
} tail = {"child", {60, 8, 6, 4, 30, 0}};

/* A message of a struct with a few words, and pointers to what is behind it. */
static void take_message(const struct thread *thread, uint32_t at)
{
    unsigned shape = take8(), n_words = shape % 6, n_pointers = shape / 6 % 5;
    uint64_t words[16] = {(uint64_t)n_pointers << 48 | (uint64_t)n_words << 32};
    unsigned end = 1 + n_words + n_pointers;

    for (unsigned i = 0; i < n_words; i++)
        words[1 + i] = take_word();
    for (unsigned i = 0; i < n_pointers; i++) {
        unsigned kind = take8();
        uint64_t offset = end - (1 + n_words + i) - 1;

        words[1 + n_words + i] = kind % 4 == 0   ? 0
                                 : kind % 4 == 1 ? 6ull << 35 | 2ull << 32 | offset << 2 | 1
                                 : kind % 4 == 2 ? 3ull << 32 | (offset + 1) << 2
                                                 : take_word();
    }
    memcpy(&words[end], &tail, sizeof(tail));
    fill(thread, at, words, sizeof(words));
}

/* --- Steps --- */

static struct thread *take_thread(void)
{
    return world_thread(take8());
}

static void push(struct thread *thread, const struct ring_submission *submission)
{
    struct ring *page = thread->ring.page;

    page->sq[page->sq_tail % RING_SUBMISSIONS] = *submission;
    page->sq_tail++;
    if (page->sq_tail - thread->ring.sq_head > RING_SUBMISSIONS)
        page->sq_tail--;
}

static void take_transfers(const struct thread *thread, struct ring_submission *submission)
{
    struct ring_transfer transfers[8] = {{0}};
    unsigned n = take8();

    submission->n_transfers = n % 32 < 24 ? 0 : n % 8;
    if (n == 0xff)
        submission->n_transfers = (uint32_t)take(4);
    if (submission->n_transfers == 0)
        return;
    submission->transfers = take_offset(thread);
    for (unsigned i = 0; i < submission->n_transfers && i < 8; i++)
        transfers[i].cap = take_cap(thread->process);
    for (unsigned i = 0; i < 8; i++)
        transfers[i].mode = n == 0xfe ? RING_TRANSFER_MODES : n >> (i ? 6 : 5) & 1;
    fill(thread, submission->transfers, transfers, sizeof(transfers));
}

/* What it is to is yet to come: the answer to one of the calls that bear so low a number. */
static void take_promise(struct ring_submission *submission)
{
    unsigned which = take8();

    submission->flags = RING_PROMISED;
    submission->cap = which % 16;
    submission->promised = (uint16_t)(which < 0xf0 ? which / 16 % 4 : take(2));
}

static void take_call(const struct thread *thread, struct ring_submission *submission)
{
    const struct cap *cap = cap_find(&thread->process->caps, submission->cap);
    unsigned method = take8();

    submission->method = (uint16_t)(method % 8);
    submission->disclose = method & 0x40 ? (uint16_t)method : 0;
    if (method >= 0x80 && method < 0xc0)
        take_promise(submission);
    submission->interface_id = cap && method < 0xf0 ? cap->rights.interface_id : take_word();
    submission->params = take_offset(thread);
    take_message(thread, submission->params);
    submission->params_len = take_len();
    take_transfers(thread, submission);
}

static void take_answer(const struct thread *thread, struct ring_submission *submission)
{
    submission->flags = take8() % 4;
    submission->params = take_offset(thread);
    submission->params_len = take_len() % 128;
    if (submission->flags & RING_EXCEPTION)
        submission->value = take8();
    if (submission->flags & RING_THEN_RECV)
        submission->endpoint = take_cap(thread->process);
    take_transfers(thread, submission);
}

/* A submission that has what its operation wants, more or less. */
static void step_submit(void)
{
    struct thread *thread = take_thread();
    struct ring_submission submission = {.opcode = take8() % (RING_OPCODES + 1)};

    if (!thread)
        return;
    submission.user_data = take8() % 16;
    if (submission.opcode != RING_NOP && submission.opcode != RING_CANCEL)
        submission.cap = take_cap(thread->process);
    switch (submission.opcode) {
    case RING_CALL:
        take_call(thread, &submission);
        break;
    case RING_RETURN:
        take_answer(thread, &submission);
        break;
    case RING_PARK:
    case RING_UNPARK:
        submission.argument = take_address();
        submission.value = take8() % 4;
        break;
    case RING_CANCEL:
    case RING_SIGNAL:
    case RING_WAIT:
        submission.argument = take8() % 16;
        break;
    default:
        break;
    }
    if (submission.opcode == RING_CALL || submission.opcode == RING_RECV ||
        submission.flags & RING_THEN_RECV) {
        submission.result = take_offset(thread);
        submission.result_len = take_len();
    }
    if (submission.opcode == RING_CALL || submission.opcode == RING_RECV ||
        submission.opcode == RING_PARK || submission.opcode == RING_WAIT ||
        submission.flags & RING_THEN_RECV)
        submission.deadline = take_deadline();
    push(thread, &submission);
}

/* 64 bytes of anything. */
static void step_submit_raw(void)
{
    struct thread *thread = take_thread();
    uint64_t words[8];

    for (unsigned i = 0; i < 8; i++)
        words[i] = take(8);
    if (thread)
        push(thread, (const struct ring_submission *)words);
}

/* A lost wake-up, or a completion that was not promised: only an honest thread can tell. */
static void check_honest(void)
{
    struct thread *thread;

    for (unsigned i = 0; (thread = world_thread(i)) && i < 64; i++) {
        int available = ring_unconsumed(&thread->ring);

        if (lied[thread->id % THREAD_IDS])
            continue;
        kernel_assert(available >= 0);
        kernel_assert((uint32_t)available + thread->ring.in_flight <= RING_COMPLETIONS);
        kernel_assert(thread->state != THREAD_WAITING ||
                      thread->process->state != PROCESS_RUNNING ||
                      (uint32_t)available < thread->min_complete);
    }
}

static struct cpu *take_cpu(void)
{
    unsigned id = take8() % WORLD_CPUS;

    fake_cpu_choose(id);
    return cpu_at(id);
}

/* cap_enter(). */
static void step_enter(void)
{
    struct cpu *cpu = take_cpu();
    unsigned submit = take8(), min_complete = take8() % 35;
    uint64_t deadline = take_deadline();

    if (cpu->current)
        entry_syscall(submit, min_complete, deadline, SYSCALL_CAP_ENTER);
    lie_thread = 0;
}

/* All that is submitted, on all processors. */
static void step_enter_all(void)
{
    for (unsigned id = 0; id < WORLD_CPUS; id++) {
        fake_cpu_choose(id);
        if (cpu_at(id)->current)
            entry_syscall(RING_SUBMISSIONS, 0, 0, SYSCALL_CAP_ENTER);
    }
    lie_thread = 0;
}

static void step_consume(void)
{
    struct thread *thread = take_thread();
    unsigned n = take8();
    int available = thread ? ring_unconsumed(&thread->ring) : 0;

    /* One that waits does not run, so it consumes nothing. */
    if (available > 0 && thread->state != THREAD_WAITING)
        thread->ring.page->cq_head += n % (unsigned)available + 1;
}

/* Any value for one of the words at the ring's beginning: the thread's, or the kernel's. */
static void step_lie(void)
{
    struct thread *thread = take_thread();
    unsigned how = take8(), word = how % 32;
    uint32_t value = how & 0x40 ? (uint32_t)take(4) : take8() - 64;

    if (!thread)
        return;
    lied[thread->id % THREAD_IDS] = true;
    if (how & 0x20) {
        lie_thread = thread->id;
        lie_word = word % 18;
        lie_value = value;
    } else {
        ((uint32_t *)thread->ring.page)[word % 18] = value;
    }
}

static void tell_lie(const void *bytes, size_t len)
{
    struct thread *thread;

    (void)bytes;
    (void)len;
    for (unsigned i = 0; lie_thread && i < LIARS_MAX && (thread = world_thread(i)); i++) {
        if (thread->id == lie_thread)
            ((uint32_t *)thread->ring.page)[lie_word] = lie_value;
    }
}

static void step_time(void)
{
    fake_time_ns += take8() * 4000ull;
    world_tick();
}

/* What other than cap_enter() brings a processor into the kernel. */
static void step_other_entry(void)
{
    static const struct fault fault = {.vector = 14, .name = "page fault"};
    struct cpu *cpu = take_cpu();
    unsigned which = take8();

    if (which < 0xc0)
        entry_interrupted();
    else if (!cpu->current)
        entry_nothing();
    else if (which < 0xd0)
        entry_syscall(which, 0, 0, SYSCALL_EXIT);
    else if (which < 0xe0)
        entry_fault(&fault);
    else
        entry_syscall(0, 0, 0, which);
}

static void step_fail(void)
{
    fake_memory_fails_after = (int)take8() % 32;
}

static void step_write_arena(void)
{
    struct thread *thread = take_thread();
    uint32_t offset = take8() % 8 * 4, value = take8() % 4;

    if (thread)
        fill(thread, offset, &value, sizeof(value));
}

/* Somebody types, or the port takes what was written, or no longer. */
static void step_terminal(void)
{
    static const char keys[] = "ab\r\3\4\177\25 ";
    static char typed[4];

    for (unsigned i = 0; i < sizeof(typed); i++)
        typed[i] = keys[take8() % (sizeof(keys) - 1)];
    fake_terminal_type(typed, take8() % (sizeof(typed) + 1));
    fake_terminal_has_room = take8() % 2;
    take_cpu();
    entry_terminal();
}

static void (*const steps[])(void) = {
    step_submit, step_submit,      step_submit,    step_submit,      step_submit_raw,
    step_enter,  step_enter,       step_enter_all, step_consume,     step_lie,
    step_time,   step_other_entry, step_fail,      step_write_arena, step_terminal,
};

#define N_STEPS (sizeof(steps) / sizeof(steps[0]))

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input = data;
    input_end = data + size;
    world_start();
    memset(lied, 0, sizeof(lied));
    fake_port_write = tell_lie;
    for (unsigned i = 0; i < STEPS_MAX && input < input_end; i++) {
        steps[take8() % N_STEPS]();
        verify();
        check_honest();
    }
    lie_thread = 0;
    world_end();
    return 0;
}
