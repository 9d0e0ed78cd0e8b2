/*
 * Capabilities that go along with a message.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The array that names them stays in its sender's arena until the message goes over, and is read
 * then; so the kernel keeps nothing of it but which entries are to move. Those are reserved when
 * the message is submitted (cap/table.h: moving), as a chain in the array's order, and no longer
 * the array's to choose. All arrive or none: first everything is checked and every entry of the
 * receiver's reserved, then nothing can fail. Whatever else ends the message gives the chain back.
 */
#pragma once

#include "abi/kernel.capnp.h"
#include "abi/ring.h"
#include "cap/table.h"

struct process;
struct thread;

/* The capabilities that a submission sends, each found in its sender's table. Valid until that
 * table changes. */
struct transfers {
    unsigned n;
    uint32_t moves; /* a bit for each of them that moves */
    struct cap *caps[RING_TRANSFERS_MAX];
    uint32_t indices[RING_TRANSFERS_MAX]; /* of those entries */
};

/* Whether CAP can be passed on: a Reply cannot. */
static inline bool transfer_is_allowed(const struct cap *cap)
{
    return cap->rights.interface_id != INTERFACE_REPLY || cap->rights.facet == FACET_CLIENT;
}

/* Reads and checks the array of N at OFFSET in the sender's arena: ERR_BAD_ARGUMENT for too many or
 * an unknown mode, ERR_BAD_ARENA, ERR_BAD_FLAGS, ERR_BAD_HANDLE, ERR_RESERVED, ERR_NOT_PERMITTED
 * for what cannot be passed on (a Reply). */
err_t transfers_read(const struct thread *sender, uint32_t offset, uint32_t n,
                     struct transfers *transfers);

/* Begins the moves among them: *MOVING is the chain's first entry, NO_CAP when there are none.
 * ERR_RESERVED: what moves is named twice, and nothing moves. */
err_t transfers_hold(const struct transfers *transfers, uint32_t *moving);

/* Undoes the moves of the chain. */
void transfers_give_back(struct cap_table *table, uint32_t moving);

/* The same in one for a message that goes over later. */
err_t transfers_begin(const struct thread *sender, uint32_t offset, uint32_t n, uint32_t *moving);

/* A message that transfers_begin() has let pass goes over: reads the array again, which must still
 * name the chain for its moves (ERR_BAD_HANDLE), carries out all to the table of TO and writes
 * their new handles to OUT, which is never read, and *MOVING is NO_CAP; or changes nothing. Errors
 * as of transfers_read(), ERR_SCOPE, and those of the receiver's table. */
err_t transfers_deliver(const struct thread *sender, uint32_t offset, uint32_t n, uint32_t *moving,
                        struct process *to, struct ring_cap *out);

/* The moves have ended elsewhere: drops the chain's entries. */
void transfers_drop(struct cap_table *table, uint32_t moving);
