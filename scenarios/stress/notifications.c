/*
 * Notifications: waits with masks, and signals.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "player.h"

#define LONGEST 1000000 /* nanoseconds */

void make_notification(struct player *player, struct random *random, uint64_t key)
{
    cap_t notification, signaller;

    (void)random;
    (void)key;
    if (!did(notifications_create(capos_cap("notifications"), &notification, &signaller), ERR_OK))
        return;
    hold(player, notification, INTERFACE_NOTIFICATION, SCOPE_SHAREABLE, false);
    hold(player, signaller, INTERFACE_SIGNALLER, SCOPE_SHAREABLE, false);
}

void wait_for_bits(struct player *player, struct random *random, uint64_t key)
{
    const struct holding *notification = holding_any(player, random, HOLDING_NOTIFICATION);
    struct flight *flight = notification ? flight_new(player, FLIGHT_BITS) : NULL;
    struct ring_submission wait = {.opcode = RING_WAIT, .argument = key | 1};

    if (!flight)
        return;
    flight->key = wait.argument;
    flight->timed = random_below(random, 8) > 0;
    if (flight->timed)
        wait.deadline = clock_now() + random_below(random, LONGEST);
    flight->revocable = notification->forwarded;
    wait.cap = notification->cap;
    wait.user_data = flight_id(player, flight);
    if (!ring_submit(ring_mine(), &wait))
        flight_free(player, flight);
}

/* Some bits that were waited for and no others, or none at all. As many as may wait at once do
 * already: in use. */
void bits_ended(struct player *player, struct flight *flight,
                const struct ring_completion *completion)
{
    err_t error = (err_t)-completion->status;

    check(error == ERR_OK || error == ERR_IN_USE || is_lack(error) ||
              (flight->timed && error == ERR_TIMED_OUT) ||
              (flight->revocable && error == ERR_REVOKED) ||
              (flight->cancelled && error == ERR_CANCELLED),
          "the end of a wait: %s", err_sentence(error));
    if (error == ERR_OK)
        check(completion->value && !(completion->value & ~flight->key), "bits of the mask");
    flight_free(player, flight);
}

void signal_bits(struct player *player, struct random *random, uint64_t key)
{
    enum holding_kind kind = random_below(random, 2) ? HOLDING_SIGNALLER : HOLDING_NOTIFICATION;
    const struct holding *holding = holding_any(player, random, kind);

    if (holding)
        did(notification_signal(holding->cap, key & random_next(random)), revoked_maybe(holding));
}
