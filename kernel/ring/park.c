/*
 * PARK and UNPARK: threads that wait at a 32-bit word of memory.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring/park.h"

#include "mem/mapping.h"
#include "mem/space.h"
#include "object/memory_object.h"
#include "process/process.h"
#include "ring/call.h"
#include "sched/thread.h"

#define WAKE_MAX 64 /* in one operation */

/* What a word is to all who wait there or wake. */
struct word {
    struct memory_object *memory; /* NULL: none, the space's own */
    uint64_t place;
};

static struct word word_at(const struct space *space, uint64_t address)
{
    const struct mapping *mapping = mapping_at(space, address);

    if (!mapping)
        return (struct word){NULL, address};
    return (struct word){mapping->memory, page_at(address - mapping->address, mapping->first)};
}

static struct tree *parked_of(struct memory_object *memory, struct thread *thread)
{
    return memory ? &memory->parked : &thread->process->space.parked;
}

static void withdraw(struct call *call)
{
    tree_remove(parked_of((struct memory_object *)call->object, call->thread), &call->node);
}

static const struct call_kind kind = {withdraw};

static struct call *call_of(struct tree_node *node)
{
    return TREE_ENTRY(node, struct call, node);
}

static bool before(const struct tree_node *a, const struct tree_node *b)
{
    return TREE_ENTRY(a, struct call, node)->place < TREE_ENTRY(b, struct call, node)->place;
}

err_t park(struct thread *thread, const struct ring_submission *submission)
{
    const struct space *space = &thread->process->space;
    uint64_t address = submission->argument;
    const uint32_t *at = address % sizeof(*at) ? NULL : space_reach(space, address, false);
    struct call *call;

    if (!at)
        return ERR_BAD_ADDRESS;
    /* Acquire: whoever changed the word and then unparks did so after this look, or the value
     * differs. */
    if (__atomic_load_n(at, __ATOMIC_ACQUIRE) != submission->value)
        return ERR_MISMATCH;

    struct word word = word_at(space, address);
    err_t error = call_begin(thread, submission, &kind, word.memory ? &word.memory->object : NULL,
                             submission->deadline, &call);

    if (error)
        return error;
    call->place = word.place;
    tree_insert(parked_of(word.memory, thread), &call->node, before);
    return ERR_OK;
}

/* The first in line at PLACE. */
static struct call *first_at(const struct tree *parked, uint64_t place)
{
    struct tree_node *node = parked->root;
    struct call *found = NULL;

    while (node) {
        struct call *call = call_of(node);

        if (call->place == place)
            found = call;
        node = call->place >= place ? node->left : node->right;
    }
    return found;
}

/* This process's mapping keeps the object while its calls end. */
err_t unpark(struct thread *thread, uint64_t address, uint32_t n, uint64_t *woken)
{
    *woken = 0;
    if (address % sizeof(uint32_t) || address < USER_MIN || address >= USER_END)
        return ERR_BAD_ADDRESS;

    struct word word = word_at(&thread->process->space, address);
    struct tree *parked = parked_of(word.memory, thread);

    for (unsigned ended = 0; *woken < n && ended < WAKE_MAX; ended++) {
        struct call *call = first_at(parked, word.place);
        bool revoked = call && call_is_revoked(call);

        if (!call)
            break;
        tree_remove(parked, &call->node);
        call_complete(call, revoked ? -ERR_REVOKED : 0, 0, 0, 0);
        *woken += !revoked; /* the wake-up is for the next one */
    }
    return ERR_OK;
}
