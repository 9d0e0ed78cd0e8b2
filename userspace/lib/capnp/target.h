/*
 * What a pointer leads to; not for callers of the runtime.
 * SPDX-License-Identifier: Apache-2.0
 *
 * First a pointer is resolved: where it leads, and as what. Then so many words are taken there,
 * which checks that they are, and costs them.
 */
#pragma once

#include "capnp/reader.h"
#include "capnp/wire.h"

/* With far pointers behind us. Nothing says yet that it is there. */
struct target {
    struct capnp_message *message;
    const uint64_t *words; /* of the segment */
    uint64_t n_words;
    uint64_t start; /* the word where it begins; far too large when that is before the segment */
    uint64_t pointer;
    uint32_t segment;
    uint16_t depth; /* for what is below */
};

/* Goes on from TO's far pointer; false: it lies. */
bool target_resolve_far(struct target *to);

/* Notes a lie; false. */
static inline bool target_lie(struct capnp_message *message)
{
    capnp_note(message, ERR_BAD_MESSAGE);
    return false;
}

/* Takes N words, or one for none, off the budget; false: it has not so many. */
static inline bool target_spend(struct capnp_message *message, uint64_t n)
{
    uint64_t cost = n ? n : 1;

    if (!message)
        return true;
    if (cost > message->budget)
        return target_lie(message);
    message->budget -= cost;
    return true;
}

/*
 * What FROM leads to; false: a lie. FROM is not null. A constant has one segment, which begins at
 * its pointer and is as long as it says.
 */
static inline bool target_resolve(struct capnp_pointer from, struct target *to)
{
    struct capnp_message *message = from.message;
    const struct capnp_segment *segment;

    *to = (struct target){
        .message = message,
        .words = from.at,
        .n_words = INT64_MAX,
        .start = 1 + wire_offset(*from.at),
        .pointer = *from.at,
        .segment = from.segment,
        .depth = (uint16_t)(from.depth - 1),
    };
    if (from.depth == 0)
        return target_lie(message);
    if (!message)
        return true;
    if (__builtin_expect(wire_kind(to->pointer) == WIRE_FAR, 0))
        return target_resolve_far(to);
    segment = from.segment ? &message->segments[from.segment] : &message->first;
    to->words = segment->words;
    to->n_words = segment->n_words;
    to->start += (uint64_t)(from.at - segment->words);
    return true;
}

/* The N words of TO, which cost EXTRA words besides; NULL when they are not there. */
static inline const uint64_t *target_take(const struct target *to, uint64_t n, uint64_t extra)
{
    if (to->start > to->n_words || n > to->n_words - to->start)
        target_lie(to->message);
    else if (target_spend(to->message, n + extra))
        return to->words + to->start;
    return NULL;
}
