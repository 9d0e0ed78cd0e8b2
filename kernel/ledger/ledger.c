/*
 * What a process may use of the kernel, and what it uses.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ledger/ledger.h"

#include "diag/panic.h"
#include "mem/pool.h"

static struct pool ledgers = POOL("ledger", struct ledger);

static err_t take(struct ledger *parent, const struct budget *budget)
{
    if (parent->depth == LEDGER_DEPTH_MAX)
        return ERR_NO_OBJECTS;
    for (unsigned kind = 0; kind < LEDGER_KINDS; kind++) {
        if (budget->amounts[kind] > parent->limits[kind] - parent->used[kind])
            return ledger_refuse(kind);
    }
    for (unsigned kind = 0; kind < LEDGER_KINDS; kind++)
        parent->used[kind] += budget->amounts[kind];
    return ERR_OK;
}

struct ledger *ledger_create(struct ledger *parent, const struct budget *budget, err_t *error)
{
    struct ledger *ledger = pool_alloc(&ledgers);

    if (!ledger) {
        *error = ERR_NO_MEMORY;
        return NULL;
    }
    *error = parent ? take(parent, budget) : ERR_OK;
    if (*error) {
        pool_free(&ledgers, ledger);
        return NULL;
    }
    for (unsigned kind = 0; kind < LEDGER_KINDS; kind++)
        ledger->limits[kind] = budget->amounts[kind];
    ledger->parent = parent;
    ledger->users = 1;
    if (parent) {
        parent->users++;
        ledger->depth = parent->depth + 1;
    }
    return ledger;
}

/* A chain of ended ancestors is as long as processes were nested, and each is freed once. */
static void free_if_unused(struct ledger *ledger)
{
    while (ledger && ledger->closed && ledger->users == 0) {
        for (unsigned kind = 0; kind < LEDGER_KINDS; kind++) {
            if (ledger->used[kind])
                return;
        }

        struct ledger *parent = ledger->parent;

        pool_free(&ledgers, ledger);
        if (parent)
            parent->users--;
        ledger = parent;
    }
}

/* Shrinks the limit by N, for the parent. */
static void give_back(struct ledger *ledger, enum ledger_kind kind, uint32_t n)
{
    ledger->limits[kind] -= n;
    if (ledger->parent)
        ledger_credit(ledger->parent, kind, n);
}

void ledger_close(struct ledger *ledger)
{
    kernel_assert(!ledger->closed);
    ledger->closed = true;
    ledger->users--;
    for (unsigned kind = 0; kind < LEDGER_KINDS; kind++)
        give_back(ledger, kind, ledger->limits[kind] - ledger->used[kind]);
    free_if_unused(ledger);
}

void ledger_credit_closed(struct ledger *ledger, enum ledger_kind kind, uint32_t n)
{
    give_back(ledger, kind, n);
    free_if_unused(ledger);
}

err_t ledger_refuse(enum ledger_kind kind)
{
    static const err_t errors[LEDGER_KINDS] = {
        [LEDGER_FRAMES] = ERR_NO_FRAMES, [LEDGER_OBJECTS] = ERR_NO_OBJECTS,
        [LEDGER_CALLS] = ERR_NO_CALLS,   [LEDGER_TIMERS] = ERR_NO_TIMERS,
        [LEDGER_CAPS] = ERR_NO_CAPS,
    };

    return errors[kind];
}
