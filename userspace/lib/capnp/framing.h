/*
 * Messages in streams and files: a table of segments, and behind it the segments.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Encoding: https://capnproto.org/encoding.html, "Serialization Over a Stream".
 */
#pragma once

#include "capnp/builder.h"
#include "capnp/reader.h"

/*
 * Opens the message at the beginning of the LEN bytes AT, which is aligned to 8. TABLE has room for
 * MAX segments, and must live as long as the message; *USED is how many bytes belong to it.
 * ERR_BAD_MESSAGE: it is not all there, or has no root pointer; ERR_NO_ROOM: more than MAX
 * segments. On an error the message is empty, and notes it too.
 */
err_t capnp_open_framed(struct capnp_message *message, const void *at, size_t len,
                        struct capnp_segment *table, uint32_t max, size_t *used);

/* Builds in the LEN bytes AT, which is aligned to 8, behind room for the table. */
void capnp_build_framed(struct capnp_builder *builder, void *at, size_t len);

/* Writes the table. The length of it and the message in bytes; 0 when it did not fit. */
size_t capnp_built_framed_len(const struct capnp_builder *builder);
