/*
 * Ends its process with several threads in it: how, its argument says, as a number.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The codes, and what is expected of each number, stand in init.guest.c.
 */
#include "capos/capos.h"
#include "capos/program.h"

#define MILLISECOND 1000000ull
#define HOUR        (3600000 * MILLISECOND)
#define NOWHERE     0x500000000000

static struct thread start(int (*run)(void *), void *argument)
{
    struct thread thread;

    check(outcome_is_done(thread_start(&thread, run, argument)), "a thread");
    return thread;
}

/* --- Company: threads that never end by themselves --- */

static uint32_t company, word;

static int run_forever(void *unused)
{
    (void)unused;
    __atomic_fetch_add(&company, 1, __ATOMIC_RELEASE);
    for (;;)
        __builtin_ia32_pause();
    return 0;
}

static int park_forever(void *unused)
{
    (void)unused;
    __atomic_fetch_add(&company, 1, __ATOMIC_RELEASE);
    park_wait(capos_cap("park"), &word, 0, RING_NEVER);
    return 0;
}

static int sleep_forever(void *unused)
{
    (void)unused;
    __atomic_fetch_add(&company, 1, __ATOMIC_RELEASE);
    timer_sleep(capos_cap("timer"), clock_now() + HOUR, NULL);
    return 0;
}

static void start_company(void)
{
    start(run_forever, NULL);
    start(park_forever, NULL);
    start(sleep_forever, NULL);
    while (__atomic_load_n(&company, __ATOMIC_ACQUIRE) != 3)
        thread_control_yield(capos_cap("thread"));
}

/* --- Ends --- */

/* Ends when the first thread has: then there is one object less. */
static int end_last(void *objects)
{
    while (ledger_used().objects != (uint64_t)objects)
        timer_sleep(capos_cap("timer"), clock_now() + MILLISECOND, NULL);
    return 77;
}

static void end_first(void)
{
    start(end_last, (void *)(uint64_t)ledger_used().objects);
    thread_control_exit_thread(capos_cap("thread"), 5);
}

static int exit_process(void *unused)
{
    (void)unused;
    syscall_exit(9);
}

static void exit_in_one(void)
{
    struct thread thread;

    start_company();
    thread = start(exit_process, NULL);
    thread_finish(&thread, NULL);
}

static void return_from_first(void)
{
    start_company();
    syscall_exit(3);
}

static int read_null(void *address)
{
    *(volatile uint8_t *)address;
    return 0;
}

static int divide(void *zero)
{
    volatile int one = 1;

    return one / (int)(uint64_t)zero;
}

static int execute_nothing(void *unused)
{
    (void)unused;
    __asm__ volatile("ud2");
    return 0;
}

static int execute_kernels(void *unused)
{
    (void)unused;
    __asm__ volatile("cli");
    return 0;
}

/* Goes down the stack a little at a time, so that the guard is not jumped over. */
static int overflow(void *unused)
{
    (void)unused;
    for (volatile uint8_t *at = __builtin_frame_address(0);; at -= 1024)
        *at = 0;
    return 0;
}

static void fault(int (*run)(void *))
{
    struct thread thread = start(run, NULL);

    thread_finish(&thread, NULL);
}

static void fault_in_company(void)
{
    start_company();
    fault(read_null);
}

static void divide_by_zero(void)
{
    fault(divide);
}

static void no_instruction(void)
{
    fault(execute_nothing);
}

static void kernels_instruction(void)
{
    fault(execute_kernels);
}

static void stack_overflow(void)
{
    fault(overflow);
}

/* --- Threads that cannot even begin --- */

static uint8_t stack[4096] __attribute__((aligned(16)));

static void begin(uint64_t entry, uint64_t top)
{
    cap_t thread;

    check(outcome_is_done(threads_create(capos_cap("threads"), entry, top, 0, 0, 0, 0, &thread)),
          "a thread");
    thread_join(thread, NULL);
}

static void begin_nowhere(void)
{
    begin(NOWHERE, (uint64_t)(stack + sizeof(stack)));
}

static void begin_in_data(void)
{
    stack[0] = 0xc3;
    begin((uint64_t)stack, (uint64_t)(stack + sizeof(stack)));
}

extern void thread_entry(void);

static void begin_without_stack(void)
{
    begin((uint64_t)thread_entry, 0);
}

static void (*const all[])(void) = {
    end_first,      exit_in_one,    return_from_first,   fault_in_company,
    divide_by_zero, no_instruction, kernels_instruction, stack_overflow,
    begin_nowhere,  begin_in_data,  begin_without_stack,
};

int main(void)
{
    size_t len;
    const uint32_t *number = capos_arguments(&len);

    check(len == sizeof(*number) && *number < sizeof(all) / sizeof(all[0]), "a number");
    all[*number]();
    console_printf("came back from end %u", *number);
    return 1;
}
