/* Merging JSON documents.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/manifest/merge.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Nothing may be shared between documents: what is merged later would change both. */
static struct json_object *copy_of(struct json_object *value)
{
    struct json_object *copy = NULL;
    if (value && json_object_deep_copy(value, &copy, NULL))
        abort();
    return copy;
}

static struct json_object *object_in(struct json_object *parent, const char *name)
{
    struct json_object *object = NULL;
    json_object_object_get_ex(parent, name, &object);
    if (json_object_is_type(object, json_type_object))
        return object;
    object = json_object_new_object();
    json_object_object_add(parent, name, object);
    return object;
}

/* How one document is merged over another. */
struct merger {
    const struct merge_rules *rules;
    bool keep_nulls;
};

static bool is_listed(const char *const *names, const char *name)
{
    for (; names && *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

static void apply(const struct merger *, struct json_object *target, struct json_object *patch);

const char *merge_item_name(struct json_object *item)
{
    struct json_object *name = NULL;
    json_object_object_get_ex(item, "name", &name);
    return json_object_is_type(name, json_type_string) ? json_object_get_string(name) : NULL;
}

size_t merge_find(struct json_object *list, size_t n, const char *name)
{
    for (size_t i = 0; name && i < n; i++) {
        const char *other = merge_item_name(json_object_array_get_idx(list, i));
        if (other && strcmp(other, name) == 0)
            return i;
    }
    return n;
}

static bool is_removal(struct json_object *item)
{
    struct json_object *remove = NULL;
    return json_object_object_get_ex(item, "remove", &remove) && json_object_get_boolean(remove);
}

static struct json_object *merged_copy(const struct merger *m, struct json_object *item)
{
    if (!json_object_is_type(item, json_type_object))
        return copy_of(item);
    struct json_object *copy = json_object_new_object();
    apply(m, copy, item);
    return copy;
}

/* Item I of the list @patch. One that has a namesake before it in the same list is a mistake, which
 * must stay to be seen. */
static void apply_item(const struct merger *m, struct json_object *target,
                       struct json_object *patch, size_t i)
{
    struct json_object *item = json_object_array_get_idx(patch, i);
    const char *name = merge_item_name(item);
    size_t n = json_object_array_length(target), at = merge_find(target, n, name);
    if (at == n || merge_find(patch, i, name) < i)
        json_object_array_add(target, merged_copy(m, item));
    else if (is_removal(item))
        json_object_array_del_idx(target, at, 1);
    else
        apply(m, json_object_array_get_idx(target, at), item);
}

static void apply_list(const struct merger *m, struct json_object *parent, const char *name,
                       struct json_object *patch)
{
    struct json_object *target = NULL;
    json_object_object_get_ex(parent, name, &target);
    if (!json_object_is_type(target, json_type_array)) {
        target = json_object_new_array();
        json_object_object_add(parent, name, target);
    }
    for (size_t i = 0; i < json_object_array_length(patch); i++)
        apply_item(m, target, patch, i);
}

static void apply(const struct merger *m, struct json_object *target, struct json_object *patch)
{
    json_object_object_foreach(patch, name, value)
    {
        enum json_type type = json_object_get_type(value);
        if (type == json_type_object && !is_listed(m->rules->whole, name))
            apply(m, object_in(target, name), value);
        else if (type == json_type_array && is_listed(m->rules->named, name))
            apply_list(m, target, name, value);
        else if (value || m->keep_nulls)
            json_object_object_add(target, name, copy_of(value));
        else
            json_object_object_del(target, name);
    }
}

void merge_documents(struct json_object *target, struct json_object *patch,
                     const struct merge_rules *rules)
{
    apply(&(struct merger){.rules = rules}, target, patch);
}

/* Manifests of scenarios have no such keys. */
static const struct merge_rules no_rules = {0};
static const struct merger plain = {.rules = &no_rules};
static const struct merger keeper = {.rules = &no_rules, .keep_nulls = true};

static void apply_machines(struct json_object *target, struct json_object *patch)
{
    json_object_object_foreach(patch, name, machine)
    {
        if (machine)
            apply(&keeper, object_in(target, name), machine);
        else
            json_object_object_del(target, name);
    }
}

void merge_manifest(struct json_object *target, struct json_object *patch)
{
    json_object_object_foreach(patch, name, value)
    {
        bool object = json_object_is_type(value, json_type_object);
        if (object && strcmp(name, "machines") == 0)
            apply_machines(object_in(target, name), value);
        else if (object)
            apply(&plain, object_in(target, name), value);
        else if (value)
            json_object_object_add(target, name, copy_of(value));
        else
            json_object_object_del(target, name);
    }
}

static struct json_object *complete(struct json_object *common, struct json_object *machine,
                                    struct json_object *system)
{
    struct json_object *whole = json_object_new_object();
    apply(&plain, object_in(whole, "system"), system);
    apply(&plain, whole, common);
    apply(&plain, whole, machine);
    return whole;
}

void merge_machines(struct json_object *manifest)
{
    struct json_object *all = json_object_new_object();
    struct json_object *common = object_in(manifest, "machine");
    struct json_object *system = object_in(manifest, "system");
    struct json_object *machines = object_in(manifest, "machines");
    if (json_object_object_length(machines) == 0)
        object_in(machines, "machine");
    json_object_object_foreach(machines, name, machine)
        json_object_object_add(all, name, complete(common, machine, system));
    json_object_object_add(manifest, "machines", all);
    json_object_object_del(manifest, "machine");
    json_object_object_del(manifest, "system");
}
