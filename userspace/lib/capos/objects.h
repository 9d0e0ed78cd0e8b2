/*
 * The objects that a service gives out: whose a call is, its client's cookie says.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A cookie is a slot of the table and the slot's generation, which no other object ever has: a
 * client of an object that was forgotten is not taken for one of the next object in its slot,
 * however often slots are used again. Callers do not see their cookies and cannot alter them.
 *
 *     static struct object_slot slots[DOORS];
 *     static struct objects doors;
 *
 *     static void *find(struct service *service, uint64_t cookie)
 *     {
 *         return objects_find(&doors, cookie);
 *     }
 *
 *     objects_init(&doors, slots, DOORS);
 *     outcome = objects_mint(&doors, &front, capos_cap("server"), INTERFACE_DOOR, &client);
 *     objects_forget(&doors, incoming->cookie);
 *
 * No cookie of a table is below 2^32: a program may have others of its own there, as those of the
 * clients that it was started with.
 *
 * Nobody tells when an object's last client is gone. An interface that gives out objects has a
 * method by which clients say that they are done, and a bound for those who do not: the table's
 * length.
 *
 * A table belongs to one thread, or its users see to it that one at a time is in it.
 */
#pragma once

#include "capos/call.h"

struct object_slot {
    void *object;        /* NULL: the slot is free, or worn out */
    uint32_t generation; /* of the object, or of the last one that was here */
    uint32_t next;       /* the next free slot */
};

struct objects {
    struct object_slot *slots;
    uint32_t n, free; /* the first free slot; N: there is none */
};

/* A table of N slots, all free; they stay the program's, and where they are. */
void objects_init(struct objects *, struct object_slot *slots, uint32_t n);

/* Takes an object, not NULL, into the table: its cookie. 0: no slot is free. */
uint64_t objects_add(struct objects *, void *object);

/* The object with that cookie. NULL: forgotten, or no cookie of this table's. */
static inline void *objects_find(const struct objects *objects, uint64_t cookie)
{
    uint32_t slot = (uint32_t)cookie;

    if (slot >= objects->n || objects->slots[slot].generation != cookie >> 32)
        return NULL;
    return objects->slots[slot].object;
}

/* Takes it out: the object, which is the caller's again. NULL: as above. */
void *objects_forget(struct objects *, uint64_t cookie);

/* Takes it in and mints its first client, at ENDPOINT: shareable, and disclosing nothing. For other
 * clients there are objects_add() and endpoint_mint(), as often as one likes. ERR_NO_ROOM: no slot
 * is free, and any error of the mint; then the object is not in the table. */
struct outcome objects_mint(struct objects *, void *object, cap_t endpoint, uint64_t interface_id,
                            cap_t *client);
