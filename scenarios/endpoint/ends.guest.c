/*
 * What callers and receivers hear when the other side goes away.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "service.h"

#define IN_LINE 1
#define SERVED  2

struct pair {
    cap_t server, client;
};

static struct pair open_pair(void)
{
    struct pair pair;

    check(outcome_is_done(endpoints_create(capos_cap("endpoints"), INTERFACE_SERVICE, &pair.server,
                                           &pair.client)),
          "an endpoint");
    return pair;
}

static void submit(struct call *call, cap_t client, uint16_t method, uint64_t number)
{
    call_open(call, client, INTERFACE_SERVICE, method, 0);
    check(call_submit(call, 64, number) == ERR_OK, "a call under way");
    check(ring_enter(ring_mine(), 0, 0) == 1, "a call taken");
}

static void expect_disconnected(const char *what, struct call *call)
{
    struct outcome outcome = call_wait(call);

    attempt(what, outcome, ERR_DISCONNECTED);
    check(outcome.kind == OUTCOME_EXCEPTION && outcome.type == EXCEPTION_DISCONNECTED,
          "an exception of type disconnected");
}

static struct outcome call_once(cap_t client)
{
    return capos_call(client, INTERFACE_SERVICE, SERVICE_ADD, NULL, 0, NULL, 0);
}

static int receive(void *argument)
{
    struct words_call in;
    struct pair *pair = argument;

    attempt("a receiver that waits when the endpoint is closed",
            capos_recv(pair->server, RING_NEVER, &in), ERR_DISCONNECTED);
    return 0;
}

static void receiver_waits(void)
{
    struct pair pair = open_pair();
    struct thread thread;

    check(outcome_is_done(thread_start(&thread, receive, &pair)), "a thread");
    timer_sleep(capos_cap("timer"), clock_now() + 5000000, NULL);
    check(outcome_is_done(endpoint_close(pair.server)), "a closed endpoint");
    check(outcome_is_done(thread_finish(&thread, NULL)), "the thread's end");
    cap_release(pair.server);
    cap_release(pair.client);
}

static void closed(void)
{
    struct pair pair = open_pair();
    struct words_call in;
    struct call call;

    submit(&call, pair.client, SERVICE_ADD, IN_LINE);
    attempt("closing an endpoint with a call in line", endpoint_close(pair.server), ERR_OK);
    expect_disconnected("the call in line", &call);
    call_close(&call);
    attempt("a call after the close", call_once(pair.client), ERR_DISCONNECTED);
    attempt("receiving after the close", capos_recv(pair.server, RING_NEVER, &in),
            ERR_DISCONNECTED);
    attempt("closing it again", endpoint_close(pair.server), ERR_OK);
    cap_release(pair.server);
    cap_release(pair.client);
}

static void dropped(void)
{
    struct pair pair = open_pair();
    struct call call;

    submit(&call, pair.client, SERVICE_ADD, IN_LINE);
    attempt("dropping the only capability to receive", cap_release(pair.server), ERR_OK);
    expect_disconnected("the call in line", &call);
    call_close(&call);
    attempt("a call after that", call_once(pair.client), ERR_DISCONNECTED);
    cap_release(pair.client);
}

/* One call is being served and another one is in line when the server exits. */
static void server_exits(void)
{
    struct pair pair = open_pair();
    struct process_grant grant = {"server", pair.server};
    cap_t process = program_start("server", NULL, 0, BUDGET_SMALL, &grant, 1);
    struct call served, in_line;
    struct process_end end;

    cap_release(pair.server);
    submit(&served, pair.client, SERVICE_DIE, SERVED);
    submit(&in_line, pair.client, SERVICE_ADD, IN_LINE);
    expect_disconnected("a call that a server exits in", &served);
    expect_disconnected("one that stood in line behind it", &in_line);
    call_close(&in_line);
    call_close(&served);
    end = program_finish(process);
    check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "a server that exited");
    attempt("a call when the server has ended", call_once(pair.client), ERR_DISCONNECTED);
    cap_release(pair.client);
}

/* It holds the right to answer when it ends, and receives the next call. */
static void server_terminated(void)
{
    struct pair pair = open_pair();
    struct process_grant grant = {"server", pair.server};
    cap_t process = program_start("server", NULL, 0, BUDGET_SMALL, &grant, 1);
    struct call call;
    uint64_t held = 0;

    cap_release(pair.server);
    submit(&call, pair.client, SERVICE_HOLD, SERVED);
    while (held == 0)
        capos_call(pair.client, INTERFACE_SERVICE, SERVICE_HELD, NULL, 0, &held, 1);
    check(outcome_is_done(process_terminate(process)), "its end");
    expect_disconnected("a call whose server is terminated", &call);
    call_close(&call);
    program_finish(process);
    cap_release(pair.client);
}

int main(void)
{
    closed();
    dropped();
    receiver_waits();
    server_exits();
    server_terminated();
    return 0;
}
