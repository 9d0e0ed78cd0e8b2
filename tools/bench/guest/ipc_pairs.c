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

static uint64_t time_of_pairs(const struct ipc_server *servers, unsigned n)
{
    static const uint32_t calls = PAIR_CALLS;
    cap_t callers[PAIRS];
    uint64_t from = clock_now();

    for (unsigned i = 0; i < n; i++)
        callers[i] = ipc_start("caller", &calls, sizeof(calls),
                               &(struct process_grant){"echo", servers[i].client}, 1);
    for (unsigned i = 0; i < n; i++)
        ipc_finish(callers[i]);
    return clock_now() - from;
}

/* The shortest of some times: of one pair, and of two at once. */
void ipc_measure_pairs(void)
{
    struct ipc_server servers[PAIRS] = {ipc_serve("echo"), ipc_serve("echo")};
    uint64_t best[PAIRS] = {UINT64_MAX, UINT64_MAX};

    for (unsigned run = 0; run < PAIR_RUNS; run++) {
        for (unsigned n = 1; n <= PAIRS; n++) {
            uint64_t time = time_of_pairs(servers, n);

            if (time < best[n - 1])
                best[n - 1] = time;
        }
    }
    report_ratio("ipc.pairs", PAIRS * best[0], best[1]);
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
    uint64_t from;

    byhand_init();
    echo_prepare(echo.client, 64);
    measure("ipc.across", call_across, 1);
    from = clock_now();
    for (unsigned i = 0; i < ACROSS_CALLS; i++)
        call_across();
    report_ratio("ipc.across_time", clock_now() - from, ACROSS_CALLS * 1000);
    ipc_close(&echo);
}
