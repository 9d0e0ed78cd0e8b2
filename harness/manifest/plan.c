/* From a merged manifest in JSON to the structs of manifest.h.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/manifest/plan.h"

#include <string.h>

bool plan_refuse(struct plan *plan, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    chain_refuse(plan->chain, &plan->at, plan->err, format, args);
    va_end(args);
    return false;
}

struct json_object *plan_member(struct json_object *object, const char *name)
{
    struct json_object *member = NULL;
    json_object_object_get_ex(object, name, &member);
    return member;
}

const char *plan_text(struct plan *plan, struct json_object *object, const char *name)
{
    struct json_object *member = plan_member(object, name);
    return member ? arena_text(plan->arena, json_object_get_string(member)) : NULL;
}

unsigned plan_number(struct json_object *object, const char *name)
{
    return (unsigned)json_object_get_int64(plan_member(object, name));
}

bool plan_flag(struct json_object *object, const char *name)
{
    return json_object_get_boolean(plan_member(object, name));
}

size_t plan_count(struct json_object *value)
{
    if (json_object_is_type(value, json_type_array))
        return json_object_array_length(value);
    return value ? (size_t)json_object_object_length(value) : 0;
}

const char **plan_texts(struct plan *plan, struct json_object *object, const char *name, size_t *n)
{
    struct json_object *list = plan_member(object, name);
    *n = plan_count(list);
    const char **texts = arena_alloc(plan->arena, *n * sizeof *texts);
    for (size_t i = 0; i < *n; i++)
        texts[i] =
            arena_text(plan->arena, json_object_get_string(json_object_array_get_idx(list, i)));
    return texts;
}

static void plan_forwards(struct plan *plan, struct network *network, struct json_object *list)
{
    network->n_forwards = plan_count(list);
    network->forwards = arena_alloc(plan->arena, network->n_forwards * sizeof *network->forwards);
    for (size_t i = 0; i < network->n_forwards; i++) {
        struct json_object *forward = json_object_array_get_idx(list, i);
        network->forwards[i] = (struct forward){
            .protocol = plan_text(plan, forward, "protocol"),
            .guest = plan_number(forward, "guest"),
            .host = plan_number(forward, "host"),
        };
    }
}

static enum network_kind network_kind(struct json_object *network)
{
    const char *kind = json_object_get_string(plan_member(network, "kind"));
    if (strcmp(kind, "wire") == 0)
        return NETWORK_WIRE;
    return strcmp(kind, "link") == 0 ? NETWORK_LINK : NETWORK_USER;
}

static void plan_networks(struct plan *plan, struct json_object *networks)
{
    struct manifest *m = plan->out;
    m->networks = arena_alloc(plan->arena, plan_count(networks) * sizeof *m->networks);
    json_object_object_foreach(networks, name, network)
    {
        struct network *n = &m->networks[m->n_networks++];
        n->name = arena_text(plan->arena, name);
        n->kind = network_kind(network);
        n->drop_repeats =
            strcmp(json_object_get_string(plan_member(network, "repeats")), "drop") == 0;
        plan_forwards(plan, n, plan_member(network, "forwards"));
    }
}

static void plan_rules(struct plan *plan, struct json_object *rules)
{
    struct manifest *m = plan->out;
    m->rules = arena_alloc(plan->arena, plan_count(rules) * sizeof *m->rules);
    json_object_object_foreach(rules, name, rule)
    {
        m->rules[m->n_rules++] = (struct rule){
            .name = arena_text(plan->arena, name),
            .pattern = plan_text(plan, rule, "pattern"),
            .numbered = plan_flag(rule, "numbered"),
        };
    }
}

bool plan_manifest(struct plan *plan)
{
    struct manifest *m = plan->out;
    struct json_object *root = plan->root;
    m->summary = plan_text(plan, root, "summary");
    m->tags = plan_texts(plan, root, "tags", &m->n_tags);
    m->limit = plan_number(root, "limit");
    plan_networks(plan, plan_member(root, "networks"));
    plan_rules(plan, plan_member(root, "normalise"));
    return plan_machines(plan, plan_member(root, "machines")) &&
           plan_streams(plan, plan_member(root, "streams")) && plan_check(plan);
}
