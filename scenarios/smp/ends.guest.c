/*
 * Runs on all processors until it is ended: how, its argument says, as a number.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Arguments: the number, of which init.guest.c says what comes of it, and how many processors there
 * are. Grants: "shared", a struct shared.
 */
#include "capos/capos.h"
#include "shared.h"

#define SECOND 1000000000ull

static uint32_t n_others, running;
static volatile uint64_t *page;

/* --- What the other threads do --- */

static void note_running(void)
{
    __atomic_fetch_add(&running, 1, __ATOMIC_RELEASE);
}

static int write_page(void *unused)
{
    (void)unused;
    ++*page;
    note_running();
    for (;;)
        ++*page;
    return 0;
}

static int read_page(void *unused)
{
    (void)unused;
    (void)*page;
    note_running();
    for (;;)
        (void)*page;
    return 0;
}

static int spin(void *unused)
{
    (void)unused;
    note_running();
    for (;;)
        __builtin_ia32_pause();
    return 0;
}

static void start_others(int (*run)(void *))
{
    struct thread thread;

    for (uint32_t i = 0; i < n_others; i++)
        check(outcome_is_done(thread_start(&thread, run, NULL)), "a thread");
    while (__atomic_load_n(&running, __ATOMIC_ACQUIRE) != n_others)
        __builtin_ia32_pause();
}

static void map(void)
{
    uint64_t at;

    check(outcome_is_done(vm_map(capos_cap("memory"), 0, 1, ACCESS_READ_WRITE, &at)), "a page");
    page = (volatile uint64_t *)at;
}

/* Long enough for any of them to fail. */
static void survive(void)
{
    timer_sleep(capos_cap("timer"), clock_now() + 5 * SECOND, NULL);
}

/* --- What the first one does --- */

static void protect(void)
{
    uint64_t seen;

    map();
    start_others(write_page);
    check(outcome_is_done(vm_protect(capos_cap("memory"), (uint64_t)page, 1, ACCESS_READ)),
          "read only");
    seen = *page;
    for (unsigned i = 0; i < 100000; i++)
        check(*page == seen, "nobody to write any more");
    survive();
}

static void unmap(void)
{
    map();
    start_others(read_page);
    check(outcome_is_done(vm_unmap(capos_cap("memory"), (uint64_t)page, 1)), "the page gone");
    survive();
}

static void unmap_object(void)
{
    uint64_t at;
    cap_t memory;

    check(outcome_is_done(frames_allocate(capos_cap("frames"), 1, &memory)), "a memory object");
    check(outcome_is_done(memory_map(memory, 0, 0, 1, ACCESS_READ_WRITE, &at)), "its place");
    page = (volatile uint64_t *)at;
    start_others(read_page);
    check(outcome_is_done(memory_unmap(memory, at)), "the mapping gone");
    survive();
}

static void exit_process(void)
{
    start_others(spin);
    syscall_exit(9);
}

static void fail(void)
{
    start_others(spin);
    __asm__ volatile("ud2");
}

static struct shared *map_shared(void)
{
    uint64_t at;

    check(outcome_is_done(memory_map(capos_cap("shared"), 0, 0, 1, ACCESS_READ_WRITE, &at)),
          "the shared page");
    return (struct shared *)at;
}

static void await_termination(void)
{
    struct shared *shared = map_shared();

    start_others(spin);
    __atomic_store_n(&shared->running, 1, __ATOMIC_RELEASE);
    for (;;)
        __builtin_ia32_pause();
}

static void await_termination_alone(void)
{
    n_others = 0;
    await_termination();
}

/* --- Writing until the very end --- */

static struct shared *written;

static int write_slot(void *unused)
{
    volatile uint64_t *slot = &written->written[__atomic_fetch_add(&running, 1, __ATOMIC_RELEASE)];

    (void)unused;
    for (uint64_t n = 1;; n++)
        *slot = n;
    return 0;
}

/* The page is there twice: once for those who write, once to look at what they have written. */
static void unmap_written(void)
{
    struct shared *shared = map_shared();

    written = map_shared();
    start_others(write_slot);
    check(outcome_is_done(memory_unmap(capos_cap("shared"), (uint64_t)written)), "the page gone");
    for (uint32_t i = 0; i < n_others; i++)
        shared->seen[i] = __atomic_load_n(&shared->written[i], __ATOMIC_RELAXED);
    __atomic_store_n(&shared->looked, 1, __ATOMIC_RELEASE);
    survive();
}

static void (*const all[])(void) = {
    [END_PROTECT] = protect,
    [END_UNMAP] = unmap,
    [END_UNMAP_OBJECT] = unmap_object,
    [END_EXIT] = exit_process,
    [END_FAIL] = fail,
    [END_TERMINATED] = await_termination,
    [END_TERMINATED_ALONE] = await_termination_alone,
    [END_WRITTEN] = unmap_written,
};

int main(void)
{
    size_t len;
    const uint32_t *arguments = capos_arguments(&len);

    check(len == 2 * sizeof(*arguments), "two numbers");
    check(arguments[0] < sizeof(all) / sizeof(all[0]), "a number that is known");
    n_others = arguments[1] > 1 ? arguments[1] - 1 : 1;
    all[arguments[0]]();
    console_printf("came back from end %u", arguments[0]);
    return 1;
}
