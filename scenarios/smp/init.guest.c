/*
 * Runs threads on all processors at once, takes pages away from them, and ends programs that do.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A program's view of the machine: SystemInfo says how many processors there are, CPUID the number
 * of the one that it is on.
 */
#include <cpuid.h>

#include "capos/capos.h"
#include "capos/program.h"
#include "shared.h"

#define MILLISECOND 1000000ull
#define EPOCHS      96

static uint32_t n_processors;
static struct thread threads[PROCESSORS_MAX];

static void start_all(uint32_t n, int (*run)(void *))
{
    for (uint64_t i = 0; i < n; i++)
        check(outcome_is_done(thread_start(&threads[i], run, (void *)i)), "a thread");
}

static void finish_all(uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t code;

        check(outcome_is_done(thread_finish(&threads[i], &code)), "a thread's end");
        check(code == 0, "thread %u: a good end, not %u", i, code);
    }
}

/* --- All at once --- */

/* Everybody spins until everybody is there; each passage has a number of its own. */
static uint32_t arrived, passage;

static void meet(uint32_t n)
{
    uint32_t number = __atomic_load_n(&passage, __ATOMIC_ACQUIRE);

    if (__atomic_add_fetch(&arrived, 1, __ATOMIC_ACQ_REL) == n) {
        __atomic_store_n(&arrived, 0, __ATOMIC_RELAXED);
        __atomic_store_n(&passage, number + 1, __ATOMIC_RELEASE);
        return;
    }
    while (__atomic_load_n(&passage, __ATOMIC_ACQUIRE) == number)
        __builtin_ia32_pause();
}

/* Initial local APIC id (Intel SDM volume 2, CPUID, leaf 1), which no two processors share. */
static uint32_t processor(void)
{
    uint32_t a, b, c, d;

    __cpuid(1, a, b, c, d);
    return b >> 24;
}

static uint32_t at[PROCESSORS_MAX], most, enough;
static uint64_t patience; /* until when */

static uint32_t distinct(void)
{
    uint64_t seen = 0;
    uint32_t n = 0;

    for (uint32_t i = 0; i < n_processors; i++) {
        n += !(seen >> (at[i] & 63) & 1);
        seen |= 1ull << (at[i] & 63);
    }
    return n;
}

/* Threads that never wait meet, and say where they are, until they are everywhere. A processor that
 * has nothing to do takes one from another's line, so that they come to be so. */
static int meet_everywhere(void *number)
{
    while (!enough) {
        meet(n_processors);
        at[(uint64_t)number] = processor();
        meet(n_processors);
        if (!number) {
            most = distinct();
            enough = most == n_processors || clock_now() > patience;
        }
        meet(n_processors);
    }
    return 0;
}

static void at_once(void)
{
    patience = clock_now() + 20000 * MILLISECOND;
    start_all(n_processors, meet_everywhere);
    finish_all(n_processors);
    check(most == n_processors, "%u processors, not %u", n_processors, most);
    console_printf("threads that meet: %u, on %u processors", n_processors, most);
}

/* --- Taking pages away --- */

#define POISON 0x6e6f736970736920

/* In an even epoch the page holds the epoch's number, and everybody reads it. In an odd one nobody
 * touches it, so that the page can be replaced. */
static volatile uint64_t *page;
static uint64_t epoch = 1, over, reached[PROCESSORS_MAX];

/* Never enters the kernel by itself: what its processor remembers of the page is forgotten only
 * because another one says so. */
static int read_epochs(void *number)
{
    for (;;) {
        uint64_t now = __atomic_load_n(&epoch, __ATOMIC_ACQUIRE);

        if (now == over)
            return 0;
        if (now % 2 == 0) {
            uint64_t seen = *page;

            check(seen == now, "the page of now, %lu, not %lx", now, seen);
        }
        __atomic_store_n(&reached[(uint64_t)number], now, __ATOMIC_RELEASE);
    }
}

static void publish(uint64_t now, uint32_t n_readers)
{
    __atomic_store_n(&epoch, now, __ATOMIC_RELEASE);
    for (uint32_t i = 0; i < n_readers; i++) {
        while (__atomic_load_n(&reached[i], __ATOMIC_ACQUIRE) != now)
            __builtin_ia32_pause();
    }
}

