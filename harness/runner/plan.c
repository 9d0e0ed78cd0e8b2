/* From options to tasks.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/plan.h"

#include "harness/base/buffer.h"
#include "harness/base/files.h"
#include "harness/result/json.h"
#include "harness/runner/durations.h"
#include "harness/runner/record.h"
#include "harness/runner/shard.h"

#include <stdlib.h>
#include <time.h>

#define QUARANTINE_LIMIT (1u << 20) /* bytes */

char *plan_committed(const struct options *o)
{
    return format_text("%s/durations.json", o->scenarios);
}

char *plan_measured(const struct options *o)
{
    return format_text("%s/scenarios/durations.json", o->out);
}

static bool keep_failed(struct scenario **list, size_t *n, const struct options *o,
                        struct error *err)
{
    struct records last;
    if (!records_read(&last, o->out, err))
        return false;
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++) {
        const struct record *r = records_find(&last, list[i]->name);
        if (r && outcome_fails(r->outcome))
            list[kept++] = list[i];
    }
    *n = kept;
    bool any = last.n > 0;
    records_fini(&last);
    if (kept)
        return true;
    return error_set(err, any ? "no scenario selected: nothing failed in the last run of several"
                              : "no scenario selected: there was no run of several scenarios yet");
}

/* Fills @loads with the durations of @list; unknown ones are the median. */
static void weigh(struct load *loads, struct scenario *const list[], size_t n,
                  struct json_object *first, struct json_object *second)
{
    int64_t unknown = durations_median(second);
    for (size_t i = 0; i < n; i++) {
        int64_t ms = first ? durations_get(first, list[i]->name) : -1;
        if (ms < 0)
            ms = durations_get(second, list[i]->name);
        loads[i] = (struct load){list[i]->name, ms < 0 ? unknown : ms, i};
    }
}

static struct load *new_loads(size_t n)
{
    struct load *loads = calloc(n + 1, sizeof *loads);
    if (!loads)
        abort();
    return loads;
}

static int by_index(const void *a, const void *b)
{
    const struct load *x = a, *y = b;
    return (x->index > y->index) - (x->index < y->index);
}

static bool keep_shard(struct scenario **list, size_t *n, const struct options *o,
                       struct error *err)
{
    char *path = plan_committed(o);
    struct json_object *committed = durations_read(path, err);
    free(path);
    if (!committed)
        return false;
    size_t all = *n;
    struct load *loads = new_loads(all);
    weigh(loads, list, all, NULL, committed);
    *n = loads_shard(loads, all, o->shard, o->shards);
    if (*n)
        qsort(loads, *n, sizeof *loads, by_index);
    for (size_t i = 0; i < *n; i++) /* the indices ascend: nothing is overwritten too early */
        list[i] = list[loads[i].index];
    free(loads);
    json_object_put(committed);
    return *n || error_set(err, "no scenario selected: shard %u/%u of %zu scenarios is empty",
                           o->shard, o->shards, all);
}

struct scenario **plan_select(const struct suite *suite, const struct options *o, size_t *n,
                              struct error *err)
{
    struct scenario **list = suite_select(suite, o, n, err);
    if (!list)
        return NULL;
    bool ok = true;
    if (suite->n == 0)
        ok = error_set(err, "no scenario selected: %s has no folder with a manifest.json",
                       o->scenarios);
    else if (*n == 0)
        ok = error_set(err, "no scenario selected: none of %zu matches --tags %s", suite->n,
                       o->tag_text ? o->tag_text : "");
    ok = ok && (!o->failed || keep_failed(list, n, o, err));
    ok = ok && (o->shards == 1 || keep_shard(list, n, o, err));
    if (ok)
        return list;
    free(list);
    return NULL;
}

bool plan_quarantine(struct quarantine *q, const struct suite *suite, const struct options *o,
                     struct error *err)
{
    *q = (struct quarantine){0};
    char *path = format_text("%s/quarantine.json", o->scenarios);
    bool ok = true;
    if (file_exists(path)) {
        struct json_object *list = json_file_read(path, QUARANTINE_LIMIT, json_type_array, err);
        ok = list != NULL;
        if (ok && !quarantine_parse(q, list, suite->names, suite->n, day_of(time(NULL)), err))
            ok = error_prefix(err, "%s", path);
        json_object_put(list);
    }
    free(path);
    return ok;
}

/* Longest first, by what this host measured before what others did. */
static struct load *order(struct scenario *const list[], size_t n, const struct options *o,
                          struct error *err)
{
    char *committed_path = plan_committed(o), *measured_path = plan_measured(o);
    struct json_object *committed = durations_read(committed_path, err);
    struct json_object *measured = committed ? durations_read(measured_path, err) : NULL;
    struct load *loads = NULL;
    if (committed && measured) {
        loads = new_loads(n);
        weigh(loads, list, n, measured, committed);
        loads_sort(loads, n);
    }
    json_object_put(committed);
    json_object_put(measured);
    free(committed_path);
    free(measured_path);
    return loads;
}

struct task *plan_tasks(struct scenario *const list[], size_t n, const struct options *o,
                        const struct quarantine *q, struct error *err)
{
    struct load *loads = order(list, n, o, err);
    if (!loads)
        return NULL;
    struct task *tasks = calloc(n + 1, sizeof *tasks);
    if (!tasks)
        abort();
    for (size_t i = 0; i < n; i++) {
        struct scenario *scenario = list[loads[i].index];
        tasks[i] = (struct task){.scenario = scenario,
                                 .quarantine = quarantine_find(q, scenario->name),
                                 .planned = o->repeat};
    }
    free(loads);
    return tasks;
}
