/* One JSON file, read strictly and kept with its text, so that errors can name the line.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Strict: at most 256 KiB (or as said) of valid UTF-8, nested at most KEY_DEPTH_MAX deep, one value
 * with nothing after it, no comments, no key twice in an object. `(struct source){0}` is an empty one.
 */
#pragma once

#include "harness/base/buffer.h"
#include "harness/base/error.h"
#include "harness/manifest/key.h"

#include <json-c/json.h>
#include <stdbool.h>

#define SOURCE_LEN_MAX (256 * 1024)

struct source {
    char *name; /* the path as errors show it */
    struct buffer text;
    struct json_object *root;
    size_t limit; /* bytes of text that may be read; 0: SOURCE_LEN_MAX */
};

bool source_read(struct source *, const char *path, struct error *);

/* The same for text that is already in memory. */
bool source_parse(struct source *, const char *name, const char *text, size_t len, struct error *);

void source_fini(struct source *);

/* Fills @err with "NAME:LINE: KEY: …". Returns false. */
bool source_refuse(const struct source *, const struct key_path *, struct error *err,
                   const char *format, ...) __attribute__((format(printf, 4, 5)));