static uint64_t map(uint64_t where)
{
    check(outcome_is_done(vm_map(capos_cap("memory"), where, 1, ACCESS_READ_WRITE, &where)),
          "a page");
    return where;
}

static void unmap(uint64_t where)
{
    check(outcome_is_done(vm_unmap(capos_cap("memory"), where, 1)), "a page back");
}

/* The old frame goes elsewhere, so that the new page is not by chance the same one. */
static uint64_t replace(uint64_t spare)
{
    uint64_t old;

    unmap((uint64_t)page);
    old = map(0);
    *(volatile uint64_t *)old = POISON;
    map((uint64_t)page);
    check(*page == 0, "a fresh page");
    if (spare)
        unmap(spare);
    return old;
}

static void remap(void)
{
    uint32_t n_readers = n_processors > 1 ? n_processors - 1 : 1;
    uint64_t n = n_processors > 1 ? EPOCHS / n_processors : 10, spare = 0;

    page = (volatile uint64_t *)map(0);
    over = 2 * n + 2;
    start_all(n_readers, read_epochs);
    for (uint64_t now = 2; now < over; now += 2) {
        *page = now;
        publish(now, n_readers);
        publish(now + 1, n_readers);
        spare = replace(spare);
    }
    __atomic_store_n(&epoch, over, __ATOMIC_RELEASE);
    finish_all(n_readers);
    unmap(spare);
    unmap((uint64_t)page);
    console_printf("a page that is unmapped and mapped anew, again and again: nobody sees the old "
                   "one");
}

/* --- Ends --- */

/* What comes of each end but the last. */
static const struct {
    const char *what;
    enum process_reason reason;
    uint32_t code;
} ends[] = {
    [END_PROTECT] = {"a page that others write, and that becomes read-only", PROCESS_REASON_FAULTED,
                     14},
    [END_UNMAP] = {"a page that others read, and that is unmapped", PROCESS_REASON_FAULTED, 14},
    [END_UNMAP_OBJECT] = {"memory of an object that others read, and that is unmapped",
                          PROCESS_REASON_FAULTED, 14},
    [END_EXIT] = {"a program on all processors, one of its threads exits", PROCESS_REASON_EXITED,
                  9},
    [END_FAIL] = {"a program on all processors, one of its threads fails", PROCESS_REASON_FAULTED,
                  6},
    [END_TERMINATED] = {"a program on all processors, terminated", PROCESS_REASON_TERMINATED, 0},
    [END_TERMINATED_ALONE] = {"a program on one processor, terminated", PROCESS_REASON_TERMINATED,
                              0},
};

static const char *const reasons[] = {"exited", "fault", "terminated"};

/* The child says in a page that both have that its threads run. */
static cap_t start_ends(uint32_t number, cap_t object)
{
    uint32_t arguments[] = {number, n_processors};

    return program_start("ends", arguments, sizeof(arguments), BUDGET_SMALL,
                         &(struct process_grant){"shared", object}, 1);
}

static void end_one(uint32_t number, cap_t object, struct shared *shared)
{
    bool terminated = ends[number].reason == PROCESS_REASON_TERMINATED;
    cap_t process;
    struct process_end end;

    shared->running = 0;
    process = start_ends(number, object);
    while (terminated && !__atomic_load_n(&shared->running, __ATOMIC_ACQUIRE))
        timer_sleep(capos_cap("timer"), clock_now() + MILLISECOND, NULL);
    if (terminated)
        check(outcome_is_done(process_terminate(process)), "to terminate");
    end = program_finish(process);
    console_printf("%s: %s, %u", ends[number].what, reasons[end.reason], end.code);
    check(end.reason == ends[number].reason && end.code == ends[number].code, "%s, %u",
          reasons[ends[number].reason], ends[number].code);
}

/* --- Writing until the very end --- */

#define LOOKS 10

