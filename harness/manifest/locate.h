/* Lines of keys in JSON text: json-c keeps no positions and takes the last of equal keys silently.
 * SPDX-License-Identifier: Apache-2.0
 *
 * This is no second parser: it follows nesting and strings in text that json-c has accepted. On any
 * other text its answers mean nothing, but it stays within the text and comes to an end.
 */
#pragma once

#include "harness/base/buffer.h"
#include "harness/manifest/key.h"

#include <stdbool.h>
#include <stddef.h>

/* The members that one object may have. */
#define LOCATE_MEMBERS_MAX 256

/* The line (from 1) of the key or list item @path. When the text has only the first parts of it,
 * the line of the last part that it has. @missing becomes the number of parts it does not have. */
unsigned locate_key(const char *text, size_t len, const struct key_path *path, size_t *missing);

/* What locate_check found wrong: "KEY: what; expected …" and where. */
struct locate_fault {
    unsigned line;
    struct buffer text; /* the caller's to release */
};

/* Refuses an object that names a key twice, has more than LOCATE_MEMBERS_MAX members or writes a
 * key with a backslash (so that equal keys are equal bytes), and a string with a raw control
 * character. False with @fault filled. */
bool locate_check(const char *text, size_t len, struct locate_fault *fault);
