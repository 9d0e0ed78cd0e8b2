/*
 * Copies what a Cap'n Proto message holds into one that is being built.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Everything that hangs below is copied, level by level with a stack of CAPNP_DEPTH entries, and
 * costs the source's budget. A lie is noted in the source, and what does not fit in the builder;
 * the copy has null pointers there. Encodings stay as they are: no schema is needed.
 */
#pragma once

#include "capnp/builder.h"
#include "capnp/reader.h"

/* Which capability of the target is INDEX of the source; CAPNP_NO_CAP: none, a null pointer. */
struct capnp_cap_map {
    uint32_t (*map)(void *context, uint32_t index);
    void *context;
};

/* CAPS may be NULL: capabilities keep their indices. */
void capnp_pointer_copy(struct capnp_pointer_builder into, struct capnp_pointer from,
                        const struct capnp_cap_map *caps);
void capnp_pointer_copy_struct(struct capnp_pointer_builder into, struct capnp_struct from,
                               const struct capnp_cap_map *caps);
void capnp_pointer_copy_list(struct capnp_pointer_builder into, struct capnp_list from,
                             const struct capnp_cap_map *caps);

/* Pointer I of INTO becomes a copy; capabilities keep their indices. */
static inline void capnp_copy_pointer(struct capnp_struct_builder into, uint16_t i,
                                      struct capnp_pointer from)
{
    capnp_pointer_copy(capnp_pointer_of(into, i), from, NULL);
}

static inline void capnp_copy_struct(struct capnp_struct_builder into, uint16_t i,
                                     struct capnp_struct from)
{
    capnp_pointer_copy_struct(capnp_pointer_of(into, i), from, NULL);
}

static inline void capnp_copy_list(struct capnp_struct_builder into, uint16_t i,
                                   struct capnp_list from)
{
    capnp_pointer_copy_list(capnp_pointer_of(into, i), from, NULL);
}
