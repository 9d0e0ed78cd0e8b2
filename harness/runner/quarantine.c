/* Quarantine: failures that are known, for a limited time.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/quarantine.h"

#include "harness/base/buffer.h"
#include "harness/result/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_SECONDS 86400

long day_of(time_t when)
{
    return (long)(when / DAY_SECONDS);
}

bool day_parse(const char *text, long *day)
{
    static const char form[] = "dddd-dd-dd";
    for (size_t i = 0; i < sizeof form; i++)
        if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
            return false;
    struct tm date = {
        .tm_year = atoi(text) - 1900, .tm_mon = atoi(text + 5) - 1, .tm_mday = atoi(text + 8)};
    struct tm same = date;
    time_t when = timegm(&same);
    *day = day_of(when);
    /* timegm() makes the 3rd of March of a 31st of February: such a day is refused. */
    return same.tm_mon == date.tm_mon && same.tm_mday == date.tm_mday;
}

static bool has_name(const char *const names[], size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static bool read_entry(struct quarantined *entry, struct json_object *json, struct error *err)
{
    if (!json_object_is_type(json, json_type_object))
        return error_set(err, "expected an object with \"name\", \"reason\" and \"expires\"");
    json_object_object_foreach(json, key, value)
    {
        (void)value;
        if (strcmp(key, "name") && strcmp(key, "reason") && strcmp(key, "expires"))
            return error_set(err, "it has no key \"%s\"; expected name, reason and expires", key);
    }
    return json_get_text(json, "name", true, &entry->name, err) &&
           json_get_text(json, "reason", true, &entry->reason, err) &&
           json_get_text(json, "expires", true, &entry->expires, err);
}

static bool check_entry(struct quarantined *entry, long today, struct error *err)
{
    long day;
    if (entry->reason[strspn(entry->reason, " \t\n")] == '\0')
        return error_set(err, "\"reason\" is empty; say what is known about the failure");
    if (!day_parse(entry->expires, &day))
        return error_set(err, "\"expires\" is \"%s\", expected a date as YYYY-MM-DD",
                         entry->expires);
    if (day - today > QUARANTINE_DAYS)
        return error_set(err, "\"expires\" is %ld days ahead; at most %d are allowed", day - today,
                         QUARANTINE_DAYS);
    entry->expired = day < today;
    return true;
}

static bool add_entry(struct quarantine *q, struct json_object *json, const char *const names[],
                      size_t n, long today, struct error *err)
{
    struct quarantined *entry = &q->entries[q->n++];
    if (!read_entry(entry, json, err))
        return false;
    if (!has_name(names, n, entry->name))
        return error_set(err, "there is no scenario \"%s\"; remove the entry", entry->name);
    if (quarantine_find(q, entry->name) != entry)
        return error_set(err, "\"%s\" stands there twice", entry->name);
    return check_entry(entry, today, err);
}

bool quarantine_parse(struct quarantine *q, struct json_object *list, const char *const names[],
                      size_t n, long today, struct error *err)
{
    size_t count = json_object_array_length(list);
    *q = (struct quarantine){0};
    if (count && !(q->entries = calloc(count, sizeof *q->entries)))
        abort();
    for (size_t i = 0; i < count; i++)
        if (!add_entry(q, json_object_array_get_idx(list, i), names, n, today, err)) {
            const char *name = q->entries[i].name;
            error_prefix(err, name ? "entry %zu (%s)" : "entry %zu", i + 1, name);
            quarantine_fini(q);
            return false;
        }
    return true;
}

void quarantine_fini(struct quarantine *q)
{
    for (size_t i = 0; i < q->n; i++) {
        free(q->entries[i].name);
        free(q->entries[i].reason);
        free(q->entries[i].expires);
    }
    free(q->entries);
    *q = (struct quarantine){0};
}

const struct quarantined *quarantine_find(const struct quarantine *q, const char *name)
{
    for (size_t i = 0; i < q->n; i++)
        if (strcmp(q->entries[i].name, name) == 0)
            return &q->entries[i];
    return NULL;
}
