/* Whether a schema is one that the checker understands in full.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/manifest/pattern.h"
#include "harness/manifest/schema_node.h"

#include <string.h>

/* References that lead to references; more are a circle. */
#define HOPS_MAX 8

struct verify {
    const struct schema *schema;
    struct key_path at;
    struct error *err;
};

static bool verify_node(struct verify *v, struct json_object *node);

static bool refuse(struct verify *v, const char *what)
{
    return source_refuse(&v->schema->source, &v->at, v->err, "%s", what);
}

static bool verify_children(struct verify *v, struct json_object *nodes)
{
    json_object_object_foreach(nodes, name, node)
    {
        key_push(&v->at, name);
        if (!verify_node(v, node))
            return false;
        key_pop(&v->at);
    }
    return true;
}

static bool verify_type(struct verify *v, struct json_object *type)
{
    bool list = json_object_is_type(type, json_type_array);
    size_t n = list ? json_object_array_length(type) : 1;
    for (size_t i = 0; i < n; i++) {
        struct json_object *name = list ? json_object_array_get_idx(type, i) : type;
        if (!json_object_is_type(name, json_type_string) ||
            !type_known(json_object_get_string(name)))
            return refuse(v, "unknown type; expected object, array, string, integer or boolean");
    }
    return true;
}

static bool verify_reference(struct verify *v, struct json_object *reference)
{
    for (int hops = 0; hops < HOPS_MAX; hops++) {
        struct json_object *node = node_resolve(v->schema, json_object_get_string(reference));
        if (!node)
            return refuse(v, "leads nowhere; expected \"#/$defs/NAME\" of this schema");
        reference = node_get(node, "$ref");
        if (!reference)
            return true;
        if (!json_object_is_type(reference, json_type_string))
            return true; /* refused where it stands */
    }
    return refuse(v, "goes round in a circle; expected a schema at the end of the references");
}

static bool verify_pattern(struct verify *v, struct json_object *text)
{
    struct error why;
    struct pattern *p = pattern_compile(json_object_get_string(text), &why);
    pattern_free(p);
    return p || refuse(v, why.text);
}

static bool verify_required(struct verify *v, struct json_object *names, struct json_object *node)
{
    for (size_t i = 0; i < json_object_array_length(names); i++) {
        struct json_object *name = json_object_array_get_idx(names, i);
        if (!json_object_is_type(name, json_type_string) ||
            !node_get(node_get(node, "properties"), json_object_get_string(name)))
            return refuse(v, "names no property; expected names of \"properties\"");
    }
    return true;
}

/* "not" takes one value out of a type and can do no more. */
static bool verify_not(struct verify *v, struct json_object *argument)
{
    if (json_object_object_length(argument) != 1 ||
        !json_object_object_get_ex(argument, "const", NULL))
        return refuse(v, "not understood; expected only \"const\" in it");
    return true;
}

/* The argument of keyword @name, which has the right JSON type. */
static bool verify_argument(struct verify *v, const char *name, struct json_object *argument,
                            struct json_object *node)
{
    if (strcmp(name, "properties") == 0 || strcmp(name, "$defs") == 0)
        return verify_children(v, argument);
    if (strcmp(name, "items") == 0 || strcmp(name, "propertyNames") == 0)
        return verify_node(v, argument);
    if (strcmp(name, "additionalProperties") == 0)
        return json_object_is_type(argument, json_type_boolean) || verify_node(v, argument);
    if (strcmp(name, "type") == 0)
        return verify_type(v, argument);
    if (strcmp(name, "$ref") == 0)
        return verify_reference(v, argument);
    if (strcmp(name, "pattern") == 0)
        return verify_pattern(v, argument);
    if (strcmp(name, "required") == 0)
        return verify_required(v, argument, node);
    if (strcmp(name, "not") == 0)
        return verify_not(v, argument);
    if (strcmp(name, "const") == 0)
        return refuse(v, "not understood here; expected it only under \"not\"");
    if (strcmp(name, "format") == 0 && strcmp(json_object_get_string(argument), "regex") != 0)
        return refuse(v, "unknown format; expected \"regex\"");
    return true;
}

static bool verify_node(struct verify *v, struct json_object *node)
{
    if (!json_object_is_type(node, json_type_object))
        return refuse(v, "not a schema; expected an object");
    json_object_object_foreach(node, name, argument)
    {
        const struct keyword *keyword = keyword_find(name);
        key_push(&v->at, name);
        if (!keyword)
            return refuse(v,
                          "unsupported keyword; expected one that harness/manifest/schema.c has");
        if (keyword->type != json_type_null && !json_object_is_type(argument, keyword->type))
            return refuse(v, "a value of the wrong type; see JSON Schema");
        if (!verify_argument(v, name, argument, node))
            return false;
        key_pop(&v->at);
    }
    return true;
}

bool schema_verify(const struct schema *schema, struct error *err)
{
    struct verify v = {.schema = schema, .err = err};
    return verify_node(&v, schema->source.root);
}
