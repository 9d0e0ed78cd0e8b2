/* Keywords about a value by itself: types, numbers, strings.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/manifest/pattern.h"
#include "harness/manifest/schema_node.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    enum json_type type;
} types[] = {
    {"object", json_type_object}, {"array", json_type_array},     {"string", json_type_string},
    {"integer", json_type_int},   {"boolean", json_type_boolean},
};

bool type_matches(const char *name, struct json_object *value)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i].name, name) == 0)
            return json_object_is_type(value, types[i].type);
    return false;
}

bool type_known(const char *name)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i].name, name) == 0)
            return true;
    return false;
}

bool check_refuse(struct check *c, struct json_object *node, struct json_object *value,
                  const char *what)
{
    struct buffer text = {0};
    words_value(value, &text);
    buffer_printf(&text, "%s; expected ", what);
    words_expected(c->schema, node, &text);
    error_set(c->err, "%s", buffer_text(&text));
    buffer_fini(&text);
    return false;
}

bool value_type(struct check *c, struct json_object *argument, struct json_object *node,
                struct json_object *value)
{
    bool list = json_object_is_type(argument, json_type_array);
    size_t n = list ? json_object_array_length(argument) : 1;
    for (size_t i = 0; i < n; i++) {
        struct json_object *name = list ? json_object_array_get_idx(argument, i) : argument;
        if (type_matches(json_object_get_string(name), value))
            return true;
    }
    return check_refuse(c, node, value, "");
}

bool value_enum(struct check *c, struct json_object *argument, struct json_object *node,
                struct json_object *value)
{
    for (size_t i = 0; i < json_object_array_length(argument); i++)
        if (json_object_equal(json_object_array_get_idx(argument, i), value))
            return true;
    return check_refuse(c, node, value, "");
}

/* The only use of "not" is to take one value out of a type. */
bool value_not(struct check *c, struct json_object *argument, struct json_object *node,
               struct json_object *value)
{
    if (json_object_equal(node_get(argument, "const"), value))
        return check_refuse(c, node, value, ", which is not allowed");
    return true;
}

bool value_minimum(struct check *c, struct json_object *argument, struct json_object *node,
                   struct json_object *value)
{
    if (json_object_is_type(value, json_type_int) &&
        json_object_get_int64(value) < json_object_get_int64(argument))
        return check_refuse(c, node, value, ", too small");
    return true;
}

bool value_maximum(struct check *c, struct json_object *argument, struct json_object *node,
                   struct json_object *value)
{
    if (json_object_is_type(value, json_type_int) &&
        json_object_get_int64(value) > json_object_get_int64(argument))
        return check_refuse(c, node, value, ", too large");
    return true;
}

/* JSON Schema counts characters, json-c bytes of UTF-8. */
static int64_t characters(struct json_object *value)
{
    const char *text = json_object_get_string(value);
    int64_t n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}

bool value_min_length(struct check *c, struct json_object *argument, struct json_object *node,
                      struct json_object *value)
{
    if (json_object_is_type(value, json_type_string) &&
        characters(value) < json_object_get_int64(argument))
        return check_refuse(c, node, value, ", too short");
    return true;
}

bool value_max_length(struct check *c, struct json_object *argument, struct json_object *node,
                      struct json_object *value)
{
    if (json_object_is_type(value, json_type_string) &&
        characters(value) > json_object_get_int64(argument))
        return check_refuse(c, node, value, ", too long");
    return true;
}

bool value_pattern(struct check *c, struct json_object *argument, struct json_object *node,
                   struct json_object *value)
{
    if (!json_object_is_type(value, json_type_string))
        return true;
    struct pattern *p = pattern_compile(json_object_get_string(argument), c->err);
    if (!p)
        return false; /* schema_verify() has seen that it compiles */
    enum pattern_result result =
        pattern_find(p, json_object_get_string(value), (size_t)json_object_get_string_len(value), 0,
                     true, NULL, NULL, c->err);
    pattern_free(p);
    if (result == PATTERN_NONE)
        return check_refuse(c, node, value, ", not of the right form");
    return result == PATTERN_MATCH;
}

bool value_format(struct check *c, struct json_object *argument, struct json_object *node,
                  struct json_object *value)
{
    (void)argument; /* "regex" is the only one */
    if (!json_object_is_type(value, json_type_string))
        return true;
    struct error why;
    struct pattern *p = pattern_compile(json_object_get_string(value), &why);
    if (!p) {
        char what[sizeof why.text];
        snprintf(what, sizeof what, " that is no pattern (%.200s)", why.text);
        return check_refuse(c, node, value, what);
    }
    pattern_free(p);
    return true;
}
