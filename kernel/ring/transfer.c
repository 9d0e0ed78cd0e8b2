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

/* --- What a submission names --- */

/* Where N of them stand; NULL: nowhere. */
static inline const struct ring_transfer *array_of(const struct thread *sender, uint32_t offset,
                                                   uint32_t n)
{
    return ring_arena(&sender->ring, offset, n * (uint32_t)sizeof(struct ring_transfer));
}

/* It may change under our eyes, so each word is looked at once. */
static inline err_t read_one(const struct ring_transfer *at, cap_t *handle, bool *moves)
{
    const volatile uint64_t *words = (const volatile uint64_t *)at;
    uint64_t mode = words[1]; /* the reserved half included */

    *handle = words[0];
    *moves = mode == RING_MOVE;
    if (__builtin_expect(mode < RING_TRANSFER_MODES, 1))
        return ERR_OK;
    return (uint32_t)mode >= RING_TRANSFER_MODES ? ERR_BAD_ARGUMENT : ERR_BAD_FLAGS;
}

static inline err_t find(const struct cap_table *table, cap_t handle, struct cap **cap)
{
    *cap = cap_find(table, handle);
    if (__builtin_expect(!*cap, 0))
        return cap_refusal(table, handle);
    return transfer_is_allowed(*cap) ? ERR_OK : ERR_NOT_PERMITTED;
}

err_t transfers_read(const struct thread *sender, uint32_t offset, uint32_t n,
                     struct transfers *transfers)
{
    const struct ring_transfer *array = array_of(sender, offset, n);
    err_t error = ERR_OK;

    transfers->n = transfers->moves = 0;
    if (n == 0)
        return offset ? ERR_BAD_FLAGS : ERR_OK;
    if (n > RING_TRANSFERS_MAX)
        return ERR_BAD_ARGUMENT;
    if (!array)
        return ERR_BAD_ARENA;
    for (uint32_t i = 0; i < n && !error; i++) {
        cap_t handle;
        bool moves;

        error = read_one(&array[i], &handle, &moves);
        if (!error)
            error = find(&sender->process->caps, handle, &transfers->caps[i]);
        transfers->indices[i] = (uint32_t)handle;
        transfers->moves |= (uint32_t)moves << i;
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
        *link = transfers->indices[i];
        link = &cap->link;
        *link = NO_CAP;
    }
    if (are_distinct(transfers))
        return ERR_OK;
    let_go(transfers, transfers->n);
    return ERR_RESERVED;
}

__attribute__((noinline)) static err_t begin_all(const struct thread *sender, uint32_t offset,
                                                 uint32_t n, uint32_t *moving)
{
    struct transfers transfers;
    err_t error = transfers_read(sender, offset, n, &transfers);

    return error ? error : transfers_hold(&transfers, moving);
}

err_t transfers_begin(const struct thread *sender, uint32_t offset, uint32_t n, uint32_t *moving)
{
    const struct ring_transfer *array = array_of(sender, offset, 1);
    struct cap *cap;
    cap_t handle;
    bool moves;

    if (n == 1 && array && !read_one(array, &handle, &moves) && !moves) {
        *moving = NO_CAP;
        return find(&sender->process->caps, handle, &cap);
    }
    return begin_all(sender, offset, n, moving);
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

/* Where they are in the arena, as transfers_begin() has seen. */
static inline const struct ring_transfer *array_begun(const struct thread *sender, uint32_t offset)
{
    return (const struct ring_transfer *)(sender->ring.arena + offset);
}

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
    const struct ring_transfer *array = array_begun(sender, offset);
    const struct process *from = sender->process;
    err_t error = ERR_OK;

    for (delivery->n = 0; delivery->n < n && !error; delivery->n++) {
        struct cap **cap = &delivery->caps[delivery->n];
        cap_t handle;
        bool moves;

        error = read_one(&array[delivery->n], &handle, &moves);
        if (!error)
            error = moves ? find_moving(&from->caps, handle, &moving, cap)
                          : find(&from->caps, handle, cap);
        if (!error)
            error = session_allows(*cap, from->session, to->session, CROSS_MESSAGE);
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

/* The entry that a source has become. The chain goes on behind what moves. */
static cap_t hand_over(struct cap_table *from, struct cap *cap, uint32_t *moving,
                       struct cap_table *to, uint32_t index)
{
    uint32_t source = *moving;

    if (cap->state != CAP_MOVING)
        return cap_commit(to, index, cap->object, &cap->rights);
    *moving = cap->link;
    return cap_move(from, source, to, index);
}

/* What most messages with capabilities bring. */
static err_t deliver_copy(const struct process *from, cap_t handle, struct process *to,
                          struct ring_cap *out)
{
    struct cap *cap;
    cap_t received;
    err_t error = find(&from->caps, handle, &cap);

    if (!error)
        error = session_allows(cap, from->session, to->session, CROSS_MESSAGE);
    if (!error)
        error = cap_insert(&to->caps, cap->object, &cap->rights, &received);
    if (error)
        return error;
    out->interface_id = cap->rights.interface_id;
    out->cap = received;
    session_receive(cap_at(&to->caps, (uint32_t)received), from->session, to->session);
    return ERR_OK;
}

__attribute__((noinline)) static err_t deliver_all(const struct thread *sender, uint32_t offset,
                                                   uint32_t n, uint32_t *moving, struct process *to,
                                                   struct ring_cap *out)
{
    struct process *from = sender->process;
    struct delivery delivery;
    err_t error = find_all(sender, offset, n, *moving, to, &delivery);

    if (!error)
        error = reserve_all(&to->caps, &delivery);
    if (error)
        return error;
    for (unsigned i = 0; i < n; i++) {
        struct cap *cap = delivery.caps[i];
        uint32_t index = delivery.indices[i];

        out[i].interface_id = cap->rights.interface_id;
        out[i].cap = hand_over(&from->caps, cap, moving, &to->caps, index);
        session_receive(cap_at(&to->caps, index), from->session, to->session);
    }
    return ERR_OK;
}

err_t transfers_deliver(const struct thread *sender, uint32_t offset, uint32_t n, uint32_t *moving,
                        struct process *to, struct ring_cap *out)
{
    bool moves = *moving != NO_CAP;
    cap_t handle;
    err_t error;

    if (n > 1 || moves)
        return deliver_all(sender, offset, n, moving, to, out);
    error = read_one(array_begun(sender, offset), &handle, &moves);
    if (error)
        return error;
    return moves ? ERR_BAD_HANDLE : deliver_copy(sender->process, handle, to, out);
}
