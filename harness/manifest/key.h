/* Where a value stands in a JSON document: the keys and list positions that lead to it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A path borrows its names; whoever makes it keeps the document alive. `(struct key_path){0}` is
 * the whole document.
 */
#pragma once

#include "harness/base/buffer.h"

#include <stddef.h>

/* No document is nested deeper: the parser refuses it (source.c). */
#define KEY_DEPTH_MAX 32

struct key_part {
    const char *name; /* of an object's member; NULL: an item of a list */
    size_t index;     /* of the item, from 0 */
};

struct key_path {
    struct key_part parts[KEY_DEPTH_MAX];
    size_t n;
};

void key_push(struct key_path *, const char *name);
void key_push_item(struct key_path *, size_t index);
void key_pop(struct key_path *);

/* Adds the path as people write it: "machines.a.nics[0].network". */
void key_print(const struct key_path *, struct buffer *);
