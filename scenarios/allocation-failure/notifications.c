/*
 * Notifications, with waits that end by a signal and by being taken back.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "steps.h"

#define WAITS 3

static cap_t notification, signaller;
static unsigned n_waits;

static void run(void)
{
    struct ring_submission wait = {.opcode = RING_WAIT, .deadline = RING_NEVER - 1};

    if (!fine(notifications_create(capos_cap("notifications"), &notification, &signaller)))
        return;
    wait.cap = notification;
    for (; n_waits < WAITS; n_waits++) {
        wait.user_data = n_waits;
        wait.argument = 1u << n_waits;
        check(ring_submit(ring_mine(), &wait), "a wait");
    }
    fine(notification_signal(signaller, 2));
}

static void end_wait(uint64_t number)
{
    struct ring_completion completion;

    ring_cancel(ring_mine(), number);
    check(ring_wait(ring_mine(), number, &completion) == ERR_OK, "the end of a wait");
    check(completion.status == 0
              ? number == 1 && completion.value == 2
              : completion.status == -ERR_CANCELLED || completion.status == -ERR_NO_MEMORY,
          "a wait that was taken back, or the second one with its bit");
}

static void clean(void)
{
    while (n_waits > 0)
        end_wait(--n_waits);
    give_up(&signaller);
    give_up(&notification);
}

const struct step step_notifications = {.name = "notifications", .run = run, .clean = clean};
