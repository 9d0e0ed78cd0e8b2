/*
 * What a process may use of the kernel, and what it uses.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Everything is charged before it exists. A child's limits are taken out of its parent's ledger whole, so
 * no tree of processes can use more than its root was given. When the process has ended, what
 * nothing is charged for any more goes back to the parent at once, and the rest follows as the things end that
 * others still hold. A ledger lives as long as anything is charged to it.
 *
 * All under the kernel lock.
 */
#pragma once

#include "abi/err.h"
#include "lib/types.h"

enum ledger_kind {
    LEDGER_FRAMES,
    LEDGER_OBJECTS,
    LEDGER_CALLS,
    LEDGER_TIMERS,
    LEDGER_CAPS,
    LEDGER_KINDS,
};

/* How deep processes may nest, so that giving back through ended ancestors is bounded. */
#define LEDGER_DEPTH_MAX 32

struct budget {
    uint32_t amounts[LEDGER_KINDS];
};

struct ledger {
    struct ledger *parent; /* NULL: the root's, or given back */
    uint32_t limits[LEDGER_KINDS];
    uint32_t used[LEDGER_KINDS];
    uint32_t users; /* the process, and each child ledger */
    uint32_t depth; /* 0: the root's */
    bool closed;    /* the process has ended */
};

/* A ledger with BUDGET, taken from PARENT (NULL: from nobody). NULL and the reason in *ERROR when PARENT lacks it
 * (typed by kind), or is nested too deep (ERR_NO_OBJECTS). */
struct ledger *ledger_create(struct ledger *parent, const struct budget *budget, err_t *error);

/* The process has ended: gives back what is left, and frees the ledger with its last charge. */
void ledger_close(struct ledger *ledger);

/* The typed error for the kind when fewer than N are left, and then nothing is charged. */
err_t ledger_refuse(enum ledger_kind kind);

static inline err_t ledger_charge(struct ledger *ledger, enum ledger_kind kind, uint32_t n)
{
    if (n > ledger->limits[kind] - ledger->used[kind])
        return ledger_refuse(kind);
    ledger->used[kind] += n;
    return ERR_OK;
}

/* The rest of ledger_credit() once the process has ended. */
void ledger_credit_closed(struct ledger *ledger, enum ledger_kind kind, uint32_t n);

static inline void ledger_credit(struct ledger *ledger, enum ledger_kind kind, uint32_t n)
{
    ledger->used[kind] -= n;
    if (ledger->closed)
        ledger_credit_closed(ledger, kind, n);
}
