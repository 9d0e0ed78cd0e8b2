/* Files and folders, with errors that name the path and what to do.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/buffer.h"
#include "harness/base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Adds the whole file to @out. Refuses more than @limit bytes. */
bool file_read(const char *path, size_t limit, struct buffer *out, struct error *);

/* Replaces the file whole or not at all: writes beside it, then renames. A full disk is an error.
 */
bool file_write(const char *path, const void *data, size_t len, struct error *);

bool file_exists(const char *path);

/* mkdir -p */
bool folder_make(const char *path, struct error *);

/* rm -rf, without following links; what is already gone is no error. */
bool folder_remove(const char *path, struct error *);

/* Makes @path a symbolic link to @target, replacing an older link in one step. */
bool link_replace(const char *target, const char *path, struct error *);

/* The part of @path after its last slash. */
const char *path_base(const char *path);
