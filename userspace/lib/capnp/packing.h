/*
 * Packs messages: the zeros, of which they are full, take little space.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Encoding: https://capnproto.org/encoding.html, "Packing". FROM and TO do not overlap, and need no
 * alignment. On an error *TO_LEN is 0, and the contents of TO are of no use.
 */
#pragma once

#include "abi/err.h"

#include <stddef.h>

/* More than this many bytes cannot come out of packing LEN bytes. */
#define CAPNP_PACKED_MAX(len) ((len) + (len) / 8 + 1)

/* Packs LEN bytes. ERR_BAD_LENGTH: not whole words; ERR_NO_ROOM. */
err_t capnp_pack(const void *from, size_t len, void *to, size_t room, size_t *to_len);

/* Unpacks LEN bytes, to at most ROOM. ERR_BAD_MESSAGE: it ends amid a word; ERR_NO_ROOM. */
err_t capnp_unpack(const void *from, size_t len, void *to, size_t room, size_t *to_len);
