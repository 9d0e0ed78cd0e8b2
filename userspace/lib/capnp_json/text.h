/*
 * Texts of messages, which may be any bytes, as JSON, which is UTF-8; inside the codec only.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capnp/message.h"

#include <json-c/json.h>

/* A JSON string, with U+FFFD for each byte that is no part of a well-formed sequence (RFC 3629).
 * NULL when memory runs out. */
struct json_object *text_decode(struct capnp_text);
