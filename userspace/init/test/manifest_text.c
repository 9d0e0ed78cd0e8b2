/*
 * Manifests for tests, in the text form of the schema language.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "manifest_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define CAPNP                                               \
    "capnp convert -Ikernel -Iuserspace --quiet text:flat " \
    "userspace/interfaces/manifest.capnp SystemManifest <&%d"

static uint64_t words[65536];
static struct capnp_message message;

static _Noreturn void give_up(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(1);
}

/* An open file with that contents, its quotes made double, and no name. */
static int file_of(const char *text)
{
    FILE *file = tmpfile();
    int copy;

    if (!file)
        give_up("no temporary file");
    for (; *text; text++)
        fputc(*text == '\'' ? '"' : *text, file);
    if (fflush(file) != 0)
        give_up("no room for a temporary file");
    copy = dup(fileno(file));
    fclose(file);
    lseek(copy, 0, SEEK_SET);
    return copy;
}

struct manifest_reader manifest_of(const char *text)
{
    char command[sizeof(CAPNP) + 16];
    int input = file_of(text);
    size_t len;
    FILE *capnp;

    snprintf(command, sizeof(command), CAPNP, input);
    capnp = popen(command, "r");
    if (!capnp)
        give_up("cannot start capnp");
    len = fread(words, 1, sizeof(words), capnp);
    if (pclose(capnp) != 0)
        give_up("capnp refuses a test's manifest");
    close(input);
    capnp_open(&message, words, len);
    return manifest_root(&message);
}
