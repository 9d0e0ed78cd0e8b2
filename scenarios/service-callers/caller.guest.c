/*
 * Calls "open", which lets its callers say their names, and "quiet", which does not.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "interfaces/session.capnp.h"
#include "scenarios/service-callers/office.calls.h"

/* With the name of somebody else in the parameters. */
static void call_office(const char *grant, uint16_t disclose)
{
    struct call call;
    struct office_call_params_builder params = office_call_open(&call, capos_cap(grant), 4);
    struct office_call_results_reader results;
    struct capnp_text name;

    office_call_params_set_name(params, capnp_text("the king"));
    call_disclose(&call, disclose);
    check(outcome_is_done(call_make(&call, 128)), "an answer");
    results = office_call_results(&call);
    name = office_call_results_name(results);
    console_printf("%s, %s: call %u of %s", grant, disclose ? "disclosing" : "disclosing nothing",
                   office_call_results_calls(results), name.len ? name.at : "somebody");
    call_close(&call);
}

int main(void)
{
    call_office("open", 0);
    call_office("open", 1 << SESSION_FIELD_NAME);
    call_office("quiet", 1 << SESSION_FIELD_NAME);
    return 0;
}
