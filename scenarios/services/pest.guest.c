/*
 * Calls init's directory in every wrong way, and ends with as many calls in flight as there can be.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "interfaces/services.calls.h"

#define LIST_ROOM  1024
#define IN_FLIGHT  24
#define CAPS_TURNS 100
#define NOISE_LEN  64
#define LARGE_LEN  6000

/* A call of list() with that many bytes of parameters, which are no message, and copies of a
 * capability. */
static struct outcome call_with(uint32_t len, uint32_t n_caps, uint32_t room)
{
    struct call call;

    call_open(&call, capos_cap("services"), INTERFACE_SERVICES, SERVICES_LIST, len / 8);
    memset(call.params.words, 0xfe, len);
    call.params.used = len / 8;
    for (uint32_t i = 0; i < n_caps; i++)
        call_give(&call, capos_cap("console"));
    return call_end(&call, call_make(&call, room));
}

static void many_capabilities(void)
{
    struct outcome outcome = outcome_done();

    for (uint32_t i = 0; i < CAPS_TURNS && outcome_is_done(outcome); i++)
        outcome = call_with(0, RING_TRANSFERS_MAX, LIST_ROOM);
    attempt("a hundred calls with 32 capabilities each", outcome, ERR_OK);
}

static void submit_all(struct call *calls)
{
    for (uint32_t i = 0; i < IN_FLIGHT; i++) {
        services_list_open(&calls[i], capos_cap("services"));
        check(!call_submit(&calls[i], LIST_ROOM, i + 1), "a call under way");
    }
}

/* Some are too late; none hurts. */
static void cancel_all(struct call *calls)
{
    submit_all(calls);
    for (uint32_t i = 0; i < IN_FLIGHT; i++)
        call_cancel(&calls[i]);
    for (uint32_t i = 0; i < IN_FLIGHT; i++)
        call_close(&calls[i]);
    attempt("a call after many that were cancelled", call_with(0, 0, LIST_ROOM), ERR_OK);
}

int main(void)
{
    static struct call calls[IN_FLIGHT];
    cap_t services = capos_cap("services");

    attempt("a method that there is not",
            capos_call(services, INTERFACE_SERVICES, UINT16_MAX, NULL, 0, NULL, 0), ERR_BAD_METHOD);
    attempt("the interface of power",
            capos_call(services, INTERFACE_POWER, POWER_OFF, NULL, 0, NULL, 0), ERR_BAD_INTERFACE);
    attempt("parameters that are no message", call_with(NOISE_LEN, 0, LIST_ROOM), ERR_BAD_MESSAGE);
    attempt("parameters that are too long", call_with(LARGE_LEN, 0, LIST_ROOM), ERR_NO_ROOM);
    attempt("too little room for the answer", call_with(0, 0, 8), ERR_NO_ROOM);
    many_capabilities();
    cancel_all(calls);
    console_printf("ending with %u calls in flight", IN_FLIGHT);
    submit_all(calls);
    ring_enter(ring_mine(), 0, 0);
    return 0;
}
