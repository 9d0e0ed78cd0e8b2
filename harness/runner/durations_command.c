/* The command `durations`: what this host measured becomes what every shard reckons with.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/commands.h"
#include "harness/runner/durations.h"
#include "harness/runner/plan.h"

#include <stdio.h>
#include <stdlib.h>

/* What was measured, else what was known; a scenario that is gone is left out. */
static struct json_object *merge(struct json_object *committed, struct json_object *measured,
                                 const struct suite *suite)
{
    struct json_object *merged = json_object_new_object();
    for (size_t i = 0; i < suite->n; i++) {
        int64_t ms = durations_get(measured, suite->names[i]);
        if (ms < 0)
            ms = durations_get(committed, suite->names[i]);
        if (ms >= 0)
            durations_set(merged, suite->names[i], (double)ms / 1000, 1);
    }
    return merged;
}

static bool write_merged(struct json_object *committed, struct json_object *measured,
                         const struct suite *suite, const char *path, struct error *err)
{
    if (json_object_object_length(measured) == 0)
        return error_set(err, "nothing was measured yet; `runner run` does it");
    struct json_object *merged = merge(committed, measured, suite);
    bool ok = durations_write(merged, path, err);
    json_object_put(merged);
    return ok;
}

int command_durations(const struct options *options, const struct suite *suite)
{
    struct error err = {0};
    char *path = plan_committed(options), *measured_path = plan_measured(options);
    struct json_object *committed = durations_read(path, &err);
    struct json_object *measured = committed ? durations_read(measured_path, &err) : NULL;
    bool ok = measured && write_merged(committed, measured, suite, path, &err);
    if (ok)
        printf("%s\n", path);
    json_object_put(committed);
    json_object_put(measured);
    free(path);
    free(measured_path);
    return ok ? EXIT_PASSED : command_error(err.text);
}
