/* A scenario's manifest: loading, looking up, releasing.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/manifest/manifest.h"

#include "harness/base/files.h"
#include "harness/manifest/arena.h"
#include "harness/manifest/load.h"
#include "harness/manifest/merge.h"
#include "harness/manifest/pattern.h"
#include "harness/manifest/plan.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define SCENARIO_NAME "^[a-z0-9-]{1,40}$"

/* What callers know as a manifest, and the memory that all of it lives in. */
struct loaded {
    struct manifest manifest; /* first: manifest_free() gets its address */
    struct arena arena;
};

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return copy_text(".");
    return format_text("%.*s", slash == path ? 1 : (int)(slash - path), path);
}

static bool name_scenario(struct plan *plan, const char *path)
{
    char real[PATH_MAX];
    const char *name = path_base(realpath(plan->folder, real) ? real : plan->folder);
    struct pattern *form = pattern_compile(SCENARIO_NAME, plan->err);
    bool ok = form && pattern_find(form, name, strlen(name), 0, true, NULL, NULL, plan->err) ==
                          PATTERN_MATCH;
    pattern_free(form);
    if (!ok)
        return error_set(plan->err,
                         "%s:1: (its folder): \"%s\" is no name of a scenario; expected a-z, 0-9 "
                         "and -, at most 40 characters",
                         path, name);
    plan->out->scenario = arena_text(plan->arena, name);
    plan->out->path = arena_text(plan->arena, path);
    return true;
}

/* The merged JSON, made whole: complete machines and all defaults. */
static bool make_whole(struct plan *plan, const struct schema *schema)
{
    struct error what;
    plan->root = chain_merge(plan->chain, merge_manifest);
    plan->several = json_object_object_get_ex(plan->root, "machines", NULL);
    /* A machines object without any would vanish behind the one that is made up for it. */
    if (plan->several && plan_count(plan_member(plan->root, "machines")) == 0) {
        key_push(&plan->at, "machines");
        return plan_refuse(plan, "has no machine; expected one at least");
    }
    merge_machines(plan->root);
    schema_fill(schema, plan->root);
    if (schema_check(schema, plan->root, SCHEMA_WHOLE, &plan->at, &what))
        return true;
    return plan_refuse(plan, "%s", what.text);
}

static bool build(struct plan *plan, struct chain *chain, const char *path,
                  const struct buffer *text, const struct schema *schema)
{
    return name_scenario(plan, path) && chain_read(chain, path, text, schema, plan->err) &&
           make_whole(plan, schema) && plan_manifest(plan);
}

struct manifest *manifest_build(const char *path, const struct buffer *text,
                                const struct schema *schema, struct error *err)
{
    struct loaded *loaded = calloc(1, sizeof *loaded);
    struct chain chain = {0};
    char *folder = folder_of(path);
    if (!loaded)
        abort();
    struct plan plan = {.out = &loaded->manifest,
                        .arena = &loaded->arena,
                        .chain = &chain,
                        .folder = folder,
                        .err = err};
    bool ok = build(&plan, &chain, path, text, schema);
    json_object_put(plan.root);
    chain_fini(&chain);
    free(folder);
    if (ok)
        return &loaded->manifest;
    manifest_free(&loaded->manifest);
    return NULL;
}

struct manifest *manifest_load(const char *path, const char *schema_path, struct error *err)
{
    struct schema *schema = schema_read(schema_path, err);
    struct manifest *manifest = schema ? manifest_build(path, NULL, schema, err) : NULL;
    schema_free(schema);
    return manifest;
}

const struct stream_plan *manifest_stream(const struct manifest *manifest, const char *name)
{
    for (size_t i = 0; i < manifest->n_streams; i++)
        if (strcmp(manifest->streams[i].name, name) == 0)
            return &manifest->streams[i];
    return NULL;
}

void manifest_free(struct manifest *manifest)
{
    struct loaded *loaded = (struct loaded *)manifest;
    if (!loaded)
        return;
    arena_fini(&loaded->arena);
    free(loaded);
}
