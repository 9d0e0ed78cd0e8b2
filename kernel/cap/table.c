/*
 * A process's capabilities: what its handles mean.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cap/table.h"

#include "diag/panic.h"
#include "lib/string.h"
#include "mem/direct.h"
#include "mem/frames.h"

#define CLEAR_STEP_MAX 32  /* capabilities */
#define SCAN_STEP_MAX  512 /* entries looked at */

static void push_free(struct cap_table *table, struct cap *cap, uint32_t index)
{
    cap->state = CAP_FREE;
    cap->link = table->free;
    table->free = index;
}

static err_t new_frame(struct cap_table *table, void **frame)
{
    paddr_t at;
    err_t error = ledger_charge(table->ledger, LEDGER_FRAMES, 1);

    if (error)
        return error;
    error = frame_alloc(0, &at);
    if (error) {
        ledger_credit(table->ledger, LEDGER_FRAMES, 1);
        return error;
    }
    *frame = direct(at);
    clear_page(*frame);
    return ERR_OK;
}

static void free_frame(struct cap_table *table, void *frame)
{
    frame_free(direct_phys(frame), 0);
    ledger_credit(table->ledger, LEDGER_FRAMES, 1);
}

static err_t grow(struct cap_table *table)
{
    uint32_t first = table->n_chunks * CAPS_PER_CHUNK;
    void *frame;
    err_t error;

    if (table->n_chunks == CAP_CHUNKS_MAX)
        return ERR_NO_CAPS;
    if (!table->chunks) {
        error = new_frame(table, &frame);
        if (error)
            return error;
        table->chunks = frame;
    }
    error = new_frame(table, &frame);
    if (error)
        return error;
    table->chunks[table->n_chunks++] = frame;
    for (uint32_t i = CAPS_PER_CHUNK; i > 0; i--) {
        struct cap *cap = cap_at(table, first + i - 1);

        cap->generation = 1;
        push_free(table, cap, first + i - 1);
    }
    return ERR_OK;
}

void cap_table_init(struct cap_table *table, struct ledger *ledger)
{
    *table = (struct cap_table){.ledger = ledger, .free = NO_CAP};
}

/* A free entry for what has been charged. */
__attribute__((noinline)) static err_t make_room(struct cap_table *table)
{
    err_t error = grow(table);

    if (error)
        ledger_credit(table->ledger, LEDGER_CAPS, 1);
    return error;
}

static inline err_t take_free(struct cap_table *table, uint32_t *index)
{
    err_t error = ledger_charge(table->ledger, LEDGER_CAPS, 1);

    if (!error && __builtin_expect(table->free == NO_CAP, 0))
        error = make_room(table);
    if (error)
        return error;
    *index = table->free;
    table->free = cap_at(table, *index)->link;
    table->used++;
    return ERR_OK;
}

err_t cap_reserve(struct cap_table *table, uint32_t *index)
{
    err_t error = take_free(table, index);

    if (!error)
        cap_at(table, *index)->state = CAP_RESERVED;
    return error;
}

static void discharge(struct cap_table *table)
{
    table->used--;
    ledger_credit(table->ledger, LEDGER_CAPS, 1);
}

void cap_unreserve(struct cap_table *table, uint32_t index)
{
    struct cap *cap = cap_at(table, index);

    kernel_assert(cap->state == CAP_RESERVED);
    push_free(table, cap, index);
    discharge(table);
}

static inline cap_t fill(struct cap *cap, uint32_t index, struct object *object,
                         const struct cap_rights *rights)
{
    object_hold(object, rights->facet);
    cap->object = object;
    cap->state = CAP_USED;
    cap->rights = *rights;
    return cap_handle(cap, index);
}

cap_t cap_commit(struct cap_table *table, uint32_t index, struct object *object,
                 const struct cap_rights *rights)
{
    return fill(cap_at(table, index), index, object, rights);
}

struct cap *cap_reserved(struct cap_table *table, uint32_t index, const struct cap_rights *rights)
{
    struct cap *cap = cap_at(table, index);

    cap->rights = *rights;
    return cap;
}

void cap_retire(struct cap_table *table)
{
    discharge(table);
}

err_t cap_insert(struct cap_table *table, struct object *object, const struct cap_rights *rights,
                 cap_t *handle)
{
    uint32_t index;
    err_t error = take_free(table, &index);

    if (!error)
        *handle = fill(cap_at(table, index), index, object, rights);
    return error;
}

err_t cap_refusal(const struct cap_table *table, cap_t handle)
{
    uint32_t index = (uint32_t)handle;

    if (index / CAPS_PER_CHUNK >= table->n_chunks)
        return ERR_BAD_HANDLE;

    const struct cap *cap = cap_at(table, index);

    return cap->state == CAP_MOVING && cap->generation == handle >> 32 ? ERR_RESERVED
                                                                       : ERR_BAD_HANDLE;
}

/* The entry's last tenant's handle finds it no more. False: there are no other handles, so nothing
 * ever will. */
static bool renew(struct cap *cap)
{
    cap->object = NULL;
    cap->state = CAP_FREE;
    return ++cap->generation != 0;
}

/* Takes what CAP has out of the table. */
static void vacate(struct cap_table *table, struct cap *cap, uint32_t index)
{
    if (renew(cap))
        push_free(table, cap, index);
    discharge(table);
}

/* Out of the table first: what the object does at its end sees the table as it will be. */
static void drop(struct cap_table *table, struct cap *cap, uint32_t index)
{
    struct object *object = cap->object;

    vacate(table, cap, index);
    object_let_go(object, cap->rights.facet);
}

err_t cap_release(struct cap_table *table, cap_t handle)
{
    struct cap *cap = cap_find(table, handle);

    if (!cap)
        return cap_refusal(table, handle);
    drop(table, cap, (uint32_t)handle);
    return ERR_OK;
}

void cap_move_begin(struct cap *cap)
{
    kernel_assert(cap->state == CAP_USED);
    cap->state = CAP_MOVING;
}

void cap_move_undo(struct cap *cap)
{
    kernel_assert(cap->state == CAP_MOVING);
    cap->state = CAP_USED;
}

cap_t cap_move(struct cap_table *from, uint32_t source, struct cap_table *to, uint32_t index)
{
    struct cap *old = cap_at(from, source), *new = cap_at(to, index);

    kernel_assert(old->state == CAP_MOVING && new->state == CAP_RESERVED);
    new->object = old->object;
    new->state = CAP_USED;
    new->rights = old->rights;
    vacate(from, old, source);
    return cap_handle(new, index);
}

void cap_move_drop(struct cap_table *from, uint32_t source)
{
    kernel_assert(cap_at(from, source)->state == CAP_MOVING);
    drop(from, cap_at(from, source), source);
}

bool cap_table_clear_step(struct cap_table *table)
{
    uint32_t end = table->clearing + SCAN_STEP_MAX;

    for (unsigned n = 0; n < CLEAR_STEP_MAX && table->used && table->clearing < end;
         table->clearing++) {
        struct cap *cap = cap_at(table, table->clearing);

        if (cap->object) {
            drop(table, cap, table->clearing);
            n++;
        }
    }
    if (table->used)
        return true;
    if (table->n_chunks) {
        free_frame(table, table->chunks[--table->n_chunks]);
        return true;
    }
    if (table->chunks)
        free_frame(table, table->chunks);
    table->chunks = NULL;
    table->free = NO_CAP;
    return false;
}
