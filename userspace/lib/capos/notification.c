/*
 * Waiting for the bits of a notification, and setting them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/notification.h"

struct outcome notification_wait(cap_t notification, uint64_t mask, uint64_t deadline,
                                 uint64_t *bits)
{
    return ring_operate(
        &(struct ring_submission){
            .opcode = RING_WAIT,
            .cap = notification,
            .argument = mask,
            .deadline = deadline,
        },
        bits);
}

struct outcome notification_signal(cap_t cap, uint64_t bits)
{
    return ring_operate(
        &(struct ring_submission){
            .opcode = RING_SIGNAL,
            .cap = cap,
            .argument = bits,
        },
        NULL);
}