/* Whether the child could look at what was written before one of its threads failed. */
static bool look_at_written(cap_t object, struct shared *shared)
{
    struct process_end end;

    memset(shared, 0, sizeof(*shared));
    end = program_finish(start_ends(END_WRITTEN, object));
    check(end.reason == PROCESS_REASON_FAULTED && end.code == 14, "a page fault, not %u", end.code);
    for (uint32_t i = 0; shared->looked && i < PROCESSORS_MAX; i++)
        check(shared->written[i] == shared->seen[i], "nothing written behind the unmapping: %lu",
              shared->written[i] - shared->seen[i]);
    return shared->looked;
}

static void look_often(cap_t object, struct shared *shared)
{
    uint32_t n = 0;

    for (unsigned i = 0; i < LOOKS; i++)
        n += look_at_written(object, shared);
    check(n > 0, "a look before the first failure");
    console_printf(
        "memory that others write, and that is unmapped: nothing is written once that is "
        "done");
}

/* --- Deadlines all the while --- */

#define SLEEPERS 4
#define WAITS    30
#define SPACE_NS 30000 /* between two deadlines */

static struct thread sleepers[SLEEPERS];
static uint32_t word, stop;

/* Lets many deadlines pass on its processor, and wakes only with the last of them. */
static int sleep_often(void *unused)
{
    struct ring_completion completion;

    (void)unused;
    while (!__atomic_load_n(&stop, __ATOMIC_ACQUIRE)) {
        uint64_t now = clock_now();

        for (uint64_t i = 0; i < WAITS; i++)
            ring_submit(ring_mine(), &(struct ring_submission){
                                         .opcode = RING_PARK,
                                         .cap = capos_cap("park"),
                                         .argument = (uint64_t)&word,
                                         .deadline = now + (i + 5) * SPACE_NS,
                                     });
        ring_enter(ring_mine(), WAITS, RING_NEVER);
        while (ring_poll(ring_mine(), &completion)) {
            if (completion.status != -ERR_TIMED_OUT)
                return 1;
        }
    }
    return 0;
}

static void sleepers_start(void)
{
    for (unsigned i = 0; i < SLEEPERS; i++)
        check(outcome_is_done(thread_start(&sleepers[i], sleep_often, NULL)), "a thread");
}

static void sleepers_finish(void)
{
    uint32_t code;

    __atomic_store_n(&stop, 1, __ATOMIC_RELEASE);
    for (unsigned i = 0; i < SLEEPERS; i++) {
        check(outcome_is_done(thread_finish(&sleepers[i], &code)), "a thread's end");
        check(code == 0, "deadlines that pass, and nothing else");
    }
}

/* At any moment between its first instruction and the time when it runs everywhere. */
static void terminate_anywhere(cap_t object)
{
    sleepers_start();
    for (uint64_t i = 0; i < 20; i++) {
        cap_t process = start_ends(END_TERMINATED, object);
        struct process_end end;

        timer_sleep(capos_cap("timer"), clock_now() + i * MILLISECOND / 4, NULL);
        check(outcome_is_done(process_terminate(process)), "to terminate");
        end = program_finish(process);
        check(end.reason == PROCESS_REASON_TERMINATED, "a program to be terminated");
    }
    sleepers_finish();
    console_printf("a program on all processors, at 20 moments of its start, while many deadlines "
                   "pass: terminated");
}

static void end_all(void)
{
    uint64_t address;
    cap_t object;

    check(outcome_is_done(frames_allocate(capos_cap("frames"), 1, &object)), "a shared page");
    check(outcome_is_done(memory_map(object, 0, 0, 1, ACCESS_READ_WRITE, &address)), "its place");
    for (uint32_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
        end_one(i, object, (struct shared *)address);
    look_often(object, (struct shared *)address);
    terminate_anywhere(object);
    check(outcome_is_done(memory_unmap(object, address)), "its end");
    cap_release(object);
}

int main(void)
{
    struct budget before;

    check(outcome_is_done(
              system_system(capos_cap("system"), NULL, 0, NULL, &n_processors, NULL, NULL, NULL)),
          "the system's state");
    check(n_processors <= PROCESSORS_MAX, "at most 8 processors");
    at_once();
    before = ledger_used();
    remap();
    end_all();
    ledger_check("everything", before);
    console_printf("all processors are idle again: the ledger is as before");
    return 0;
}
