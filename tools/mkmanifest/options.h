/* What the command line says.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "tools/mkmanifest/convert.h"
#include "tools/mkmanifest/image.h"

#define IMPORTS_MAX 16

enum task { TASK_PACKAGE, TASK_SHOW, TASK_CONVERT };

struct options {
    enum task task;
    const char *out;      /* the package */
    const char *manifest; /* JSON; or NULL */
    const char *raw;      /* a manifest as it is; or NULL */
    const char *depfile;  /* or NULL */
    const char *build;    /* where programs of the manifest are */
    struct images images; /* of the arguments */
    struct conversion conversion;
    const char *imports[IMPORTS_MAX + 1];
};

/* Reads the arguments. Exits with 0 when they ask for help, and with 2 when they are wrong. */
void options_read(struct options *, int argc, char **argv);
