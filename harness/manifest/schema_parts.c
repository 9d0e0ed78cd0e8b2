/* Keywords about what a value consists of: items and members.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/manifest/schema_node.h"

bool part_min_items(struct check *c, struct json_object *argument, struct json_object *node,
                    struct json_object *value)
{
    if (json_object_is_type(value, json_type_array) &&
        (int64_t)json_object_array_length(value) < json_object_get_int64(argument))
        return check_refuse(c, node, value, ", too short");
    return true;
}

bool part_max_items(struct check *c, struct json_object *argument, struct json_object *node,
                    struct json_object *value)
{
    if (json_object_is_type(value, json_type_array) &&
        (int64_t)json_object_array_length(value) > json_object_get_int64(argument))
        return check_refuse(c, node, value, ", too long");
    return true;
}

bool part_items(struct check *c, struct json_object *argument, struct json_object *node,
                struct json_object *value)
{
    (void)node;
    if (!json_object_is_type(value, json_type_array))
        return true;
    for (size_t i = 0; i < json_object_array_length(value); i++) {
        key_push_item(c->at, i);
        if (!check_node(c, argument, json_object_array_get_idx(value, i)))
            return false;
        key_pop(c->at);
    }
    return true;
}

bool part_unique(struct check *c, struct json_object *argument, struct json_object *node,
                 struct json_object *value)
{
    if (!json_object_get_boolean(argument) || !json_object_is_type(value, json_type_array))
        return true;
    for (size_t i = 0; i < json_object_array_length(value); i++)
        for (size_t j = 0; j < i; j++) {
            struct json_object *item = json_object_array_get_idx(value, i);
            if (!json_object_equal(item, json_object_array_get_idx(value, j)))
                continue;
            key_push_item(c->at, i);
            struct json_object *items = node_get(node, "items");
            return check_refuse(c, items ? items : node, item, " that stands there already");
        }
    return true;
}

bool part_max_properties(struct check *c, struct json_object *argument, struct json_object *node,
                         struct json_object *value)
{
    (void)node;
    if (json_object_is_type(value, json_type_object) &&
        json_object_object_length(value) > json_object_get_int64(argument))
        return error_set(c->err, "has %d keys; expected at most %d",
                         json_object_object_length(value), json_object_get_int(argument));
    return true;
}

bool part_required(struct check *c, struct json_object *argument, struct json_object *node,
                   struct json_object *value)
{
    if (!json_object_is_type(value, json_type_object) || c->extent == SCHEMA_PATCH)
        return true;
    for (size_t i = 0; i < json_object_array_length(argument); i++) {
        const char *name = json_object_get_string(json_object_array_get_idx(argument, i));
        if (node_get(value, name))
            continue;
        struct buffer text = {0};
        key_push(c->at, name);
        words_expected(c->schema, node_get(node_get(node, "properties"), name), &text);
        error_set(c->err, "missing; expected %s", buffer_text(&text));
        buffer_fini(&text);
        return false;
    }
    return true;
}

bool part_names(struct check *c, struct json_object *argument, struct json_object *node,
                struct json_object *value)
{
    (void)node;
    if (!json_object_is_type(value, json_type_object))
        return true;
    json_object_object_foreach(value, name, member)
    {
        (void)member;
        struct json_object *text = json_object_new_string(name);
        key_push(c->at, name);
        bool ok = check_node(c, argument, text);
        json_object_put(text);
        if (!ok)
            return false;
        key_pop(c->at);
    }
    return true;
}

bool part_properties(struct check *c, struct json_object *argument, struct json_object *node,
                     struct json_object *value)
{
    (void)node;
    if (!json_object_is_type(value, json_type_object))
        return true;
    json_object_object_foreach(value, name, member)
    {
        struct json_object *property = node_get(argument, name);
        if (!property)
            continue;
        key_push(c->at, name);
        if (!check_node(c, property, member))
            return false;
        key_pop(c->at);
    }
    return true;
}

static bool refuse_name(struct check *c, struct json_object *properties, const char *name)
{
    struct buffer text = {0};
    const char *meant = words_nearest(properties, name);
    buffer_add_text(&text, "unknown key");
    if (meant)
        buffer_printf(&text, " (did you mean \"%s\"?)", meant);
    buffer_add_text(&text, "; expected one of: ");
    words_names(properties, &text);
    error_set(c->err, "%s", buffer_text(&text));
    buffer_fini(&text);
    return false;
}

bool part_additional(struct check *c, struct json_object *argument, struct json_object *node,
                     struct json_object *value)
{
    if (!json_object_is_type(value, json_type_object))
        return true;
    struct json_object *properties = node_get(node, "properties");
    json_object_object_foreach(value, name, member)
    {
        if (node_get(properties, name))
            continue;
        key_push(c->at, name);
        if (json_object_is_type(argument, json_type_boolean)) {
            if (!json_object_get_boolean(argument))
                return refuse_name(c, properties, name);
        } else if (!check_node(c, argument, member)) {
            return false;
        }
        key_pop(c->at);
    }
    return true;
}
