/*
 * Follows Cap'n Proto's far pointers, which lead into other segments.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capnp/target.h"

/* Makes TO the word START of segment ID, of which N words must be there; costs them. */
static bool enter(struct target *to, uint32_t id, uint64_t start, uint64_t n)
{
    struct capnp_message *message = to->message;
    const struct capnp_segment *segment = &message->first;

    if (id >= message->n_segments)
        return target_lie(message);
    if (id > 0)
        segment = &message->segments[id];
    if (start > segment->n_words || n > segment->n_words - start)
        return target_lie(message);
    to->words = segment->words;
    to->n_words = segment->n_words;
    to->start = start;
    to->segment = id;
    return target_spend(message, n);
}

/*
 * A landing pad of one word is a pointer like any other; if it is far again, it is of no kind that
 * anybody asks for. One of two words is a far pointer to the very contents, and what their pointer
 * would be.
 */
bool target_resolve_far(struct target *to)
{
    uint64_t far = to->pointer;
    uint32_t n = wire_far_is_double(far) ? 2 : 1;
    const uint64_t *pad;

    if (!enter(to, wire_far_segment(far), wire_far_start(far), n))
        return false;
    pad = to->words + to->start;
    to->pointer = pad[n - 1];
    if (n == 1) {
        to->start += 1 + wire_offset(to->pointer);
        return true;
    }
    if (wire_kind(pad[0]) != WIRE_FAR)
        return target_lie(to->message);
    return enter(to, wire_far_segment(pad[0]), wire_far_start(pad[0]), 0);
}
