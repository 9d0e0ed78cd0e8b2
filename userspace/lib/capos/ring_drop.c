/*
 * Capabilities that are dropped in passing: their releases, and the completions of those.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/ring_queues.h"

void releases_find(struct ring_client *client)
{
    uint32_t index;

    while (client->n_releases > 0 && queue_find(client->ring, RELEASE_ID, &index)) {
        queue_remove(client->ring, index);
        client->n_releases--;
    }
}

void drops_push(struct ring_client *client, uint32_t n)
{
    while (client->n_drops > 0) {
        uint32_t pending = ring_pending(client) + n;

        if (pending >= RING_SUBMISSIONS || pending >= ring_credit(client))
            return;
        queue_push(client->ring,
                   &(struct ring_submission){.opcode = RING_RELEASE,
                                             .user_data = RELEASE_ID,
                                             .cap = client->drops[--client->n_drops]});
        client->n_releases++;
    }
}

err_t cap_drop(cap_t cap)
{
    struct ring_client *client = ring_mine();

    if (cap == CAP_NONE)
        return ERR_OK;
    if (client->n_drops >= RING_DROPS_MAX)
        ring_enter(client, 0, 0);
    if (client->n_drops >= RING_DROPS_MAX)
        return ERR_NO_CALLS;
    client->drops[client->n_drops++] = cap;
    return ERR_OK;
}
