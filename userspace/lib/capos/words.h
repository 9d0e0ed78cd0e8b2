/*
 * Calls whose messages are plain words, for programs that test: what no generated client would send.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/call.h"

/* A call with data words only. Results that did not come are 0. */
struct outcome capos_call(cap_t, uint64_t interface_id, uint16_t method, const uint64_t *params,
                          uint16_t n_params, uint64_t *results, uint16_t n_results);

/* A call that was received by hand: its first parameters and capabilities, 0 where there are none. */
struct words_call {
    struct ring_delivery head;
    uint64_t params[4];
    struct ring_cap caps[4];
};

/* Receives one with room for as much as a struct words_call holds. */
struct outcome capos_recv(cap_t server, uint64_t deadline, struct words_call *);

/* Answers with data words only. */
struct outcome capos_answer(cap_t reply, const uint64_t *words, uint16_t n);
