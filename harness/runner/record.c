/* What a run of several scenarios left for the commands after it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/record.h"

#include "harness/base/files.h"
#include "harness/result/json.h"

#include <stdlib.h>
#include <string.h>

#define RECORDS_LIMIT (4u << 20) /* bytes */

static void record_fini(struct record *r)
{
    free(r->name);
    free(r->note);
    free(r->shown);
    free(r->last);
}

static bool read_record(struct json_object *json, struct record *r, struct error *err)
{
    char *outcome = NULL;
    if (!json_object_is_type(json, json_type_object))
        return error_set(err, "expected objects");
    bool ok = json_get_text(json, "name", true, &r->name, err) &&
              json_get_text(json, "outcome", true, &outcome, err) &&
              json_get_text(json, "note", false, &r->note, err) &&
              json_get_text(json, "shown", false, &r->shown, err) &&
              json_get_text(json, "last", false, &r->last, err);
    if (ok && !outcome_parse(outcome, &r->outcome))
        ok = error_set(err, "\"%s\" is no outcome", outcome);
    free(outcome);
    /* They become paths. */
    if (ok && ((r->shown && strchr(r->shown, '/')) || (r->last && strchr(r->last, '/'))))
        ok = error_set(err, "a run folder's name holds a slash");
    return ok;
}

static char *records_path(const char *build)
{
    return format_text("%s/scenarios/last.json", build);
}

bool records_read(struct records *records, const char *build, struct error *err)
{
    *records = (struct records){0};
    char *path = records_path(build);
    bool ok = true;
    if (!file_exists(path))
        goto done;
    struct json_object *list = json_file_read(path, RECORDS_LIMIT, json_type_array, err);
    ok = list != NULL;
    for (size_t i = 0; ok && i < json_object_array_length(list); i++) {
        struct record r = {0};
        ok = read_record(json_object_array_get_idx(list, i), &r, err);
        if (ok)
            records_put(records, &r);
        else
            error_prefix(err, "%s: entry %zu", path, i + 1);
        record_fini(&r);
    }
    json_object_put(list);
    if (!ok)
        records_fini(records);
done:
    free(path);
    return ok;
}

bool records_write(const struct records *records, const char *build, struct error *err)
{
    struct json_object *list = json_object_new_array();
    for (size_t i = 0; i < records->n; i++) {
        const struct record *r = &records->list[i];
        struct json_object *json = json_object_new_object();
        json_object_object_add(json, "name", json_text(r->name));
        json_object_object_add(json, "outcome", json_text(outcome_name(r->outcome)));
        json_object_object_add(json, "note", json_text(r->note));
        json_object_object_add(json, "shown", json_text(r->shown));
        json_object_object_add(json, "last", json_text(r->last));
        json_object_array_add(list, json);
    }
    char *path = records_path(build);
    bool ok = json_file_write(path, list, err);
    free(path);
    json_object_put(list);
    return ok;
}

void records_fini(struct records *records)
{
    for (size_t i = 0; i < records->n; i++)
        record_fini(&records->list[i]);
    free(records->list);
    *records = (struct records){0};
}

static struct record *find(const struct records *records, const char *name)
{
    for (size_t i = 0; i < records->n; i++)
        if (strcmp(records->list[i].name, name) == 0)
            return &records->list[i];
    return NULL;
}

const struct record *records_find(const struct records *records, const char *name)
{
    return find(records, name);
}

void records_put(struct records *records, const struct record *record)
{
    struct record copy = {.name = copy_text(record->name),
                          .outcome = record->outcome,
                          .note = copy_text(record->note),
                          .shown = copy_text(record->shown),
                          .last = copy_text(record->last)};
    struct record *old = find(records, record->name);
    if (old) {
        record_fini(old);
        *old = copy;
        return;
    }
    records->list = realloc(records->list, (records->n + 1) * sizeof *records->list);
    if (!records->list)
        abort();
    records->list[records->n++] = copy;
}
