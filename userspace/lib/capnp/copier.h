/*
 * One deep copy on its way; not for callers of the runtime.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capnp/copy.h"

/* How a copy differs from its source. */
struct copier {
    const struct capnp_cap_map *caps; /* NULL: capabilities keep their indices */
    bool canonical;                   /* structs lose what is zero at their ends */
    bool met_cap;                     /* out: there was a capability */
};

void copier_copy_pointer(struct copier *copier, struct capnp_pointer_builder into,
                         struct capnp_pointer from);
void copier_copy_struct(struct copier *copier, struct capnp_pointer_builder into,
                        struct capnp_struct from);
void copier_copy_list(struct copier *copier, struct capnp_pointer_builder into,
                      struct capnp_list from);

/* The words that a copy of FROM's data and pointers takes. */
struct copier_size {
    uint16_t data_words, n_pointers;
};

/* Of a struct, and of the largest struct of a list, without the zeros at the ends. */
struct copier_size canonical_struct_size(struct capnp_struct from);
struct copier_size canonical_list_size(struct capnp_list from);
