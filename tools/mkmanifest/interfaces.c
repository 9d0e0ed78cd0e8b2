/* Interfaces in a manifest: from names to ids.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "tools/mkmanifest/interfaces.h"

#include "capnp/list.h"
#include "capnp_json/number.h"
#include "harness/manifest/schema_node.h"

#include <inttypes.h>
#include <stdlib.h>

struct resolver {
    const struct layers *layers;
    struct capnp_schema *schema;
    struct key_path at;
    struct error *err;
};

static bool refuse(struct resolver *r, const char *key, const char *what)
{
    key_push(&r->at, key);
    return layers_refuse(r->layers, &r->at, r->err, "%s", what);
}

/* Refuses the name of no interface, with the one that was probably meant. */
static bool refuse_unknown(struct resolver *r, const char *name)
{
    struct json_object *names = json_object_new_object();
    struct buffer what = {0};
    const char *meant;

    for (uint32_t i = 0; i < capnp_list_len(r->schema->nodes); i++) {
        struct schema_node_reader node = schema_node_at(r->schema->nodes, i);

        if (schema_node_which(node) == SCHEMA_NODE_WHICH_INTERFACE)
            json_object_object_add(names, capnp_schema_name(node).at, NULL);
    }
    meant = words_nearest(names, name);
    buffer_printf(&what, "no schema has an interface \"%s\"", name);
    if (meant)
        buffer_printf(&what, " (did you mean \"%s\"?)", meant);
    refuse(r, "interface", buffer_text(&what));
    buffer_fini(&what);
    json_object_put(names);
    return false;
}

static bool refuse_id(struct resolver *r, const char *name, uint64_t id)
{
    char *what = format_text("%s has the id 0x%" PRIx64, name, id);

    refuse(r, "interfaceId", what);
    free(what);
    return false;
}

static void set_id(struct json_object *object, uint64_t id)
{
    char *text = format_text("0x%" PRIx64, id);

    json_object_object_add(object, "interfaceId", json_object_new_string(text));
    free(text);
}

static void set_name(struct json_object *object, struct schema_node_reader node)
{
    struct capnp_text name = capnp_schema_name(node);

    json_object_object_add(object, "interface", json_object_new_string_len(name.at, (int)name.len));
}

static bool resolve_name(struct resolver *r, struct json_object *object, const char *name,
                         uint64_t id)
{
    struct schema_node_reader node;
    unsigned n = capnp_schema_find_name(r->schema, SCHEMA_NODE_WHICH_INTERFACE, name, &node);

    if (n == 0)
        return id != 0 || refuse_unknown(r, name);
    if (n > 1)
        return refuse(r, "interface",
                      "several schemas have it; expected FILE.capnp:NAME, as in timer.capnp:Timer");
    if (id != 0 && id != schema_node_id(node))
        return refuse_id(r, name, schema_node_id(node));
    set_name(object, node);
    set_id(object, schema_node_id(node));
    return true;
}

static bool resolve(struct resolver *r, struct json_object *object)
{
    struct json_object *name = NULL, *number = NULL;
    struct schema_node_reader node;
    uint64_t id = 0;

    json_object_object_get_ex(object, "interface", &name);
    json_object_object_get_ex(object, "interfaceId", &number);
    if (number && !number_whole(number, (struct number_range){0, UINT64_MAX}, &id))
        return refuse(r, "interfaceId", "expected a whole number of 64 bits");
    if (name)
        return resolve_name(r, object, json_object_get_string(name), id);
    if (id != 0 && capnp_schema_find(r->schema, id, &node) &&
        schema_node_which(node) == SCHEMA_NODE_WHICH_INTERFACE)
        set_name(object, node);
    return true;
}

static bool resolve_list(struct resolver *r, struct json_object *service, const char *part)
{
    struct json_object *list = NULL;

    json_object_object_get_ex(service, part, &list);
    key_push(&r->at, part);
    for (size_t i = 0; list && i < json_object_array_length(list); i++) {
        key_push_item(&r->at, i);
        if (!resolve(r, json_object_array_get_idx(list, i)))
            return false;
        key_pop(&r->at);
    }
    key_pop(&r->at);
    return true;
}

bool interfaces_resolve(const struct layers *layers, struct capnp_schema *schema, struct error *err)
{
    struct resolver r = {.layers = layers, .schema = schema, .err = err};
    struct json_object *system = NULL, *services = NULL;

    json_object_object_get_ex(layers->merged, "system", &system);
    json_object_object_get_ex(system, "services", &services);
    key_push(&r.at, "system");
    key_push(&r.at, "services");
    for (size_t i = 0; services && i < json_object_array_length(services); i++) {
        struct json_object *service = json_object_array_get_idx(services, i);

        key_push_item(&r.at, i);
        if (!resolve_list(&r, service, "exports") || !resolve_list(&r, service, "grants"))
            return false;
        key_pop(&r.at);
    }
    return true;
}
