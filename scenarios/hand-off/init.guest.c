/*
 * Threads that call each other: in which order calls are received, and who runs when.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

#define INTERFACE_NUMBERS 0xc0ffee5e12ed0007

#define N_CALLS    5
#define N_WAITING  3
#define N_CLIENTS  4
#define N_SERVERS  3
#define EACH_CALLS 500

#define PRIORITY_BYSTANDER 3 /* below this thread's own, 4 */
#define PRIORITY_SERVER    2
#define MILLISECOND        1000000ull

static cap_t server, client;

static void open_endpoint(void)
{
    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_NUMBERS, &server, &client)),
          "an endpoint");
}

static void close_endpoint(void)
{
    cap_release(server);
    cap_release(client);
}

static uint64_t call_with(uint64_t number)
{
    uint64_t answer = 0;

    check(outcome_is_done(capos_call(client, INTERFACE_NUMBERS, 0, &number, 1, &answer, 1)),
          "a call with %lu", number);
    return answer;
}

static void begin(struct thread *thread, int (*run)(void *), void *argument, uint32_t priority)
{
    check(outcome_is_done(thread_start_with(thread, run, argument, priority)), "a thread");
}

static void finish(struct thread *thread)
{
    uint32_t code = 1;

    check(outcome_is_done(thread_finish(thread, &code)) && code == 0, "a good end of a thread");
}

static uint32_t calls_in_flight(void)
{
    uint32_t n[6];

    check(outcome_is_done(
              system_objects(capos_cap("system"), &n[0], &n[1], &n[2], &n[3], &n[4], &n[5])),
          "the counts");
    return n[5];
}

/* Until so many operations wait in the whole system. */
static void await_calls(uint32_t n)
{
    while (calls_in_flight() < n)
        timer_sleep(capos_cap("timer"), clock_now() + MILLISECOND / 4, NULL);
}

/* --- Order --- */

static void received_in_order(void)
{
    struct call calls[N_CALLS];

    open_endpoint();
    for (uint16_t i = 0; i < N_CALLS; i++) {
        call_open(&calls[i], client, INTERFACE_NUMBERS, i, 0);
        check(call_submit(&calls[i], 64, i + 1u) == ERR_OK, "a call");
    }
    check(ring_enter(ring_mine(), 0, 0) == N_CALLS, "all of them taken");
    for (uint16_t i = 0; i < N_CALLS; i++) {
        struct words_call in;

        check(outcome_is_done(capos_recv(server, RING_NEVER, &in)), "a call received");
        check(in.head.method == i, "call %u, not %u", i, in.head.method);
        check(outcome_is_done(capos_answer(in.head.reply, NULL, 0)), "its answer");
    }
    for (uint16_t i = 0; i < N_CALLS; i++) {
        check(outcome_is_done(call_wait(&calls[i])), "call %u answered", i);
        call_close(&calls[i]);
    }
    close_endpoint();
    console_printf("calls are received in the order in which they were made");
}

/* Answers one call with its own number. */
static int answer_once(void *argument)
{
    const uint64_t *number = argument;
    struct words_call in;

    check(outcome_is_done(capos_recv(server, RING_NEVER, &in)), "a call received");
    check(outcome_is_done(capos_answer(in.head.reply, number, 1)), "its answer");
    return 0;
}

static void waiting_in_order(void)
{
    static uint64_t numbers[N_WAITING];
    struct thread threads[N_WAITING];
    uint32_t before;

    open_endpoint();
    before = calls_in_flight();
    for (uint32_t i = 0; i < N_WAITING; i++) {
        numbers[i] = i;
        begin(&threads[i], answer_once, &numbers[i], 4);
        await_calls(before + i + 1);
    }
    for (uint64_t i = 0; i < N_WAITING; i++)
        check(call_with(0) == i, "an answer of receiver %lu", i);
    for (uint32_t i = 0; i < N_WAITING; i++)
        finish(&threads[i]);
    close_endpoint();
    console_printf("receivers get calls in the order in which they began to wait");
}

/* --- Who runs, on one processor --- */

static volatile bool is_served;

static int serve_once(void *argument)
{
    struct words_call in;

    (void)argument;
    check(outcome_is_done(capos_recv(server, RING_NEVER, &in)), "a call received");
    is_served = true;
    check(outcome_is_done(capos_answer(in.head.reply, NULL, 0)), "its answer");
    return 0;
}

