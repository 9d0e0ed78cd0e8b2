/*
 * A process that answers requests through pipes, or through a UNIX socket.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stddef.h>

#define ECHO_ROOM   4096
#define ECHO_ANSWER 64

#define ANY_CPU (-1)

/* What its caller writes requests to and reads answers of 64 bytes from. */
struct echo {
    int to, from;
};

/* Starts one that takes requests of LEN bytes, on that processor alone or on any. */
struct echo echo_start(size_t len, int cpu);

/* One that takes 64 bytes and a file descriptor with each, which it closes. */
struct echo echo_start_passing(void);

/* One that takes 64 bytes, and with each the credentials of who calls. */
struct echo echo_start_credentials(void);

/* One call: a request of LEN bytes, and its answer. */
void echo_call(const struct echo *, size_t len);

/* One call that passes a file descriptor. */
void echo_call_passing(const struct echo *, int passed);

/* The processor that the calling process may run on from here on, unless it is any. */
void pin(int cpu);
