/*
 * Attempts what its capabilities do not permit: waiting with a signaller, signals with something
 * else, calls.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "bell.h"

static void signaller_only(struct bell bell)
{
    attempt("signalling with the signaller", notification_signal(bell.signaller, 1), ERR_OK);
    attempt("waiting with the signaller", notification_wait(bell.signaller, 1, RING_NEVER, NULL),
            ERR_BAD_INTERFACE);
    attempt("signalling with the notification", notification_signal(bell.notification, 2), ERR_OK);
    check(bits_now(bell, UINT64_MAX) == 3, "the bits of both");
}

static void wrong_capability(void)
{
    cap_t timer = capos_cap("timer");

    attempt("waiting with the timer", notification_wait(timer, 1, RING_NEVER, NULL),
            ERR_BAD_INTERFACE);
    attempt("signalling the timer", notification_signal(timer, 1), ERR_BAD_INTERFACE);
    attempt("waiting with none", notification_wait(CAP_NONE, 1, RING_NEVER, NULL), ERR_BAD_HANDLE);
    attempt("signalling with none", notification_signal(CAP_NONE, 1), ERR_BAD_HANDLE);
}

static void no_bits(struct bell bell)
{
    attempt("waiting for no bit", notification_wait(bell.notification, 0, RING_NEVER, NULL),
            ERR_BAD_ARGUMENT);
    attempt("signalling no bit", notification_signal(bell.signaller, 0), ERR_BAD_ARGUMENT);
}

static void no_methods(struct bell bell)
{
    attempt("calling a notification's first method",
            capos_call(bell.notification, INTERFACE_NOTIFICATION, 0, NULL, 0, NULL, 0),
            ERR_BAD_METHOD);
    attempt("calling a signaller's first method",
            capos_call(bell.signaller, INTERFACE_SIGNALLER, 0, NULL, 0, NULL, 0), ERR_BAD_METHOD);
    attempt("calling a signaller as a notification",
            capos_call(bell.signaller, INTERFACE_NOTIFICATION, 0, NULL, 0, NULL, 0),
            ERR_BAD_INTERFACE);
}

/* A server may give its clients any interface id. */
static void forged(void)
{
    cap_t server, client, minted;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_SIGNALLER, &server, &client)),
          "an endpoint");
    check(outcome_is_done(
              endpoint_mint(server, 1, INTERFACE_NOTIFICATION, SCOPE_SHAREABLE, 0, &minted)),
          "a client");
    attempt("signalling with a client that calls itself a signaller",
            notification_signal(client, 1), ERR_NOT_PERMITTED);
    attempt("signalling with one that calls itself a notification", notification_signal(minted, 1),
            ERR_NOT_PERMITTED);
    attempt("waiting with one that a server called so",
            notification_wait(minted, 1, RING_NEVER, NULL), ERR_NOT_PERMITTED);
    cap_release(minted);
    cap_release(client);
    cap_release(server);
}

int main(void)
{
    struct bell bell = bell_open();

    signaller_only(bell);
    wrong_capability();
    no_bits(bell);
    no_methods(bell);
    forged();
    bell_close(bell);
    attempt("signalling with a released one", notification_signal(bell.signaller, 1),
            ERR_BAD_HANDLE);
    return 0;
}
