/*
 * Capabilities that go along with a message, and those that came with one.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/transfer.h"

uint32_t caps_give(struct caps_given *given, cap_t cap)
{
    if (cap == CAP_NONE)
        return CAPNP_NO_CAP;
    if (given->n < RING_TRANSFERS_MAX)
        given->caps[given->n] = cap;
    return given->n++;
}

uint32_t caps_move(struct caps_given *given, cap_t cap)
{
    uint32_t index = caps_give(given, cap);

    if (index < RING_TRANSFERS_MAX)
        given->moves |= 1u << index;
    return index;
}

void caps_write(const struct caps_given *given, struct ring_client *client, uint32_t at,
                struct ring_submission *submission)
{
    struct ring_transfer *transfers = ring_at(client, at);

    for (uint32_t i = 0; i < given->n; i++)
        transfers[i] = (struct ring_transfer){
            .cap = given->caps[i],
            .mode = given->moves >> i & 1 ? RING_MOVE : RING_COPY,
        };
    submission->transfers = at;
    submission->n_transfers = given->n;
}

cap_t caps_take(struct caps_received *received, uint32_t index)
{
    if (index >= received->n || received->taken >> index & 1)
        return CAP_NONE;
    received->taken |= 1u << index;
    return received->caps[index].cap;
}

uint64_t caps_interface(const struct caps_received *received, uint32_t index)
{
    return index < received->n ? received->caps[index].interface_id : 0;
}

void caps_drop_all(struct caps_received *received)
{
    for (uint32_t i = 0; i < received->n; i++) {
        if (!(received->taken >> i & 1))
            cap_drop(received->caps[i].cap);
    }
    received->n = 0;
}
