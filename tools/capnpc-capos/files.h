/*
 * Files to be written: all of them, or none.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "output.h"

#define FILES_MAX    256
#define PATH_LEN_MAX 256

struct file {
    char path[PATH_LEN_MAX]; /* relative, without ".." */
    struct output text;      /* ours */
};

struct files {
    struct file files[FILES_MAX];
    unsigned n;
};

/* Takes TEXT over, and leaves it empty. False: there are too many files, and TEXT stays the
 * caller's. */
bool files_add(struct files *, const char *path, struct output *text);

/* Writes all of them below the current folder, and makes the folders they need. NULL; or the
 * path that could not be written, with errno: then no file of theirs has changed, unless
 * renaming failed. */
const char *files_write(struct files *);

void files_free(struct files *);
