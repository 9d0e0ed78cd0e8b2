/*
 * Sessions: they are made, started in, ended in all three ways, and looked at.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/session.h"

#include "player.h"

#define LONGEST 20000000 /* nanoseconds */

void make_session(struct player *player, struct random *random, uint64_t key)
{
    uint64_t expires =
        random_below(random, 3) ? 0 : clock_now() + 1000000 + random_below(random, LONGEST);
    struct session_fields fields = {0};
    cap_t user, control, launcher;

    session_fields_set(&fields, random_below(random, SESSION_FIELDS), &key, sizeof(key));
    /* Before the kernel looks, and again after that, the time may have come. */
    if (!did(session_create(capos_cap("sessions"), &fields, expires, &user, &control),
             ERR_BAD_ARGUMENT))
        return;
    if (did(session_control_launcher(control, &launcher), ERR_STALE_SESSION))
        hold(player, launcher, INTERFACE_SESSION_LAUNCHER, SCOPE_SHAREABLE, false);
    hold(player, user, INTERFACE_USER_SESSION, SCOPE_SAME_SESSION, false);
    hold(player, control, INTERFACE_SESSION_CONTROL, SCOPE_SHAREABLE, false);
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
