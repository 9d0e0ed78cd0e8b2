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

static void apply(struct json_object *target, struct json_object *patch, bool keep_nulls)
{
    json_object_object_foreach(patch, name, value)
    {
        if (json_object_is_type(value, json_type_object))
            apply(object_in(target, name), value, keep_nulls);
        else if (value || keep_nulls)
            json_object_object_add(target, name, copy_of(value));
        else
            json_object_object_del(target, name);
    }
}

static void apply_machines(struct json_object *target, struct json_object *patch)
{
    json_object_object_foreach(patch, name, machine)
    {
        if (machine)
            apply(object_in(target, name), machine, true);
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
            apply(object_in(target, name), value, false);
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
    apply(object_in(whole, "system"), system, false);
    apply(whole, common, false);
    apply(whole, machine, false);
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
