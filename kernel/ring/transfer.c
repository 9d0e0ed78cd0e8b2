/*
 * Capabilities that go along with a message.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring/transfer.h"

#include "abi/kernel.capnp.h"
#include "diag/panic.h"
#include "lib/string.h"
#include "process/process.h"
#include "ring/ring.h"
#include "sched/thread.h"
#include "session/scope.h"

_Static_assert(RING_TRANSFERS_MAX <= 32, "a bit of `moves` for each");

bool transfer_is_allowed(const struct cap *cap)
{
    return cap->rights.interface_id != INTERFACE_REPLY || cap->rights.facet == FACET_CLIENT;
}

/* --- What a submission names --- */

/* It may change under our eyes. */
static err_t copy_array(const struct thread *sender, uint32_t offset, uint32_t n,
                        struct ring_transfer *copy)
{
    const void *array;

    if (n > RING_TRANSFERS_MAX)
        return ERR_BAD_ARGUMENT;
    array = ring_arena(&sender->ring, offset, n * (uint32_t)sizeof(copy[0]));
    if (!array)
        return ERR_BAD_ARENA;
    memcpy(copy, array, n * sizeof(copy[0]));
    for (uint32_t i = 0; i < n; i++) {
        if (copy[i].mode >= RING_TRANSFER_MODES)
            return ERR_BAD_ARGUMENT;
        if (copy[i].reserved)
            return ERR_BAD_FLAGS;
    }
    return ERR_OK;
}

static err_t find(const struct cap_table *table, cap_t handle, struct cap **cap)
{
    *cap = cap_find(table, handle);
    if (!*cap)
        return cap_refusal(table, handle);
    return transfer_is_allowed(*cap) ? ERR_OK : ERR_NOT_PERMITTED;
}

err_t transfers_read(const struct thread *sender, uint32_t offset, uint32_t n,
                     struct transfers *transfers)
{
    struct ring_transfer copy[RING_TRANSFERS_MAX];
    err_t error;

    transfers->n = transfers->moves = 0;
    if (n == 0)
        return offset ? ERR_BAD_FLAGS : ERR_OK;
    error = copy_array(sender, offset, n, copy);
    for (uint32_t i = 0; i < n && !error; i++) {
        error = find(&sender->process->caps, copy[i].cap, &transfers->caps[i]);
        transfers->handles[i] = copy[i].cap;
        transfers->moves |= (uint32_t)(copy[i].mode == RING_MOVE) << i;
    }
    if (!error)
        transfers->n = n;
    return error;
}

/* --- Sources --- */

static bool moves(const struct transfers *transfers, unsigned i)
{
    return transfers->moves >> i & 1;
}

void transfers_give_back(struct cap_table *table, uint32_t moving)
{
    while (moving != NO_CAP) {
        struct cap *cap = cap_at(table, moving);

        moving = cap->link;
        cap_move_undo(cap);
    }
}

/* Those that could be held, of an array that cannot. */
static void let_go(const struct transfers *transfers, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        if (moves(transfers, i))
            cap_move_undo(transfers->caps[i]);
    }
}

/* Copies are looked at when all is held: none may be of what moves. */
static bool are_distinct(const struct transfers *transfers)
{
    for (unsigned i = 0; i < transfers->n; i++) {
        if (!moves(transfers, i) && transfers->caps[i]->state == CAP_MOVING)
            return false;
    }
    return true;
}

err_t transfers_hold(const struct transfers *transfers, uint32_t *moving)
{
    uint32_t *link = moving;

    *moving = NO_CAP;
    if (!transfers->moves)
        return ERR_OK;
    for (unsigned i = 0; i < transfers->n; i++) {
        struct cap *cap = transfers->caps[i];

        if (!moves(transfers, i))
            continue;
        if (cap->state == CAP_MOVING) {
            let_go(transfers, i);
            return ERR_RESERVED;
        }
        cap_move_begin(cap);
        *link = (uint32_t)transfers->handles[i];
        link = &cap->link;
        *link = NO_CAP;
    }
    if (are_distinct(transfers))
        return ERR_OK;
    let_go(transfers, transfers->n);
    return ERR_RESERVED;
}

err_t transfers_begin(const struct thread *sender, uint32_t offset, uint32_t n, uint32_t *moving)
{
    struct transfers transfers;
    err_t error = transfers_read(sender, offset, n, &transfers);

    return error ? error : transfers_hold(&transfers, moving);
}

void transfers_drop(struct cap_table *table, uint32_t moving)
{
    while (moving != NO_CAP) {
        uint32_t index = moving;

        moving = cap_at(table, index)->link;
        cap_move_drop(table, index);
    }
}

/* --- Delivery --- */

/* What goes over, in order; and where to. */
struct delivery {
    unsigned n;
    struct cap *caps[RING_TRANSFERS_MAX];
    uint32_t indices[RING_TRANSFERS_MAX]; /* of the receiver's entries */
};

/* What moves is the chain's next, if the array still says so. */
static err_t find_moving(const struct cap_table *table, cap_t handle, uint32_t *moving,
                         struct cap **cap)
{
    if (*moving == NO_CAP || cap_handle(cap_at(table, *moving), *moving) != handle)
        return ERR_BAD_HANDLE;
    *cap = cap_at(table, *moving);
    *moving = (*cap)->link;
    return ERR_OK;
}

static err_t find_all(const struct thread *sender, uint32_t offset, uint32_t n, uint32_t moving,
                      const struct process *to, struct delivery *delivery)
{
    const struct cap_table *table = &sender->process->caps;
    struct ring_transfer copy[RING_TRANSFERS_MAX];
    err_t error = copy_array(sender, offset, n, copy);

    for (delivery->n = 0; delivery->n < n && !error; delivery->n++) {
        const struct ring_transfer *transfer = &copy[delivery->n];
        struct cap **cap = &delivery->caps[delivery->n];

        error = transfer->mode == RING_MOVE ? find_moving(table, transfer->cap, &moving, cap)
                                            : find(table, transfer->cap, cap);
        if (!error)
            error = session_allows(*cap, sender->process->session, to->session, CROSS_MESSAGE);
    }
    return error || moving == NO_CAP ? error : ERR_BAD_HANDLE;
}

/* The table may be the sender's own: entries do not move when one is added. */
static err_t reserve_all(struct cap_table *to, struct delivery *delivery)
{
    for (unsigned i = 0; i < delivery->n; i++) {
        err_t error = cap_reserve(to, &delivery->indices[i]);

        if (error) {
            while (i-- > 0)
                cap_unreserve(to, delivery->indices[i]);
            return error;
        }
    }
    return ERR_OK;
}

err_t transfers_deliver(const struct thread *sender, uint32_t offset, uint32_t n, uint32_t *moving,
                        struct process *to, struct ring_cap *out)
{
    struct cap_table *from = &sender->process->caps;
    struct delivery delivery;
    err_t error = find_all(sender, offset, n, *moving, to, &delivery);

    if (!error)
        error = reserve_all(&to->caps, &delivery);
    if (error)
        return error;
    for (unsigned i = 0; i < n; i++) {
        struct cap *cap = delivery.caps[i];
        struct cap_rights rights = session_rights(cap, sender->process->session, to->session);
        uint32_t source = *moving;

        out[i].interface_id = rights.interface_id;
        if (cap->state == CAP_MOVING) {
            *moving = cap->link;
            out[i].cap = cap_move(from, source, &to->caps, delivery.indices[i], &rights);
        } else {
            out[i].cap = cap_commit(&to->caps, delivery.indices[i], cap->object, &rights);
        }
    }
    return ERR_OK;
}
