/*
 * Serves "office", as office.capnp says: what it remembers of a session, it finds by its reference.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/session.h"
#include "interfaces/session.capnp.h"
#include "scenarios/service-callers/office.calls.h"

#define ROOM     256
#define SESSIONS 4

struct visitor {
    uint8_t session[16];
    uint32_t calls;
};

static struct service service;
static struct visitor visitors[SESSIONS];
static uint32_t n_visitors;
static cap_t ticket_cap;

static struct visitor *visitor_of(const uint8_t *session)
{
    for (uint32_t i = 0; i < n_visitors; i++) {
        if (memcmp(visitors[i].session, session, sizeof(visitors[i].session)) == 0)
            return &visitors[i];
    }
    if (n_visitors == SESSIONS)
        return NULL;
    memcpy(visitors[n_visitors].session, session, sizeof(visitors[0].session));
    return &visitors[n_visitors++];
}

static struct outcome call(void *object, struct incoming *incoming,
                           struct office_call_params_reader params,
                           struct office_call_results_builder results)
{
    const uint8_t *session = incoming_session(incoming);
    struct visitor *visitor = session ? visitor_of(session) : NULL;
    struct session_fields fields = {0};
    struct outcome outcome = outcome_done();

    (void)object;
    (void)params;
    if (!visitor)
        return outcome_refuse(EXCEPTION_OVERLOADED, ERR_NO_ROOM, "too many sessions");
    if (incoming_disclosed(incoming))
        outcome = incoming_subject(incoming, &fields);
    office_call_results_set_calls(results, ++visitor->calls);
    office_call_results_set_name(results,
                                 capnp_text_n((const char *)fields.bytes[SESSION_FIELD_NAME],
                                              fields.len[SESSION_FIELD_NAME]));
    return outcome;
}

/* It is made for one caller: when the answer does not arrive, it is the office's again. */
static struct outcome ticket(void *object, struct incoming *incoming,
                             struct office_ticket_params_reader params,
                             struct office_ticket_results_builder results)
{
    (void)object;
    (void)params;
    if (ticket_cap == CAP_NONE)
        return outcome_refuse(EXCEPTION_FAILED, ERR_NOT_FOUND, "the ticket is sold");
    office_ticket_results_set_ticket(results, incoming_move(incoming, ticket_cap));
    ticket_cap = CAP_NONE;
    return outcome_done();
}

static void keep(struct incoming *incoming, cap_t cap)
{
    (void)incoming;
    ticket_cap = cap;
}

static struct outcome tickets(void *object, struct incoming *incoming,
                              struct office_tickets_params_reader params,
                              struct office_tickets_results_builder results)
{
    (void)object;
    (void)incoming;
    (void)params;
    office_tickets_results_set_left(results, ticket_cap != CAP_NONE);
    return outcome_done();
}

static struct outcome close_office(void *object, struct incoming *incoming,
                                   struct office_close_params_reader params,
                                   struct office_close_results_builder results)
{
    (void)object;
    (void)incoming;
    (void)params;
    (void)results;
    service_stop(&service);
    return outcome_done();
}

int main(void)
{
    static const struct office_server methods = {
        .call = call, .ticket = ticket, .tickets = tickets, .close = close_office};
    static const struct service_interface interfaces[] = {OFFICE_SERVICE(methods)};

    service = (struct service){
        .endpoint = capos_cap("office"),
        .interfaces = interfaces,
        .n_interfaces = 1,
        .room = ROOM,
        .kept = keep,
    };
    check(outcome_is_done(endpoint_mint(capos_cap("office"), 1, INTERFACE_OFFICE, SCOPE_SHAREABLE,
                                        0, &ticket_cap)),
          "a ticket");
    check(service_open(&service) == ERR_OK, "room for calls");
    check(outcome_is_done(service_run(&service)), "an end that was wanted");
    service_close(&service);
    return 0;
}
