/* Checks JSON values against a JSON Schema.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/manifest/schema.h"

#include "harness/manifest/schema_node.h"

#include <stdlib.h>
#include <string.h>

static bool check_ref(struct check *c, struct json_object *argument, struct json_object *node,
                      struct json_object *value)
{
    (void)node;
    return check_node(c, node_resolve(c->schema, json_object_get_string(argument)), value);
}

/* In the order in which they are checked: what is wrong with the value itself comes first. */
static const struct keyword keywords[] = {
    {"$schema", json_type_string, NULL},
    {"title", json_type_string, NULL},
    {"description", json_type_string, NULL},
    {"default", json_type_null, NULL},
    {"$defs", json_type_object, NULL},
    {"const", json_type_null, NULL}, /* only under "not" */
    {"$ref", json_type_string, check_ref},
    {"type", json_type_null, value_type},
    {"enum", json_type_array, value_enum},
    {"not", json_type_object, value_not},
    {"minimum", json_type_int, value_minimum},
    {"maximum", json_type_int, value_maximum},
    {"minLength", json_type_int, value_min_length},
    {"maxLength", json_type_int, value_max_length},
    {"pattern", json_type_string, value_pattern},
    {"format", json_type_string, value_format},
    {"minItems", json_type_int, part_min_items},
    {"maxItems", json_type_int, part_max_items},
    {"items", json_type_object, part_items},
    {"uniqueItems", json_type_boolean, part_unique},
    {"maxProperties", json_type_int, part_max_properties},
    {"propertyNames", json_type_object, part_names},
    {"properties", json_type_object, part_properties},
    {"additionalProperties", json_type_null, part_additional},
    {"required", json_type_array, part_required},
};

#define N_KEYWORDS (sizeof keywords / sizeof keywords[0])

const struct keyword *keyword_find(const char *name)
{
    for (size_t i = 0; i < N_KEYWORDS; i++)
        if (strcmp(keywords[i].name, name) == 0)
            return &keywords[i];
    return NULL;
}

/* A string that C would see cut is no string here. */
static bool check_nul(struct check *c, struct json_object *value)
{
    if (!json_object_is_type(value, json_type_string) ||
        strlen(json_object_get_string(value)) == (size_t)json_object_get_string_len(value))
        return true;
    return error_set(c->err, "a string with a NUL in it; expected text");
}

bool check_node(struct check *c, struct json_object *node, struct json_object *value)
{
    if (!value && c->extent == SCHEMA_PATCH && c->at->n > 0)
        return true;
    if (!check_nul(c, value))
        return false;
    for (size_t i = 0; i < N_KEYWORDS; i++) {
        struct json_object *argument;
        if (keywords[i].check && json_object_object_get_ex(node, keywords[i].name, &argument) &&
            !keywords[i].check(c, argument, node, value))
            return false;
    }
    return true;
}

bool schema_check(const struct schema *schema, struct json_object *value, enum schema_extent extent,
                  struct key_path *where, struct error *err)
{
    struct check c = {.schema = schema, .extent = extent, .at = where, .err = err};
    where->n = 0;
    return check_node(&c, schema->source.root, value);
}

struct json_object *node_get(struct json_object *node, const char *name)
{
    struct json_object *member = NULL;
    json_object_object_get_ex(node, name, &member);
    return member;
}

struct json_object *node_resolve(const struct schema *schema, const char *reference)
{
    static const char prefix[] = "#/$defs/";
    if (strncmp(reference, prefix, sizeof prefix - 1) != 0)
        return NULL;
    return node_get(node_get(schema->source.root, "$defs"), reference + sizeof prefix - 1);
}

static struct schema *finish(struct schema *schema, bool ok, struct error *err)
{
    if (ok && schema_verify(schema, err))
        return schema;
    schema_free(schema);
    return NULL;
}

static struct schema *create(void)
{
    struct schema *schema = calloc(1, sizeof *schema);
    if (!schema)
        abort();
    return schema;
}

struct schema *schema_read(const char *path, struct error *err)
{
    struct schema *schema = create();
    return finish(schema, source_read(&schema->source, path, err), err);
}

struct schema *schema_parse(const char *name, const char *text, size_t len, struct error *err)
{
    struct schema *schema = create();
    return finish(schema, source_parse(&schema->source, name, text, len, err), err);
}

void schema_free(struct schema *schema)
{
    if (!schema)
        return;
    source_fini(&schema->source);
    free(schema);
}
