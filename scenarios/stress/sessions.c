/*
 * Sessions: they are made, started in, ended in all three ways, and looked at.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "player.h"

#define LONGEST 20000000 /* nanoseconds */

void make_session(struct player *player, struct random *random, uint64_t key)
{
    uint64_t expires =
        random_below(random, 3) ? 0 : clock_now() + 1000000 + random_below(random, LONGEST);
    struct call call;
    cap_t launcher;

    (void)key;
    sessions_create_params_set_expires(sessions_create_open(&call, capos_cap("sessions"), 0),
                                       expires);
    /* Before the kernel looks, and again after that, the time may have come. */
    if (did(call_make(&call, 128), ERR_BAD_ARGUMENT)) {
        struct sessions_create_results_reader results = sessions_create_results(&call);
        cap_t user = call_cap(&call, sessions_create_results_user(results));
        cap_t control = call_cap(&call, sessions_create_results_control(results));

        if (did(session_control_launcher(control, &launcher), ERR_STALE_SESSION))
            hold(player, launcher, INTERFACE_SESSION_LAUNCHER, SCOPE_SHAREABLE, false);
        hold(player, user, INTERFACE_USER_SESSION, SCOPE_SAME_SESSION, false);
        hold(player, control, INTERFACE_SESSION_CONTROL, SCOPE_SHAREABLE, false);
    }
    call_close(&call);
}

void end_session(struct player *player, struct random *random, uint64_t key)
{
    bool itself = random_below(random, 2);
    const struct holding *holding =
        holding_any(player, random, itself ? HOLDING_USER : HOLDING_CONTROL);

    (void)key;
    if (holding && itself)
        sure(holding, user_session_logout(holding->cap), "a logout");
    else if (holding)
        sure(holding, session_control_end(holding->cap), "a session's end");
}

/* Once ended, it cannot be renewed. */
void look_at_session(struct player *player, struct random *random, uint64_t key)
{
    const struct holding *control = holding_any(player, random, HOLDING_CONTROL);
    struct outcome outcome;
    uint32_t epoch;

    (void)key;
    if (!control)
        return;
    outcome = session_control_renew(control->cap, 0, &epoch);
    if (outcome.code != ERR_STALE_SESSION && did(outcome, revoked_maybe(control)))
        check(epoch > 1, "a new epoch");
}
