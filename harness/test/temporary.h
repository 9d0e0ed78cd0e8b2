/* A folder for the files of one test, and writing them.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Makes a folder and goes there, so that paths in messages are short and the same every time. */
static inline void temporary_enter(void)
{
    static char folder[] = "/tmp/harness-test-XXXXXX";
    if (!mkdtemp(folder) || chdir(folder)) {
        perror("cannot make a temporary folder");
        exit(2);
    }
}

static inline void temporary_leave(void)
{
    char folder[256];
    if (getcwd(folder, sizeof folder) && chdir("/") == 0)
        folder_remove(folder, NULL);
}

/* Writes a file of the test, with its folders. */
static inline void temporary_write(const char *path, const void *data, size_t len)
{
    struct error err = {""};
    char folder[256];
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash)
        *slash = '\0';
    if ((slash && !folder_make(folder, &err)) || !file_write(path, data, len, &err)) {
        fprintf(stderr, "%s\n", err.text);
        exit(2);
    }
}

static inline void temporary_text(const char *path, const char *text)
{
    temporary_write(path, text, strlen(text));
}
