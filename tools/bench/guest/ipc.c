/*
 * What calls between processes cost: by hand in the ring, and by the library's kit.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The servers wait when a call begins, and wait again when it has ended. On one processor calls are counted; on two,
 * pairs of a client and a server run beside each other, and calls go from one processor to the other.
 */
#include "measure.h"

#include "bench/echo.calls.h"
#include "echo_client.h"

/* --- Servers and callers --- */

struct server {
    cap_t endpoint, client, process;
};

static cap_t start(const char *image, const void *arguments, size_t len, cap_t cap)
{
    struct process_grant grant = {"echo", cap};
    struct process_request request = {
        .image = image,
        .arguments = arguments,
        .arguments_len = len,
        .grants = &grant,
        .n_grants = 1,
        .budget = BUDGET_SMALL,
    };
    cap_t process;

    check(outcome_is_done(process_spawn(capos_cap("processes"), &request, &process)), "a process");
    return process;
}

static struct server serve(const char *image)
{
    struct server server;

    check(outcome_is_done(endpoints_create(capos_cap("endpoints"), INTERFACE_ECHO, &server.endpoint,
                                           &server.client)),
          "an endpoint");
    server.process = start(image, NULL, 0, server.endpoint);
    return server;
}

static void finish(cap_t process)
{
    struct process_end end;

    check(outcome_is_done(process_wait(process, &end.reason, &end.code)), "an end");
    check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "a good one");
    cap_release(process);
}

static void close(const struct server *server)
{
    check(outcome_is_done(endpoint_close(server->endpoint)), "the end of a server");
    finish(server->process);
    cap_release(server->endpoint);
    cap_release(server->client);
}

/* --- Calls on one processor --- */

static void measure_calls(void)
{
    struct server echo = serve("echo");

    echo_prepare(echo.client, 64);
    measure("ipc.call", call_echo, 1);
    echo_prepare(echo.client, 1024);
    measure("ipc.call_1k", call_echo, 1);
    echo_prepare(echo.client, 4096);
    measure("ipc.call_4k", call_echo, 1);
    echo_prepare(echo.client, 64);
    echo_prepare_cap(echo.client);
    measure("ipc.call_cap", call_echo, 1);
    close(&echo);
}

static cap_t kit;

static void call_kit(void)
{
    uint64_t a, b, c, d, e, f, g;

    check(outcome_is_done(echo_swap(kit, 1, 2, 3, 4, 5, 6, 7, &a, &b, &c, &d, &e, &f, &g)),
          "a call");
}

static void measure_kit(void)
{
    struct server server = serve("kit");

    kit = server.client;
    measure("ipc.call_kit", call_kit, 1);
    close(&server);
}

/* --- Pairs on two processors --- */

#define PAIR_CALLS 8000
#define PAIR_RUNS  3
#define PAIRS      2

static uint64_t time_of_pairs(const struct server *servers, unsigned n)
{
    static const uint32_t calls = PAIR_CALLS;
    cap_t callers[PAIRS];
    uint64_t from = clock_now();

    for (unsigned i = 0; i < n; i++)
        callers[i] = start("caller", &calls, sizeof(calls), servers[i].client);
    for (unsigned i = 0; i < n; i++)
        finish(callers[i]);
    return clock_now() - from;
}

/* The shortest of some times: of one pair, and of two at once. */
static void measure_pairs(void)
{
    struct server servers[PAIRS] = {serve("echo"), serve("echo")};
    uint64_t best[PAIRS] = {UINT64_MAX, UINT64_MAX};

    for (unsigned run = 0; run < PAIR_RUNS; run++) {
        for (unsigned n = 1; n <= PAIRS; n++) {
            uint64_t time = time_of_pairs(servers, n);

            if (time < best[n - 1])
                best[n - 1] = time;
        }
    }
    report_ratio("ipc.pairs", PAIRS * best[0], best[1]);
    close(&servers[0]);
    close(&servers[1]);
}

/* --- From one processor to the other --- */

#define ACROSS_CALLS 2000

/* The caller keeps its processor, so that the server runs on the other. */
static void call_across(void)
{
    *next_submission() = echo_call;
    push();
    syscall_cap_enter(1, 0, 0);
    while (__atomic_load_n(&ring->cq_tail, __ATOMIC_ACQUIRE) == ring->cq_head)
        __asm__ volatile("pause");
    consume(1);
}

static void measure_across(void)
{
    struct server echo = serve("echo");
    uint64_t from;

    echo_prepare(echo.client, 64);
    call_across();
    from = clock_now();
    for (unsigned i = 0; i < ACROSS_CALLS; i++)
        call_across();
    report_ratio("ipc.call_across", clock_now() - from, ACROSS_CALLS * 1000);
    close(&echo);
}

static uint32_t processors(void)
{
    struct call call;
    uint32_t n;

    system_system_open(&call, capos_cap("system"));
    check(outcome_is_done(call_make(&call, 256)), "how many processors");
    n = system_system_results_processors(system_system_results(&call));
    call_close(&call);
    return n;
}

int main(void)
{
    console_printf("bench first-user-instruction\n");
    byhand_init();
    measure_overhead();
    measure_calls();
    measure_kit();
    if (processors() > 1) {
        measure_pairs();
        measure_across();
    }
    return 0;
}
