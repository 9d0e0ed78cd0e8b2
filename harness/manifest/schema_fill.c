/* Defaults: what a schema puts in the place of what is missing.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/manifest/schema_node.h"

#include <stdlib.h>

/* "default" beside "$ref" wins over the default of what it refers to. */
static struct json_object *default_of(const struct schema *schema, struct json_object *node)
{
    while (node) {
        struct json_object *value = node_get(node, "default");
        if (value)
            return value;
        struct json_object *reference = node_get(node, "$ref");
        node = reference ? node_resolve(schema, json_object_get_string(reference)) : NULL;
    }
    return NULL;
}

static void add_missing(const struct schema *schema, struct json_object *properties,
                        struct json_object *value)
{
    if (!properties)
        return;
    json_object_object_foreach(properties, name, property)
    {
        struct json_object *fallback = default_of(schema, property), *copy = NULL;
        if (!fallback || json_object_object_get_ex(value, name, NULL))
            continue;
        if (json_object_deep_copy(fallback, &copy, NULL))
            abort();
        json_object_object_add(value, name, copy);
    }
}

static void fill(const struct schema *schema, struct json_object *node, struct json_object *value)
{
    struct json_object *reference = node_get(node, "$ref");
    struct json_object *properties = node_get(node, "properties");
    struct json_object *additional = node_get(node, "additionalProperties");
    struct json_object *items = node_get(node, "items");
    if (reference)
        fill(schema, node_resolve(schema, json_object_get_string(reference)), value);
    if (json_object_is_type(value, json_type_array) && items)
        for (size_t i = 0; i < json_object_array_length(value); i++)
            fill(schema, items, json_object_array_get_idx(value, i));
    if (!json_object_is_type(value, json_type_object))
        return;
    add_missing(schema, properties, value);
    json_object_object_foreach(value, name, member)
    {
        struct json_object *property = node_get(properties, name);
        if (property)
            fill(schema, property, member);
        else if (json_object_is_type(additional, json_type_object))
            fill(schema, additional, member);
    }
}

void schema_fill(const struct schema *schema, struct json_object *value)
{
    fill(schema, schema->source.root, value);
}
