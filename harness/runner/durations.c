/* How long scenarios take.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/durations.h"

#include "harness/base/files.h"
#include "harness/result/json.h"
#include "harness/runner/shard.h"

#include <stdlib.h>
#include <string.h>

#define DURATIONS_LIMIT (1u << 20) /* bytes */
#define DURATION_MOST   1e6        /* seconds */

struct json_object *durations_read(const char *path, struct error *err)
{
    if (!file_exists(path))
        return json_object_new_object();
    struct json_object *set = json_file_read(path, DURATIONS_LIMIT, json_type_object, err);
    if (!set)
        return NULL;
    json_object_object_foreach(set, name, value)
    {
        (void)value;
        double seconds;
        if (!json_get_number(set, name, true, &seconds, err) || seconds > DURATION_MOST) {
            error_set(err, "%s: \"%s\" has no duration in seconds", path, name);
            json_object_put(set);
            return NULL;
        }
    }
    return set;
}

int64_t durations_get(struct json_object *set, const char *name)
{
    struct json_object *value;
    if (!json_object_object_get_ex(set, name, &value))
        return -1;
    return (int64_t)(json_object_get_double(value) * 1000 + 0.5); /* never negative */
}

int64_t durations_median(struct json_object *set)
{
    size_t n = 0;
    int64_t *all = calloc((size_t)json_object_object_length(set) + 1, sizeof *all);
    if (!all)
        abort();
    json_object_object_foreach(set, name, value)
    {
        (void)value;
        all[n++] = durations_get(set, name);
    }
    int64_t result = median(all, n, 1000);
    free(all);
    return result;
}

void durations_set(struct json_object *set, const char *name, double seconds, int digits)
{
    json_object_object_add(set, name, json_number(seconds, digits));
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool durations_write(struct json_object *set, const char *path, struct error *err)
{
    size_t n = 0;
    const char **names = calloc((size_t)json_object_object_length(set) + 1, sizeof *names);
    if (!names)
        abort();
    json_object_object_foreach(set, name, value)
    {
        (void)value;
        names[n++] = name;
    }
    qsort(names, n, sizeof *names, by_name);
    struct json_object *sorted = json_object_new_object();
    for (size_t i = 0; i < n; i++)
        json_object_object_add(sorted, names[i],
                               json_object_get(json_object_object_get(set, names[i])));
    bool ok = json_file_write(path, sorted, err);
    json_object_put(sorted);
    free(names);
    return ok;
}
