/* The scenarios of the project.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/suite.h"

#include "harness/base/buffer.h"
#include "harness/base/files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define CLOSE_NAMES 3

static void add_scenario(struct suite *suite, const char *folder, const char *name)
{
    char *manifest = format_text("%s/%s/manifest.json", folder, name);
    if (!file_exists(manifest)) {
        free(manifest);
        return;
    }
    suite->scenarios = realloc(suite->scenarios, (suite->n + 1) * sizeof *suite->scenarios);
    if (!suite->scenarios)
        abort();
    suite->scenarios[suite->n++] =
        (struct scenario){.name = copy_text(name), .manifest_path = manifest};
}

static int by_name(const void *a, const void *b)
{
    const struct scenario *x = a, *y = b;
    return strcmp(x->name, y->name);
}

bool suite_find(struct suite *suite, const char *folder, struct error *err)
{
    *suite = (struct suite){0};
    DIR *dir = opendir(folder);
    if (!dir)
        return error_set(err, "cannot read the folder %s: %s; run this in the project's root",
                         folder, strerror(errno));
    struct dirent *entry;
    while ((entry = readdir(dir)))
        if (entry->d_name[0] != '.')
            add_scenario(suite, folder, entry->d_name);
    closedir(dir);
    if (suite->n)
        qsort(suite->scenarios, suite->n, sizeof *suite->scenarios, by_name);
    suite->names = calloc(suite->n + 1, sizeof *suite->names);
    if (!suite->names)
        abort();
    for (size_t i = 0; i < suite->n; i++)
        suite->names[i] = suite->scenarios[i].name;
    return true;
}

void suite_fini(struct suite *suite)
{
    for (size_t i = 0; i < suite->n; i++) {
        free(suite->scenarios[i].name);
        free(suite->scenarios[i].manifest_path);
        free(suite->scenarios[i].error);
        if (suite->scenarios[i].manifest)
            manifest_free(suite->scenarios[i].manifest);
    }
    free(suite->scenarios);
    free(suite->names);
    *suite = (struct suite){0};
}

void scenario_load(struct scenario *scenario, const char *schema)
{
    if (scenario->manifest || scenario->error)
        return;
    struct error err = {0};
    /* build/scenarios/bin/ holds the programs; the other names become folders beside it. */
    if (!name_valid(scenario->name) || strcmp(scenario->name, "bin") == 0)
        error_set(&err,
                  "%s: a scenario cannot be called \"%s\"; use lower-case letters, digits, '-' "
                  "and '_'",
                  scenario->manifest_path, scenario->name);
    else
        scenario->manifest = manifest_load(scenario->manifest_path, schema, &err);
    if (!scenario->manifest)
        scenario->error = copy_text(err.text);
}

struct scenario *suite_get(const struct suite *suite, const char *name, struct error *err)
{
    for (size_t i = 0; i < suite->n; i++)
        if (strcmp(suite->names[i], name) == 0)
            return &suite->scenarios[i];
    const char *close[CLOSE_NAMES];
    size_t n = names_close(name, suite->names, suite->n, close, CLOSE_NAMES);
    struct buffer hint = {0};
    for (size_t i = 0; i < n; i++)
        buffer_printf(&hint, "%s%s",
                      i == 0      ? "; did you mean "
                      : i + 1 < n ? ", "
                                  : " or ",
                      close[i]);
    error_set(err, "there is no scenario \"%s\"%s%s", name, buffer_text(&hint),
              n ? "?" : "; `runner list` shows them all");
    buffer_fini(&hint);
    return NULL;
}

static bool selected(struct scenario *scenario, const struct options *o)
{
    scenario_load(scenario, o->schema);
    const struct manifest *m = scenario->manifest;
    return !m || tag_filter_matches(&o->tags, m->tags, m->n_tags);
}

static bool named(const struct scenario *scenario, const struct options *o)
{
    for (size_t i = 0; i < o->n_names; i++)
        if (strcmp(o->names[i], scenario->name) == 0)
            return true;
    return o->n_names == 0;
}

struct scenario **suite_select(const struct suite *suite, const struct options *o, size_t *n,
                               struct error *err)
{
    for (size_t i = 0; i < o->n_names; i++)
        if (!suite_get(suite, o->names[i], err))
            return NULL;
    struct scenario **list = calloc(suite->n + 1, sizeof *list);
    if (!list)
        abort();
    *n = 0;
    for (size_t i = 0; i < suite->n; i++)
        if (named(&suite->scenarios[i], o) && selected(&suite->scenarios[i], o))
            list[(*n)++] = &suite->scenarios[i];
    return list;
}