/* Busy for a while, in which nobody of a lower priority may run. */
static int stand_by(void *argument)
{
    uint64_t end = clock_now() + 5 * MILLISECOND;

    (void)argument;
    while (clock_now() < end)
        check(!is_served, "nobody of a lower priority to run");
    return 0;
}

/* Both become ready at the same time: the bystander first, and the server by the call. */
static void more_important_first(void)
{
    struct thread serving, bystander;
    uint32_t before;

    open_endpoint();
    before = calls_in_flight();
    begin(&serving, serve_once, NULL, PRIORITY_SERVER);
    await_calls(before + 1);
    begin(&bystander, stand_by, NULL, PRIORITY_BYSTANDER);
    call_with(0);
    finish(&bystander);
    finish(&serving);
    close_endpoint();
    console_printf("a server of lower priority has let a bystander go first");
}

/* --- Servers that go on --- */

/* Answers each call with its own number: RETURN and the next RECV in one submission, until the
 * endpoint is closed. */
static int serve(void *argument)
{
    struct ring_client *mine = ring_mine();
    uint32_t params = arena_alloc(mine, 16), result = arena_alloc(mine, 256);
    uint64_t *answer = ring_at(mine, params);
    const struct words_call *in = ring_at(mine, result);
    struct ring_submission next = {
        .opcode = RING_RECV, .cap = server, .result = result, .result_len = 256};
    struct ring_completion completion;

    (void)argument;
    while (ring_do(mine, &next, &completion) == ERR_OK && completion.status == 0) {
        answer[0] = 1ull << 32; /* the root: a struct of one word */
        answer[1] = ((const uint64_t *)(&in->head + 1))[1];
        next = (struct ring_submission){
            .opcode = RING_RETURN,
            .flags = RING_THEN_RECV,
            .cap = in->head.reply,
            .endpoint = server,
            .params = params,
            .params_len = 16,
            .result = result,
            .result_len = 256,
        };
    }
    check(completion.status == -ERR_DISCONNECTED, "a closed endpoint, not %d", completion.status);
    return 0;
}

static volatile uint64_t n_calls;
static volatile bool is_enough;

static int call_on_and_on(void *argument)
{
    (void)argument;
    for (n_calls = 0; !is_enough; n_calls++)
        check(call_with(n_calls) == n_calls, "the answer to call %lu", n_calls);
    return 0;
}

/* A pair that hands the processor to and fro, and this thread, which never waits. */
static void shared_fairly(void)
{
    struct thread serving, calling;

    open_endpoint();
    is_enough = false;
    begin(&serving, serve, NULL, 4);
    begin(&calling, call_on_and_on, NULL, 4);
    for (unsigned i = 0; i < 3; i++) {
        uint64_t seen = n_calls;

        while (n_calls == seen)
            ;
    }
    is_enough = true;
    finish(&calling);
    check(outcome_is_done(endpoint_close(server)), "a close");
    finish(&serving);
    close_endpoint();
    console_printf(
        "a bystander of the same priority has had its share, and has left the pair its own");
}

static int call_many(void *argument)
{
    uint64_t first = *(const uint64_t *)argument;

    for (uint64_t i = first; i < first + EACH_CALLS; i++)
        check(call_with(i) == i, "the answer to call %lu", i);
    return 0;
}

static void many_of_both(void)
{
    static uint64_t firsts[N_CLIENTS];
    struct thread servers[N_SERVERS], clients[N_CLIENTS];

    open_endpoint();
    for (uint32_t i = 0; i < N_SERVERS; i++)
        begin(&servers[i], serve, NULL, 4);
    for (uint32_t i = 0; i < N_CLIENTS; i++) {
        firsts[i] = 100000ull * (i + 1);
        begin(&clients[i], call_many, &firsts[i], 4);
    }
    for (uint32_t i = 0; i < N_CLIENTS; i++)
        finish(&clients[i]);
    check(outcome_is_done(endpoint_close(server)), "a close");
    for (uint32_t i = 0; i < N_SERVERS; i++)
        finish(&servers[i]);
    close_endpoint();
    console_printf("%u clients, %u servers, %u calls: each answered with its own number", N_CLIENTS,
                   N_SERVERS, N_CLIENTS * EACH_CALLS);
}

int main(void)
{
    struct budget before = ledger_used();

    received_in_order();
    waiting_in_order();
    if (program_processors() == 1) {
        more_important_first();
        shared_fairly();
    }
    many_of_both();
    ledger_check("all of it", before);
    return 0;
}
