/* Messages, flat and canonical, from JSON and from other messages.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capnp_json/json.h"
#include "harness/base/buffer.h"
#include "harness/manifest/key.h"

/* Adds the message of struct type ID to an empty buffer. Errors as capnp_json_encode(). */
err_t message_encode(struct capnp_schema *, uint64_t id, struct json_object *, struct buffer *out,
                     struct capnp_json_error *);

/* Adds the message in canonical form, of one segment, which is at most LONGEST bytes (not 0) long.
 * Errors as capnp_canonical(). */
err_t message_canonicalise(struct capnp_message *, size_t longest, struct buffer *out);

/* What capnp_json_encode() and capnp_json_decode() return, as a sentence; ERR_BAD_ARGUMENT has its
 * own in the error. */
const char *message_sentence(err_t error, const struct capnp_json_error *);

/* Adds the steps of the error's path to the path. */
void message_path(const struct capnp_json_error *, struct key_path *);
