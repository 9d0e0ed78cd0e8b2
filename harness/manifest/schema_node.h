/* What the files of the schema checker share: keywords, references, and words for people.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A node is one (sub)schema: an object of the schema document.
 */
#pragma once

#include "harness/base/buffer.h"
#include "harness/manifest/schema.h"
#include "harness/manifest/source.h"

struct schema {
    struct source source;
};

/* One check under way. */
struct check {
    const struct schema *schema;
    enum schema_extent extent;
    struct key_path *at;
    struct error *err;
};

/* Whether @value is what @argument, the value of the keyword in @node, allows. */
typedef bool keyword_check(struct check *, struct json_object *argument, struct json_object *node,
                           struct json_object *value);

/* A keyword: the type its own value must have (json_type_null: any), and what it checks. */
struct keyword {
    const char *name;
    enum json_type type;
    keyword_check *check; /* NULL: it checks nothing by itself */
};

/* All that @node says about @value. */
bool check_node(struct check *, struct json_object *node, struct json_object *value);

/* Fills the error with "VALUE WHAT; expected …". Returns false. */
bool check_refuse(struct check *, struct json_object *node, struct json_object *value,
                  const char *what);

/* schema_values.c */
keyword_check value_type, value_enum, value_not, value_minimum, value_maximum, value_min_length,
    value_max_length, value_pattern, value_format;

/* schema_parts.c */
keyword_check part_min_items, part_max_items, part_items, part_unique, part_max_properties,
    part_required, part_names, part_properties, part_additional;

const struct keyword *keyword_find(const char *name);

/* The node that "$ref" names, or NULL: only "#/$defs/NAME" is understood. */
struct json_object *node_resolve(const struct schema *, const char *reference);

/* Member @name of @node, or NULL. */
struct json_object *node_get(struct json_object *node, const char *name);

/* Whether @value is of the type that JSON Schema calls @name. */
bool type_matches(const char *name, struct json_object *value);
bool type_known(const char *name);

/* schema_words.c: adds "a whole number from 8 to 65536". */
void words_expected(const struct schema *, struct json_object *node, struct buffer *out);

/* Adds "\"lots\" is a string": the value, cut if long, and what it is. */
void words_value(struct json_object *value, struct buffer *out);

/* Adds the names of @properties: "a, b, c". */
void words_names(struct json_object *properties, struct buffer *out);

/* The name in @properties that @name was probably meant to be, or NULL. */
const char *words_nearest(struct json_object *properties, const char *name);

/* schema_verify.c: whether every node of the schema is understood. */
bool schema_verify(const struct schema *, struct error *);
