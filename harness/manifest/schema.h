/* Checks JSON values against the subset of JSON Schema that manifest.schema.json uses.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A keyword that is not understood is refused when the schema is read, so that none can stand there
 * and silently not check. "title" names the value in errors ("expected TITLE"), "default" is what
 * schema_fill() puts in; "format" knows only "regex". A schema is immutable once read.
 */
#pragma once

#include "harness/base/error.h"
#include "harness/manifest/key.h"

#include <json-c/json.h>
#include <stdbool.h>

struct schema;

/* NULL when the file is not a schema that this code can check in full. */
struct schema *schema_read(const char *path, struct error *);
struct schema *schema_parse(const char *name, const char *text, size_t len, struct error *);
void schema_free(struct schema *);

enum schema_extent {
    SCHEMA_PATCH, /* a part that is merged later: nothing is required, null stands for removal */
    SCHEMA_WHOLE,
};

/* Whether @value is what the schema allows. If not, @where is the place of the first fault (it
 * borrows names from both documents) and the error says "what; expected …", without the place. */
bool schema_check(const struct schema *, struct json_object *value, enum schema_extent,
                  struct key_path *where, struct error *);

/* Adds the defaults of all members that @value and the objects in it do not have. */
void schema_fill(const struct schema *, struct json_object *value);
