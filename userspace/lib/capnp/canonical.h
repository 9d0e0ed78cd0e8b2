/*
 * The one encoding of a Cap'n Proto value that all agree on: for comparing and hashing.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capnp/builder.h"
#include "capnp/reader.h"

/*
 * Builds FROM as the root of a canonical message in INTO, which is empty (encoding.html,
 * "Canonicalization"). ERR_BAD_MESSAGE: a lie was met, or a capability, which has no canonical
 * form; ERR_NO_ROOM.
 */
err_t capnp_canonical(struct capnp_struct from, struct capnp_builder *into);
