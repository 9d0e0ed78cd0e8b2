/*
 * What "init" tells "peer" to do, and what both know.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/capos.h"
#include "capos/program.h"

#define INTERFACE_SERVICE 0x9d5a61a1f0a70b5e
#define INTERFACE_TELL    0xb7d0f2d1c2a3e4f7

#define N_PEERS   3
#define N_IN_LINE 30 /* calls of each */

enum role {
    ROLE_CALL,      /* call the service once, tell, and never look at the answer */
    ROLE_HOLD,      /* hold the service's endpoint, and tell */
    ROLE_RECEIVE,   /* receive a call there, and tell */
    ROLE_ANSWER,    /* receive and answer one, and tell */
    ROLE_CALL_MANY, /* call the service N_IN_LINE times, tell; then tell how they ended */
};

/* A message of two words to the service, which nobody waits for yet. RESULT: 256 bytes. */
static inline void call_service(cap_t service, uint64_t user_data, uint32_t params, uint32_t result,
                                uint64_t deadline)
{
    struct ring_submission call = {
        .opcode = RING_CALL,
        .user_data = user_data,
        .cap = service,
        .interface_id = INTERFACE_SERVICE,
        .params = params,
        .params_len = 16,
        .result = result,
        .result_len = 256,
        .deadline = deadline,
    };

    check(ring_submit(ring_mine(), &call) && ring_enter(ring_mine(), 0, 0) == 1,
          "a call under way");
}
