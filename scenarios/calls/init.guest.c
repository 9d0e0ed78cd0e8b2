/*
 * Calls in every way that the library has: one at a time, several, in vain; and what comes of it,
 * in words.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"
#include "scenarios/calls/desk.calls.h"

#define N           3
#define MILLISECOND 1000000ull
#define TIMER_ID    99
#define DROPS       100

static cap_t desk;

static void simple(void)
{
    uint64_t number;
    char text[8];
    uint32_t len;

    attempt("a call", desk_echo(desk, 7, capnp_text("seven"), &number, text, sizeof(text), &len),
            ERR_OK);
    check(number == 7 && len == 5 && strcmp(text, "seven") == 0, "what was sent, not %s", text);
    attempt("one whose text does not fit into the caller's room",
            desk_echo(desk, 8, capnp_text("eight is too much"), &number, text, sizeof(text), &len),
            ERR_NO_ROOM);
    check(len == 0 && text[0] == '\0', "no text");
    attempt("one that wants no results",
            desk_echo(desk, 9, capnp_text("nine"), NULL, NULL, 0, NULL), ERR_OK);
}

/* --- Several --- */

static void hold(struct call *call, uint64_t number)
{
    desk_hold_params_set_number(desk_hold_open(call, desk, 0), number);
    check(call_submit(call, 64, number) == ERR_OK, "a call under way");
}

static uint64_t number_of(struct call *call)
{
    return desk_hold_results_number(desk_hold_results(call));
}

static void free_held(uint64_t number)
{
    uint32_t held;

    check(outcome_is_done(desk_free(desk, number, &held)), "a call that is held");
}

static void out_of_order(void)
{
    static const uint64_t order[N] = {1, 0, 2};
    struct call calls[N];
    struct outcome outcome;

    for (uint64_t i = 0; i < N; i++)
        hold(&calls[i], i);
    for (uint32_t i = 0; i < N; i++) {
        uint64_t number = order[i];

        check(!call_poll(&calls[number], &outcome), "call %lu to be under way", number);
        free_held(number);
        check(outcome_is_done(call_wait(&calls[number])), "its end");
        check(number_of(&calls[number]) == number, "its own results");
        console_printf("three calls under way: call %lu is answered", number);
    }
    for (uint32_t i = 0; i < N; i++)
        call_close(&calls[order[i]]);
    check(ring_mine()->used == 0, "an empty arena, not %u bytes", ring_mine()->used);
    console_printf("closed in that order: the arena is empty");
}

/* The service takes calls in their order: those under way are held when this one has ended. */
static void await_held(void)
{
    check(outcome_is_done(desk_echo(desk, 0, capnp_text(""), NULL, NULL, 0, NULL)), "an echo");
}

/* Each way to give up leaves the service with a call that nobody waits for. */
static void given_up(void)
{
    struct call call;

    hold(&call, 1);
    await_held();
    check(call_cancel(&call) == ERR_OK, "a cancellation");
    attempt("a call that is cancelled", call_wait(&call), ERR_CANCELLED);
    check(call_cancel(&call) == ERR_NOT_FOUND, "nothing to cancel any more");
    call_close(&call);
    desk_hold_params_set_number(desk_hold_open(&call, desk, 0), 2);
    call_set_deadline(&call, clock_now() + MILLISECOND);
    attempt("a call with a deadline", call_make(&call, 64), ERR_TIMED_OUT);
    call_close(&call);
    hold(&call, 3);
    await_held();
    call_close(&call);
    check(ring_mine()->used == 0 && ring_held(ring_mine()) == 0, "nothing left of it");
    console_printf("a call that is closed while it is under way: nothing is left of it");
    free_held(1);
    desk_free(desk, 2, NULL); /* refused if its time was over before the service received it */
    free_held(3);
}

