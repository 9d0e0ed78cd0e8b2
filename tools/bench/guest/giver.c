/*
 * Answers calls by hand with a capability that calls of this server can be made with.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Granted its endpoint as "echo". The client that it gives is minted with the cookie GIVEN, and
 * calls through that get an answer without a capability.
 */
#include "bench/echo.capnp.h"
#include "echo_server.h"

#define TRANSFERS_AT 0x7000
#define WITH_CAP \
    (1ull << 32 | TRANSFERS_AT) /* of the submission's last word: how many, and where */
#define GIVEN 1

static void prepare(cap_t endpoint)
{
    struct ring_transfer *given = (struct ring_transfer *)(arena + TRANSFERS_AT);

    *given = (struct ring_transfer){.mode = RING_COPY};
    check(outcome_is_done(
              endpoint_mint(endpoint, GIVEN, INTERFACE_ECHO, SCOPE_SHAREABLE, 0, &given->cap)),
          "a client to give");
    answer_prepare(endpoint);
}

int main(void)
{
    cap_t endpoint = capos_cap("echo");

    byhand_init();
    prepare(endpoint);
    receive_first(endpoint);
    while (take_next()) {
        answer.cap = delivery()->reply;
        answer.argument = delivery()->cookie == GIVEN ? 0 : WITH_CAP;
        put(&answer);
        enter(1);
    }
    return 0;
}
