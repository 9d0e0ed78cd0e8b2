/* Merging JSON documents: JSON Merge Patch (RFC 7386), and the common parts of machines.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <json-c/json.h>
#include <stddef.h>

/* Where a document is merged otherwise than RFC 7386 says: lists of keys, each ending in NULL (NULL
 * by itself: none). */
struct merge_rules {
    const char *const *named; /* lists of objects: items of the same "name" are merged, others are
                                 added; an item with "remove": true takes its namesake away, and
                                 stays where there is none */
    const char *const *whole; /* objects that are replaced */
};

/* Merges @patch over @target, in place; @patch stays as it is. */
void merge_documents(struct json_object *target, struct json_object *patch,
                     const struct merge_rules *);

/* The "name" of an item of a list, or NULL. */
const char *merge_item_name(struct json_object *item);

/* The position among the first @n items of @list of the first one called @name; @n if there is
 * none. */
size_t merge_find(struct json_object *list, size_t n, const char *name);

/* Merges the manifest @patch over the manifest @target, in place; @patch stays as it is. Below
 * "machines" a null is kept instead of applied: a machine is itself a patch over "machine", and
 * what it removes may stand there. */
void merge_manifest(struct json_object *target, struct json_object *patch);

/* Makes every machine of "machines" complete: "machine", the machine itself, and in it "system"
 * under the machine's own system. Without "machines" there is one, called "machine". Afterwards
 * @manifest has neither "machine" nor "system". */
void merge_machines(struct json_object *manifest);
