/*
 * Capabilities derived from each other, a call and a sleep through the second, and the end of both.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "steps.h"

enum { CALL_ID, SLEEP_ID, OPERATIONS };

static cap_t server, client, once, twice, timer, revokers[3];
static struct call operations[OPERATIONS];
static bool under_way[OPERATIONS];

static bool derive(cap_t from, cap_t *derived, cap_t *revoker)
{
    return fine(caps_derive(capos_cap("caps"), from, SCOPE_SHAREABLE, 0, derived, revoker));
}

static void submit(uint64_t id)
{
    check(call_submit(&operations[id], 64, id) == ERR_OK, "an operation");
    under_way[id] = true;
    ring_enter(ring_mine(), 0, 0);
}

static void run(void)
{
    if (!fine(endpoints_create(capos_cap("endpoints"), INTERFACE_STEP, &server, &client)))
        return;
    if (derive(client, &once, &revokers[0]) && derive(once, &twice, &revokers[1])) {
        call_open(&operations[CALL_ID], twice, INTERFACE_STEP, 0, 0);
        call_give(&operations[CALL_ID], twice);
        submit(CALL_ID);
    }
    if (derive(capos_cap("timer"), &timer, &revokers[2])) {
        timer_sleep_params_set_until(timer_sleep_open(&operations[SLEEP_ID], timer, 0), RING_NEVER);
        submit(SLEEP_ID);
    }
    for (unsigned i = 0; i < 3; i++) {
        if (revokers[i] != CAP_NONE)
            fine(revoker_revoke(revokers[i]));
    }
}

static void clean(void)
{
    for (unsigned i = 0; i < OPERATIONS; i++) {
        if (under_way[i])
            call_close(&operations[i]);
        under_way[i] = false;
    }
    for (unsigned i = 0; i < 3; i++)
        give_up(&revokers[i]);
    give_up(&timer);
    give_up(&twice);
    give_up(&once);
    give_up(&client);
    give_up(&server);
}

const struct step step_forwarders = {.name = "forwarders", .run = run, .clean = clean};
