/*
 * Calls on two processors: pairs beside each other, and from one processor to the other.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "echo_client.h"
#include "ipc.h"
#include "measure.h"

#define PAIR_CALLS 8000
#define PAIR_RUNS  3
#define PAIRS      2

#define PROCESSORS 2

/* Nanoseconds, and how many of them processors waited for the kernel lock, in all. */
struct stretch {
    uint64_t time, waited;
};

static uint64_t waited_so_far(void)
{
    uint64_t waits, nanoseconds;

    check(outcome_is_done(system_contention(capos_cap("system"), &waits, &nanoseconds)),
          "the time of waiting");
    return nanoseconds;
}

static struct stretch stretch_begin(void)
{
    return (struct stretch){.waited = waited_so_far(), .time = clock_now()};
}

static struct stretch stretch_end(struct stretch begin)
{
    uint64_t now = clock_now();

    return (struct stretch){.time = now - begin.time, .waited = waited_so_far() - begin.waited};
}

/* The percentage of the time of all processors. */
static void report_waiting(const char *id, struct stretch stretch)
{
    report_ratio(id, 100 * stretch.waited, PROCESSORS * stretch.time);
}

static struct stretch stretch_of_pairs(const struct ipc_server *servers, unsigned n)
{
    static const uint32_t calls = PAIR_CALLS;
    cap_t callers[PAIRS];
    struct stretch begin = stretch_begin();

    for (unsigned i = 0; i < n; i++)
        callers[i] = ipc_start("caller", &calls, sizeof(calls),
                               &(struct process_grant){"echo", servers[i].client}, 1);
    for (unsigned i = 0; i < n; i++)
        ipc_finish(callers[i]);
    return stretch_end(begin);
}

/* The shortest of some: of one pair, and of two at once. */
void ipc_measure_pairs(void)
{
    struct ipc_server servers[PAIRS] = {ipc_serve("echo"), ipc_serve("echo")};
    struct stretch best[PAIRS] = {{.time = UINT64_MAX}, {.time = UINT64_MAX}};

    for (unsigned run = 0; run < PAIR_RUNS; run++) {
        for (unsigned n = 1; n <= PAIRS; n++) {
            struct stretch stretch = stretch_of_pairs(servers, n);

            if (stretch.time < best[n - 1].time)
                best[n - 1] = stretch;
        }
    }
    report_ratio("ipc.pairs", PAIRS * best[0].time, best[1].time);
    report_waiting("ipc.pairs_wait", best[1]);
    ipc_close(&servers[0]);
    ipc_close(&servers[1]);
}

/* --- From one processor to the other --- */

#define ACROSS_CALLS 200

/* The caller keeps its processor, so that the server runs on the other. */
static void call_across(void)
{
    put(&echo_call);
    syscall_cap_enter(1, 0, 0);
    while (__atomic_load_n(&ring->cq_tail, __ATOMIC_ACQUIRE) == ring->cq_head)
        __asm__ volatile("pause");
    consume(1);
}

/* Counted, and timed. */
void ipc_measure_across(void)
{
    struct ipc_server echo = ipc_serve("echo");
    struct stretch stretch;

    byhand_init();
    echo_prepare(echo.client, 64);
    measure("ipc.across", call_across, 1);
    stretch = stretch_begin();
    for (unsigned i = 0; i < ACROSS_CALLS; i++)
        call_across();
    stretch = stretch_end(stretch);
    report_ratio("ipc.across_time", stretch.time, ACROSS_CALLS * 1000);
    report_waiting("ipc.across_wait", stretch);
    ipc_close(&echo);
}
