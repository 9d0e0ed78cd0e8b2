/*
 * The one encoding of a Cap'n Proto value that all agree on: for comparing and hashing.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capnp/canonical.h"

#include "capnp/copier.h"
#include "capnp/list.h"

struct copier_size canonical_struct_size(struct capnp_struct from)
{
    struct copier_size size = {0, from.n_pointers};
    uint32_t len = from.data_len;

    while (len > 0 && from.data[len - 1] == 0)
        len--;
    while (size.n_pointers > 0 && from.pointers[size.n_pointers - 1] == 0)
        size.n_pointers--;
    size.data_words = (uint16_t)((len + 7) / 8);
    return size;
}

struct copier_size canonical_list_size(struct capnp_list from)
{
    struct copier_size largest = {0, 0};

    for (uint32_t i = 0; i < from.n; i++) {
        struct copier_size size = canonical_struct_size(capnp_list_struct(from, i));

        if (size.data_words > largest.data_words)
            largest.data_words = size.data_words;
        if (size.n_pointers > largest.n_pointers)
            largest.n_pointers = size.n_pointers;
    }
    return largest;
}

err_t capnp_canonical(struct capnp_struct from, struct capnp_builder *into)
{
    struct copier copier = {.canonical = true};

    copier_copy_struct(&copier, capnp_root_builder(into), from);
    if (copier.met_cap || (from.message && from.message->error))
        return ERR_BAD_MESSAGE;
    return into->full ? ERR_NO_ROOM : ERR_OK;
}
