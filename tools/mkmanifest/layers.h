/* A manifest and the files that it extends, merged, with errors about the whole that name the place
 * in a file.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What merging does says manifest.schema.json under "extends". `(struct layers){0}` is an empty
 * one.
 */
#pragma once

#include "harness/base/error.h"
#include "harness/manifest/extends.h"
#include "harness/manifest/key.h"

#include <json-c/json.h>
#include <stdbool.h>

struct layers {
    struct chain chain;
    struct json_object *merged;
};

/* Reads the file at PATH and what it extends, and merges them; each file and the whole have the
 * form that the schema says. */
bool layers_read(struct layers *, const char *path, struct error *);

void layers_fini(struct layers *);

/* Fills the error with "FILE:LINE: KEY: …" for a key of the merged manifest: the file, line and key
 * where people wrote it. Returns false. */
bool layers_refuse(const struct layers *, const struct key_path *, struct error *,
                   const char *format, ...) __attribute__((format(printf, 4, 5)));
