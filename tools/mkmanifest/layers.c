/* A manifest and the files that it extends, merged.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "tools/mkmanifest/layers.h"

#include "harness/manifest/locate.h"
#include "harness/manifest/merge.h"
#include "harness/manifest/schema.h"
#include "tools/mkmanifest/embedded.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char *const named[] = {"services", "grants", "exports", NULL};
static const char *const whole[] = {"source", NULL};
static const struct merge_rules rules = {.named = named, .whole = whole};

static void merge(struct json_object *target, struct json_object *patch)
{
    merge_documents(target, patch, &rules);
}

static bool is_named(const char *name)
{
    for (const char *const *other = named; name && *other; other++)
        if (strcmp(*other, name) == 0)
            return true;
    return false;
}

static struct json_object *member(struct json_object *object, const char *name)
{
    struct json_object *value = NULL;

    json_object_object_get_ex(object, name, &value);
    return value;
}

/* --- Places --- */

/* The merged manifest and one of its files, followed side by side along a path. */
struct pair {
    struct json_object *merged, *file;
    bool named; /* both are lists whose items have names */
};

static bool is_same_item(struct json_object *left, struct json_object *right)
{
    const char *name = merge_item_name(left), *other = merge_item_name(right);

    return name && other ? strcmp(name, other) == 0 : json_object_equal(left, right);
}

/* How many of the first N items are the same as ITEM. */
static size_t count_same(struct json_object *list, size_t n, struct json_object *item)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        count += is_same_item(json_object_array_get_idx(list, i), item);
    return count;
}

/* An item's index in the file; one that the file does not have is beyond its end. Of namesakes,
 * which are a mistake, it is the one that has as many before it. */
static size_t index_in_file(const struct pair *pair, size_t index)
{
    struct json_object *item;
    size_t n, i = 0, before;

    if (!pair->named || !json_object_is_type(pair->file, json_type_array))
        return index;
    item = json_object_array_get_idx(pair->merged, index);
    before = count_same(pair->merged, index, item);
    n = json_object_array_length(pair->file);
    while (i < n && count_same(pair->file, i + 1, item) <= before)
        i++;
    return i < n ? i : SIZE_MAX;
}

static struct json_object *item(struct json_object *list, size_t index)
{
    if (!json_object_is_type(list, json_type_array))
        return NULL;
    return json_object_array_get_idx(list, index);
}

/* Where what stands at PATH of the merged manifest is in the file. */
static struct key_path path_in_file(const struct key_path *path, struct json_object *merged,
                                    struct json_object *file)
{
    struct pair pair = {.merged = merged, .file = file};
    struct key_path out = *path;

    for (size_t i = 0; i < path->n; i++) {
        struct key_part *part = &out.parts[i];

        if (part->name) {
            pair = (struct pair){member(pair.merged, part->name), member(pair.file, part->name),
                                 is_named(part->name)};
        } else {
            size_t index = part->index;

            part->index = index_in_file(&pair, index);
            pair = (struct pair){item(pair.merged, index), item(pair.file, part->index), false};
        }
    }
    return out;
}

bool layers_refuse(const struct layers *layers, const struct key_path *path, struct error *err,
                   const char *format, ...)
{
    const struct source *file = NULL;
    struct key_path best = *path;
    struct buffer text = {0};
    size_t least = SIZE_MAX;
    va_list args;

    for (size_t i = layers->chain.n; i-- > 0;) {
        const struct source *source = &layers->chain.files[i];
        struct key_path here = path_in_file(path, layers->merged, source->root);
        size_t missing;

        locate_key(buffer_text(&source->text), source->text.len, &here, &missing);
        if (missing < least) {
            least = missing;
            file = source;
            best = here;
        }
    }
    va_start(args, format);
    buffer_vprintf(&text, format, args);
    va_end(args);
    source_refuse(file, &best, err, "%s", buffer_text(&text));
    buffer_fini(&text);
    return false;
}

/* --- Reading --- */

static bool check_lists(const struct layers *, struct json_object *parent, struct key_path *,
                        struct error *);

/* What an item of a list that is merged by name must have in the end, and what it must not. One
 * that takes away what is not there has stayed in the list. */
static bool check_item(const struct layers *layers, const char *list, struct json_object *object,
                       struct key_path *at, struct error *err)
{
    const char *needs = strcmp(list, "services") == 0 ? "program" : "source";

    if (member(object, "remove"))
        return layers_refuse(layers, at, err, "removes \"%s\", which no file under this one has",
                             merge_item_name(object));
    if (strcmp(list, "exports") == 0 || member(object, needs))
        return check_lists(layers, object, at, err);
    key_push(at, needs);
    return layers_refuse(layers, at, err, "missing in \"%s\"", merge_item_name(object));
}

static bool check_lists(const struct layers *layers, struct json_object *parent,
                        struct key_path *at, struct error *err)
{
    for (const char *const *name = named; *name; name++) {
        struct json_object *list = member(parent, *name);

        key_push(at, *name);
        for (size_t i = 0; list && i < json_object_array_length(list); i++) {
            key_push_item(at, i);
            if (!check_item(layers, *name, json_object_array_get_idx(list, i), at, err))
                return false;
            key_pop(at);
        }
        key_pop(at);
    }
    return true;
}

static bool check_merged(const struct layers *layers, const struct schema *schema,
                         struct error *err)
{
    struct key_path at = {0};
    struct error what;

    if (!schema_check(schema, layers->merged, SCHEMA_WHOLE, &at, &what))
        return layers_refuse(layers, &at, err, "%s", what.text);
    at.n = 0;
    key_push(&at, "system");
    return check_lists(layers, member(layers->merged, "system"), &at, err);
}

bool layers_read(struct layers *layers, const char *path, struct error *err)
{
    struct schema *schema =
        schema_parse("manifest.schema.json", embedded_schema, embedded_schema_len, err);
    bool ok = schema && chain_read(&layers->chain, path, NULL, schema, err);

    if (ok) {
        layers->merged = chain_merge(&layers->chain, merge);
        ok = check_merged(layers, schema, err);
    }
    schema_free(schema);
    return ok;
}

void layers_fini(struct layers *layers)
{
    json_object_put(layers->merged);
    chain_fini(&layers->chain);
    layers->merged = NULL;
}
