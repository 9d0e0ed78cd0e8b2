/*
 * A plugin of `capnp compile`: C for capOS, from the request on its standard input.
 * SPDX-License-Identifier: Apache-2.0
 *
 * capnp starts it in the folder for its output. Exit code 1: refused, with the reason on the
 * error output; nothing was written.
 */
#include "generate.h"

#include "capnp/framing.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEGMENTS_MAX 512

static int fail(const char *why)
{
    fprintf(stderr, "capnpc-capos: %s\n", why);
    return 1;
}

/* All of the standard input, aligned for messages; NULL: too long, or no memory, or an error. */
static void *input_read(size_t *len)
{
    size_t room = REQUEST_LEN_MAX;
    void *at = malloc(room);

    if (!at)
        return NULL;
    *len = fread(at, 1, room, stdin);
    if (ferror(stdin) || *len == room) {
        free(at);
        return NULL;
    }
    return at;
}

/* Nothing that was read behind that point is to be believed, nor what was said of it. */
static bool is_used_up(const struct capnp_message *message, size_t len)
{
    return message->budget < len / sizeof(uint64_t);
}

static int run(const void *input, size_t len)
{
    static struct capnp_segment segments[SEGMENTS_MAX];
    static struct files files;
    struct capnp_message message;
    struct request request;
    const char *path = NULL;
    size_t used;
    bool failed;

    if (capnp_open_framed(&message, input, len, segments, SEGMENTS_MAX, &used))
        return fail("the standard input is no request of `capnp compile`");
    message.budget = len / sizeof(uint64_t) * REQUEST_BUDGET;
    request_open(&request, &message);
    generate(&request, &files);
    failed = is_used_up(&message, len) || is_refused(&request.refusal);
    if (is_used_up(&message, len))
        fail("the schema is too large, or its request leads to the same things again and again");
    else if (failed)
        fprintf(stderr, "%s\n", request.refusal.text);
    else if ((path = files_write(&files)))
        fprintf(stderr, "capnpc-capos: %s: %s\n", path, strerror(errno));
    files_free(&files);
    request_close(&request);
    return path || failed;
}

int main(void)
{
    size_t len;
    void *input = input_read(&len);
    int code;

    if (!input)
        return fail("the request cannot be read, or is too long");
    code = run(input, len);
    free(input);
    return code;
}
