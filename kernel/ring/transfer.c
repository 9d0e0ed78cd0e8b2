/*
 * Capabilities that go along with a message.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring/transfer.h"

#include "abi/kernel.capnp.h"
#include "lib/string.h"
#include "process/process.h"
#include "ring/ring.h"
#include "sched/thread.h"

bool transfer_is_allowed(const struct cap *cap)
{
    return cap->rights.interface_id != INTERFACE_REPLY;
}

static err_t check(const struct cap_table *table, const struct ring_transfer *transfer,
                   const struct cap **cap)
{
    if (transfer->mode >= RING_TRANSFER_MODES)
        return ERR_BAD_ARGUMENT;
    if (transfer->reserved)
        return ERR_BAD_FLAGS;
    *cap = cap_find(table, transfer->cap);
    if (!*cap)
        return ERR_BAD_HANDLE;
    return transfer_is_allowed(*cap) ? ERR_OK : ERR_NOT_PERMITTED;
}

err_t transfers_read(const struct thread *sender, uint32_t offset, uint32_t n,
                     struct transfers *transfers)
{
    struct ring_transfer copy[RING_TRANSFERS_MAX];
    const void *array;
    err_t error = ERR_OK;

    transfers->n = 0;
    if (n == 0)
        return offset ? ERR_BAD_FLAGS : ERR_OK;
    if (n > RING_TRANSFERS_MAX)
        return ERR_BAD_ARGUMENT;
    array = ring_arena(&sender->ring, offset, n * (uint32_t)sizeof(copy[0]));
    if (!array)
        return ERR_BAD_ARENA;
    memcpy(copy, array, n * sizeof(copy[0]));
    for (uint32_t i = 0; i < n && !error; i++)
        error = check(&sender->process->caps, &copy[i], &transfers->caps[i]);
    if (!error)
        transfers->n = n;
    return error;
}

/* The table may be the sender's own: entries do not move when one is added. */
err_t transfers_copy(const struct transfers *transfers, struct cap_table *to, struct ring_cap *out)
{
    for (unsigned i = 0; i < transfers->n; i++) {
        const struct cap *cap = transfers->caps[i];
        struct cap_rights rights = cap->rights;

        rights.first_hand = false;

        err_t error = cap_insert(to, cap->object, &rights, &out[i].cap);

        if (error) {
            transfers_undo(to, out, i);
            return error;
        }
        out[i].interface_id = rights.interface_id;
    }
    return ERR_OK;
}

void transfers_undo(struct cap_table *to, const struct ring_cap *caps, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        cap_release(to, caps[i].cap);
}
