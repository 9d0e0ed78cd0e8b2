/*
 * Reads Cap'n Proto structs and capabilities.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capnp/reader.h"

#include "capnp/target.h"

struct capnp_pointer capnp_root_pointer(struct capnp_message *message)
{
    return (struct capnp_pointer){
        .message = message,
        .at = message->first.n_words ? message->first.words : NULL,
        .depth = CAPNP_DEPTH,
    };
}

struct capnp_struct capnp_root_unusual(struct capnp_message *message)
{
    return capnp_pointer_struct(capnp_root_pointer(message));
}

/* A capability's pointer has nothing but its kind in its lower half. */
static bool is_cap(uint64_t pointer)
{
    return (uint32_t)pointer == WIRE_OTHER;
}

enum capnp_kind capnp_pointer_kind(struct capnp_pointer from)
{
    struct target to;

    if (capnp_pointer_is_null(from) || !target_resolve(from, &to))
        return CAPNP_KIND_NULL;
    if (wire_kind(to.pointer) == WIRE_STRUCT)
        return CAPNP_KIND_STRUCT;
    if (wire_kind(to.pointer) == WIRE_LIST)
        return CAPNP_KIND_LIST;
    if (is_cap(to.pointer))
        return CAPNP_KIND_CAP;
    target_lie(from.message);
    return CAPNP_KIND_NULL;
}

struct capnp_struct capnp_pointer_struct(struct capnp_pointer from)
{
    struct capnp_struct none = {.message = from.message};
    uint32_t data_words, n_pointers;
    const uint64_t *at;
    struct target to;

    if (capnp_pointer_is_null(from) || !target_resolve(from, &to))
        return none;
    if (wire_kind(to.pointer) != WIRE_STRUCT) {
        target_lie(from.message);
        return none;
    }
    data_words = wire_data_words(to.pointer);
    n_pointers = wire_n_pointers(to.pointer);
    at = target_take(&to, (uint64_t)data_words + n_pointers, 0);
    if (!at)
        return none;
    return (struct capnp_struct){
        .message = from.message,
        .data = (const uint8_t *)at,
        .pointers = at + data_words,
        .data_len = data_words * 8,
        .n_pointers = (uint16_t)n_pointers,
        .depth = to.depth,
        .segment = to.segment,
    };
}

uint32_t capnp_pointer_cap(struct capnp_pointer from)
{
    struct target to;

    if (capnp_pointer_is_null(from) || !target_resolve(from, &to))
        return CAPNP_NO_CAP;
    if (is_cap(to.pointer))
        return (uint32_t)(to.pointer >> 32);
    target_lie(from.message);
    return CAPNP_NO_CAP;
}
