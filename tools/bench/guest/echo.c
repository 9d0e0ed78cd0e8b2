/*
 * Answers calls, one after the other, by hand: echo.h says what.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "echo_server.h"

static bool keeps;

/* Releases what came with the call, unless it is to be kept: how many. */
static uint32_t drop_caps(const struct ring_delivery *call)
{
    const struct ring_cap *caps =
        (const struct ring_cap *)((const uint8_t *)(call + 1) + call->params_len);

    if (keeps)
        return 0;
    for (uint32_t i = 0; i < call->n_caps; i++) {
        put(&(struct ring_submission){.opcode = RING_RELEASE, .cap = caps[i].cap});
    }
    return call->n_caps;
}

/* Answers the call, and waits for the next one. */
static void serve(void)
{
    uint32_t n = 1;

    if (delivery()->n_caps)
        n += drop_caps(delivery());
    answer.cap = delivery()->reply;
    put(&answer);
    enter(n);
}

int main(void)
{
    cap_t endpoint = capos_cap("echo");
    size_t len;

    capos_arguments(&len);
    keeps = len > 0;
    byhand_init();
    answer_prepare(endpoint);
    receive_first(endpoint);
    while (take_next())
        serve();
    return 0;
}