/* One loop over completions of all kinds. */
static void loop(void)
{
    struct ring_completion completion;
    struct call calls[N], sleep;

    for (uint64_t i = 0; i < N; i++)
        hold(&calls[i], i);
    check(ring_next(ring_mine(), clock_now() + MILLISECOND, &completion) == ERR_TIMED_OUT,
          "nothing yet");
    timer_sleep_params_set_until(timer_sleep_open(&sleep, capos_cap("timer"), 0),
                                 clock_now() + MILLISECOND);
    check(call_submit(&sleep, 64, TIMER_ID) == ERR_OK, "a sleep under way");
    check(ring_next(ring_mine(), RING_NEVER, &completion) == ERR_OK, "a completion");
    check(completion.user_data == TIMER_ID, "the sleep's");
    check(outcome_is_done(call_read(&sleep, &completion)), "a good end");
    call_close(&sleep);
    for (uint64_t i = N; i-- > 0;) {
        free_held(i);
        check(ring_next(ring_mine(), RING_NEVER, &completion) == ERR_OK, "a completion");
        check(completion.user_data == i, "that of call %lu", i);
        check(outcome_is_done(call_read(&calls[i], &completion)), "a good end");
        call_close(&calls[i]);
    }
    console_printf("one loop: a sleep and three calls, each by its completion");
}

/* --- Refusals --- */

static void reasons(void)
{
    char reason[200];

    attempt("a call that is refused", desk_refuse(desk, capnp_text("the desk is closed today")),
            ERR_IN_USE);
    attempt("with a reason of two lines and an escape sequence",
            desk_refuse(desk, capnp_text("closed\ninit: all is well\x1b[2J")), ERR_IN_USE);
    memset(reason, 'z', sizeof(reason));
    attempt("with a reason of 200 letters", desk_refuse(desk, capnp_text_n(reason, sizeof(reason))),
            ERR_IN_USE);
    attempt("with one of 100 letters, past the library", desk_refuse_at_length(desk, 100),
            ERR_IN_USE);
    attempt("with one of 1000 letters, past the library", desk_refuse_at_length(desk, 1000),
            ERR_IN_USE);
    attempt("with no reason at all", desk_refuse(desk, capnp_text("")), ERR_IN_USE);
    attempt("a call that the service refuses by itself", desk_free(desk, 12345, NULL),
            ERR_NOT_FOUND);
}

static void wrong_interface(void)
{
    uint64_t now;

    attempt("the desk as a timer", timer_now(desk, &now), ERR_BAD_INTERFACE);
    attempt("a timer as a desk", desk_free(capos_cap("timer"), 1, NULL), ERR_BAD_INTERFACE);
    attempt("a method that the desk does not have",
            capos_call(desk, INTERFACE_DESK, DESK_METHODS, NULL, 0, NULL, 0), ERR_BAD_METHOD);
    attempt("a desk that nobody granted", desk_free(12345, 1, NULL), ERR_BAD_HANDLE);
}

/* Capabilities that are dropped in passing. */
static void dropped(cap_t server)
{
    struct budget before = ledger_used();
    cap_t client;

    for (uint32_t i = 0; i < DROPS; i++) {
        check(
            outcome_is_done(endpoint_mint(server, i, INTERFACE_DESK, SCOPE_SHAREABLE, 0, &client)),
            "a client");
        check(cap_drop(client) == ERR_OK, "a drop");
    }
    ledger_check("capabilities that were dropped", before);
    attempt("calling what was dropped", desk_free(client, 1, NULL), ERR_BAD_HANDLE);
    console_printf("100 capabilities, dropped in passing: none is left");
}

int main(void)
{
    struct budget before = ledger_used();
    struct process_grant grant = {"desk", CAP_NONE};
    struct process_end end;
    cap_t process;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_DESK, &grant.cap, &desk)),
          "an endpoint");
    process = program_start("desk", NULL, 0, BUDGET_SMALL, &grant, 1);
    simple();
    out_of_order();
    given_up();
    loop();
    reasons();
    wrong_interface();
    dropped(grant.cap);
    attempt("closing the desk", desk_close(desk), ERR_OK);
    end = program_finish(process);
    check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "its good end");
    cap_release(grant.cap);
    attempt("a call after its end", desk_free(desk, 1, NULL), ERR_DISCONNECTED);
    cap_release(desk);
    ledger_check("everything", before);
    console_printf("nothing is left over: the ledger is as before");
    return 0;
}
