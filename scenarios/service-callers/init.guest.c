/*
 * Starts an office, and callers in the sessions of two people; then buys a ticket.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"
#include "capos/session.h"
#include "interfaces/session.capnp.h"
#include "scenarios/service-callers/office.calls.h"

static cap_t server, office;

/* A program in a session, and its end. */
static void call_in(const struct program_session *session)
{
    struct process_grant grants[] = {{"open", CAP_NONE}, {"quiet", CAP_NONE}};
    cap_t caller;

    check(outcome_is_done(endpoint_mint(server, 1, INTERFACE_OFFICE, SCOPE_SHAREABLE,
                                        1 << SESSION_FIELD_NAME, &grants[0].cap)),
          "a client");
    check(outcome_is_done(
              endpoint_mint(server, 1, INTERFACE_OFFICE, SCOPE_SHAREABLE, 0, &grants[1].cap)),
          "a client");
    caller = program_launch(session->launcher, "caller", NULL, 0, BUDGET_SMALL, grants, 2);
    program_succeed("the caller", caller);
    cap_release(grants[0].cap);
    cap_release(grants[1].cap);
}

static uint32_t tickets(void)
{
    uint32_t left;

    check(outcome_is_done(office_tickets(office, &left)), "a number of tickets");
    return left;
}

/* By hand: room for the message of the results, and none for the capability. */
static struct outcome buy_without_room(void)
{
    struct ring_completion completion;
    struct outcome outcome;
    struct call call;

    office_ticket_open(&call, office);
    check(call_prepare(&call, EXCEPTION_ROOM) == ERR_OK, "room in the arena");
    call.submission.result_len = 8 * (1 + OFFICE_TICKET_RESULTS_WORDS);
    check(ring_do(call.client, &call.submission, &completion) == ERR_OK, "a completion");
    outcome = call_read(&call, &completion);
    call_close(&call);
    return outcome;
}

static void buy(void)
{
    cap_t ticket, none;
    uint32_t calls;

    attempt("a ticket, without room for it", buy_without_room(), ERR_NO_ROOM);
    console_printf("tickets left: %u", tickets());
    attempt("a ticket", office_ticket(office, &ticket), ERR_OK);
    console_printf("tickets left: %u", tickets());
    attempt("another one", office_ticket(office, &none), ERR_NOT_FOUND);
    attempt("a call with the ticket", office_call(ticket, capnp_text(""), &calls, NULL, 0, NULL),
            ERR_OK);
    cap_release(ticket);
}

int main(void)
{
    struct budget before = ledger_used();
    struct process_grant grant = {"office", CAP_NONE};
    struct program_session ann = program_session_named("Ann"), bob = program_session_named("Bob");
    cap_t process;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_OFFICE, &server, &office)),
          "an endpoint");
    grant.cap = server;
    process = program_start("office", NULL, 0, BUDGET_SMALL, &grant, 1);
    call_in(&ann);
    call_in(&bob);
    call_in(&ann);
    program_session_drop(&ann);
    program_session_drop(&bob);
    buy();
    check(outcome_is_done(office_close(office)), "its end");
    program_succeed("the office", process);
    cap_release(server);
    cap_release(office);
    ledger_check("everything", before);
    console_printf("nothing is left over: the ledger is as before");
    return 0;
}
