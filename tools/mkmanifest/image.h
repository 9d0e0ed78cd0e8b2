/* The programs of a boot package: their names, and the files that they come from.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/buffer.h"
#include "harness/base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* What the kernel's boot/package.c takes. */
#define IMAGES_MAX     64
#define IMAGE_NAME_MAX 63

struct image {
    char *name;
    char *path;
    char *origin; /* what errors about the file begin with: where it was named, and ": " */
};

/* `(struct images){0}` is an empty one; images_fini() releases it. */
struct images {
    struct image all[IMAGES_MAX];
    size_t n;
};

/* Adds a program; all strings are copied. Refuses a name that the kernel would, or that is there.
 */
bool images_add(struct images *, const char *name, const char *path, const char *origin,
                struct error *);

/* Adds the program of an argument NAME=PATH. */
bool images_add_argument(struct images *, const char *argument, struct error *);

bool images_have(const struct images *, const char *name);

void images_fini(struct images *);
