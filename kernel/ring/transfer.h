/*
 * Capabilities that go along with a message.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "abi/ring.h"
#include "cap/table.h"

struct thread;

/* The capabilities that a submission sends, each found in its sender's table. Valid until that table changes. */
struct transfers {
    unsigned n;
    const struct cap *caps[RING_TRANSFERS_MAX];
};

/* Whether CAP can be passed on: a Reply cannot. */
bool transfer_is_allowed(const struct cap *cap);

/* Reads and checks the array of N at OFFSET in the sender's arena: ERR_BAD_ARGUMENT for too many or an unknown mode, ERR_BAD_ARENA,
 * ERR_BAD_FLAGS, ERR_BAD_HANDLE, ERR_NOT_PERMITTED for what cannot be copied (a Reply). */
err_t transfers_read(const struct thread *sender, uint32_t offset, uint32_t n,
                     struct transfers *transfers);

/* Copies them all into the table TO and writes their new handles to OUT, or none of them. */
err_t transfers_copy(const struct transfers *transfers, struct cap_table *to, struct ring_cap *out);

/* Takes the N capabilities at CAPS out of TO again. */
void transfers_undo(struct cap_table *to, const struct ring_cap *caps, unsigned n);
