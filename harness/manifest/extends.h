/* The files of an "extends" chain, and errors about what came out of merging them.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/error.h"
#include "harness/manifest/key.h"
#include "harness/manifest/schema.h"
#include "harness/manifest/source.h"

#include <stdbool.h>
#include <stddef.h>

#define CHAIN_LEN_MAX 8

/* `(struct chain){0}` is an empty one. */
struct chain {
    struct source files[CHAIN_LEN_MAX]; /* the scenario's own manifest first, the last base last */
    size_t n;
};

/* Reads the manifest at @path and what it extends; each file is checked against @schema by itself.
 * With @text, that is the first file's contents and @path only its name. */
bool chain_read(struct chain *, const char *path, const struct buffer *text, const struct schema *,
                struct error *);

void chain_fini(struct chain *);

/* The merged manifest without "extends" and "$schema", to be given to json_object_put(). */
struct json_object *chain_merge(const struct chain *);

/* Fills @err with "FILE:LINE: KEY: …" for a key of the merged manifest (with complete machines):
 * the file, line and key where people wrote it. Returns false. */
bool chain_refuse(const struct chain *, const struct key_path *, struct error *err,
                  const char *format, va_list args) __attribute__((format(printf, 4, 0)));
