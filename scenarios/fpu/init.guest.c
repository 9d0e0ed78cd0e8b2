/*
 * Holds registers over system calls, and starts programs that hold theirs against each other.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"
#include "registers.h"

#define MILLISECOND 1000000ull

static bool avx;

static void run(const char *image)
{
    program_succeed(image, program_start(image, NULL, 0, BUDGET_SMALL, NULL, 0));
}

/* --- System calls --- */

static uint32_t dirtying, stop, word;

/* Has other registers while the first thread waits. */
static int hold_others(void *unused)
{
    struct registers own, seen;

    (void)unused;
    registers_make(&own, 2);
    __atomic_store_n(&dirtying, 1, __ATOMIC_RELEASE);
    registers_hold_while(avx, &own, &seen, &stop, 0);
    return !registers_equal(avx, &own, &seen);
}

static void submit(const struct ring_submission *submission)
{
    check(ring_submit(ring_mine(), submission), "room in the submission queue");
}

static void hold_over(uint64_t submitted, uint64_t min_complete)
{
    struct registers own, seen;
    struct ring_completion completion;

    registers_make(&own, 1);
    memset(&seen, 0, sizeof(seen));
    registers_hold_over_syscall(avx, &own, &seen, submitted, min_complete);
    check(registers_equal(avx, &own, &seen), "registers as before");
    while (ring_poll(ring_mine(), &completion))
        continue;
}

static void system_calls(void)
{
    struct thread thread;
    uint32_t code;

    submit(&(struct ring_submission){.opcode = RING_NOP});
    hold_over(1, 1);
    console_printf("registers held over a system call: unchanged");
    check(outcome_is_done(thread_start(&thread, hold_others, NULL)), "a thread");
    for (unsigned i = 0; i < 10; i++) {
        submit(&(struct ring_submission){
            .opcode = RING_PARK,
            .cap = capos_cap("park"),
            .argument = (uint64_t)&word,
            .deadline = clock_now() + 3 * MILLISECOND,
        });
        hold_over(1, 1);
    }
    while (!__atomic_load_n(&dirtying, __ATOMIC_ACQUIRE))
        thread_control_yield(capos_cap("thread"));
    __atomic_store_n(&stop, 1, __ATOMIC_RELEASE);
    check(outcome_is_done(thread_finish(&thread, &code)) && code == 0, "the other's registers");
    console_printf("registers held over a system call that waits: unchanged");
}

/* --- Programs --- */

#define HOLDERS 4
#define TURNS   40 /* in each of which at least the first to begin it had to hold */

static void holders(void)
{
    const uint32_t numbers[] = {0, 2};
    const uint32_t *words;
    cap_t shared, processes[2];
    uint64_t at;

    check(outcome_is_done(frames_allocate(capos_cap("frames"), 1, &shared)), "a shared page");
    check(outcome_is_done(memory_map(shared, 0, 0, 1, ACCESS_READ, &at)), "its place");
    words = (const uint32_t *)at;
    for (unsigned i = 0; i < 2; i++)
        processes[i] = program_start("holder", &numbers[i], sizeof(numbers[i]), BUDGET_SMALL,
                                     &(struct process_grant){"shared", shared}, 1);
    for (unsigned i = 0; i < 2; i++)
        program_succeed("a holder", processes[i]);
    check(words[HOLDERS] >= TURNS, "at least %u times to hold, not %u", TURNS, words[HOLDERS]);
    console_printf("two programs with two threads each, that never wait: nobody sees another's "
                   "registers");
}

int main(void)
{
    avx = registers_have_avx();
    console_printf("16 registers of %u bits, saved with %s", avx ? 256 : 128,
                   registers_have_xsave() ? "XSAVE" : "FXSAVE");
    run("fresh");
    system_calls();
    holders();
    return 0;
}
