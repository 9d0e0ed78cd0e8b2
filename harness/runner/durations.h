/* How long scenarios take, in two files of the form {"boot": 0.6, …} in seconds.
 * SPDX-License-Identifier: Apache-2.0
 *
 * scenarios/durations.json is committed: shards are made from it alone, so that every host makes
 * the same ones. build/scenarios/durations.json is what this host measured in runs that passed.
 */
#pragma once

#include "harness/base/error.h"

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An empty set when the file does not exist; NULL with an error when it is not of this form. To be
 * given to json_object_put(). */
struct json_object *durations_read(const char *path, struct error *);

/* Milliseconds; -1 when unknown. */
int64_t durations_get(struct json_object *, const char *name);

/* The median of all, one second when there is none. */
int64_t durations_median(struct json_object *);

void durations_set(struct json_object *, const char *name, double seconds, int digits);

/* Writes the set to @path, sorted by name. */
bool durations_write(struct json_object *, const char *path, struct error *);
