/*
 * Tries to reach what others were granted, and ends the system by its own end.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Grants: console, a Timer called "clock", and the directory of services.
 */
#include "granted.h"
#include "interfaces/services.calls.h"
#include "scenarios/init/house.calls.h"

#define N_OWN       3
#define INDICES     1024
#define GENERATIONS 8

static const char *const states[] = {"waiting", "running", "ended", "failed"};

/* --- The directory --- */

static struct services_status_reader status_of(struct call *call, uint32_t index)
{
    return services_status_at(services_list_results_services(services_list_results(call)), index);
}

static void list_services(struct call *call)
{
    struct outcome outcome;

    services_list_open(call, capos_cap("services"));
    outcome = call_make(call, 1024);
    check(outcome_is_done(outcome), "the services, not: %s", outcome_sentence(outcome));
}

/* From now on nobody but servers and this program runs. */
static void await_end_of(uint32_t index)
{
    struct call call;
    enum services_state state;

    do {
        timer_sleep(capos_cap("clock"), clock_now() + 1000000, NULL);
        list_services(&call);
        state = services_status_state(status_of(&call, index));
        call_close(&call);
    } while (state != SERVICES_STATE_ENDED);
}

static void show_services(void)
{
    struct call call;
    uint32_t n;

    list_services(&call);
    n = capnp_list_len(services_list_results_services(services_list_results(&call)));
    for (uint32_t i = 0; i < n; i++) {
        struct services_status_reader status = status_of(&call, i);
        enum services_state state = services_status_state(status);

        console_printf("%s (%s): %s, %s", services_status_name(status).at,
                       services_status_program(status).at, states[state],
                       services_status_id(status) ? "has a process" : "has no process");
    }
    call_close(&call);
}

/* --- Attempts --- */

static void by_name(const char *name)
{
    console_printf("%s: %s", name, capos_grant(name) ? "granted" : "not granted");
    check(!capos_grant(name), "no grant of that name");
}

/* What a call of nothing in particular says of a handle. */
static err_t try_handle(cap_t handle, uint64_t interface_id)
{
    struct call call;
    err_t error;

    call_open(&call, handle, interface_id, 0, 0);
    error = call_make(&call, 0).code;
    call_close(&call);
    return error;
}

/* Every handle that could be. */
static void by_handle(void)
{
    uint32_t found = 0;

    for (uint64_t i = 0; i < GENERATIONS * INDICES; i++)
        found += try_handle(i / INDICES << 32 | i % INDICES, 0) != ERR_BAD_HANDLE;
    console_printf("%u handles tried: %u are capabilities", GENERATIONS * INDICES, found);
    check(found == N_OWN, "what was granted, and nothing else");
}

/* What was granted, called by what was not. */
static void by_interface(void)
{
    static const uint64_t interfaces[] = {INTERFACE_DOOR, INTERFACE_BOOK, INTERFACE_POWER,
                                          INTERFACE_PROCESSES, INTERFACE_ENDPOINT};
    uint32_t n, tried = 0, answered = 0;
    const struct grant *grants = capos_grants(&n);

    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j < sizeof(interfaces) / sizeof(interfaces[0]); j++, tried++)
            answered += try_handle(grants[i].cap, interfaces[j]) != ERR_BAD_INTERFACE;
    }
    console_printf("%u calls by interfaces of others: %u answered", tried, answered);
    check(answered == 0, "no answer");
}

int main(void)
{
    uint32_t number;
    uint64_t page;

    show_grants();
    show_arguments();
    await_end_of(0);
    show_services();
    by_name("door");
    by_name("book");
    by_name("timer");
    by_name("processes");
    by_name("power");
    by_handle();
    by_interface();
    attempt("writing into the book through the clock",
            book_enter(capos_cap("clock"), capnp_text("Eve"), &number, &page), ERR_BAD_INTERFACE);
    attempt("ending the system through the directory", power_off(capos_cap("services")),
            ERR_BAD_INTERFACE);
    return 0;
}
