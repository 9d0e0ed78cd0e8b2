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
    struct source
        files[CHAIN_LEN_MAX]; /* in the order in which they are merged: the first is a base,
                                           the last one the manifest itself */
    size_t n;
};

/* Reads the manifest at @path and what it extends: one path or a list of them, of which a later one
 * is merged over an earlier one. A file that is reached twice is read and merged once, where it is
 * first needed. Each file is checked against @schema by itself. With @text, that is the manifest's
 * contents and @path only its name. When it fails, the chain may have some files. */
bool chain_read(struct chain *, const char *path, const struct buffer *text, const struct schema *,
                struct error *);

void chain_fini(struct chain *);

/* Merges the document @patch over @target, which never fails, and leaves @patch as it is. */
typedef void chain_merger(struct json_object *target, struct json_object *patch);

/* The merged manifest without "extends" and "$schema", to be given to json_object_put(). */
struct json_object *chain_merge(const struct chain *, chain_merger *);

/* Fills @err with "FILE:LINE: KEY: …" for a key of the merged manifest (with complete machines):
 * the file, line and key where people wrote it. Returns false. */
bool chain_refuse(const struct chain *, const struct key_path *, struct error *err,
                  const char *format, va_list args) __attribute__((format(printf, 4, 0)));
