/*
 * PARK and UNPARK: threads that wait at a 32-bit word of their process's memory.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring/park.h"

#include "mem/space.h"
#include "process/process.h"
#include "ring/call.h"
#include "sched/thread.h"

#define WAKE_MAX 64 /* in one operation */

static struct tree *parked_of(const struct call *call)
{
    return &call->thread->process->space.parked;
}

static void withdraw(struct call *call)
{
    tree_remove(parked_of(call), &call->node);
}

static const struct call_kind kind = {withdraw};

static struct call *call_of(struct tree_node *node)
{
    return TREE_ENTRY(node, struct call, node);
}

static bool before(const struct tree_node *a, const struct tree_node *b)
{
    return TREE_ENTRY(a, struct call, node)->address < TREE_ENTRY(b, struct call, node)->address;
}

err_t park(struct thread *thread, const struct ring_submission *submission)
{
    uint64_t address = submission->argument;
    const uint32_t *word =
        address % sizeof(*word) ? NULL : space_reach(&thread->process->space, address, false);
    struct call *call;

    if (!word)
        return ERR_BAD_ADDRESS;
    /* Acquire: whoever changed the word and then unparks did so after this look, or the value differs. */
    if (__atomic_load_n(word, __ATOMIC_ACQUIRE) != submission->value)
        return ERR_MISMATCH;

    err_t error = call_begin(thread, submission, &kind, NULL, submission->deadline, &call);

    if (error)
        return error;
    call->address = address;
    tree_insert(parked_of(call), &call->node, before);
    return ERR_OK;
}

/* The first in line at ADDRESS. */
static struct call *first_at(const struct tree *parked, uint64_t address)
{
    struct tree_node *node = parked->root;
    struct call *found = NULL;

    while (node) {
        struct call *call = call_of(node);

        if (call->address == address)
            found = call;
        node = call->address >= address ? node->left : node->right;
    }
    return found;
}

err_t unpark(struct thread *thread, uint64_t address, uint32_t n, uint64_t *woken)
{
    struct tree *parked = &thread->process->space.parked;

    *woken = 0;
    if (address % sizeof(uint32_t) || address < USER_MIN || address >= USER_END)
        return ERR_BAD_ADDRESS;
    while (*woken < n && *woken < WAKE_MAX) {
        struct call *call = first_at(parked, address);

        if (!call)
            break;
        withdraw(call);
        call_complete(call, 0, 0, 0, 0);
        (*woken)++;
    }
    return ERR_OK;
}
