/*
 * Names in a manifest: which ones are good, and how any text of it is shown to people.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stdbool.h>

#include "capnp/reader.h"

#define NAME_LEN_MAX 31 /* bytes; a program sees no more of a grant's name */

/* 1 to NAME_LEN_MAX letters, digits, '-', '_' and '.'. */
bool name_is_good(struct capnp_text);

bool text_equal(struct capnp_text, struct capnp_text);
bool text_is(struct capnp_text, const char *string);

/* The text with '?' for whatever is not printable ASCII, cut when it is long, in ROOM. */
#define TEXT_SHOWN_LEN 48
const char *text_show(struct capnp_text, char room[TEXT_SHOWN_LEN]);
#define SHOWN(text) text_show((text), (char[TEXT_SHOWN_LEN]){0})
