/*
 * Starting processes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What is done with a process's handle is generated: process_wait() and others
 * (abi/kernel.calls.h).
 */
#pragma once

#include <stddef.h>

#include "capos/budget.h"

#define PROCESS_GRANTS_MAX RING_TRANSFERS_MAX

struct process_grant {
    const char *name; /* what it is called in the child */
    cap_t cap;        /* the child gets a copy, unless the request moves it */
};

struct process_request {
    const char *image; /* of the boot package */
    const void *arguments;
    size_t arguments_len;
    const struct process_grant *grants;
    uint32_t n_grants; /* at most PROCESS_GRANTS_MAX */
    uint32_t moves;    /* a bit for each grant that the caller has no more when there is a child */
    struct budget budget;
    uint32_t arena_pages; /* 0: as usual */
};

/* How a process has ended, as process_wait() tells. */
struct process_end {
    enum process_reason reason;
    uint32_t code; /* of exit(); the exception's vector; 0 */
};

struct outcome process_spawn(cap_t processes, const struct process_request *, cap_t *process);

/* The same in the session of a SessionLauncher. */
struct outcome process_launch(cap_t launcher, const struct process_request *, cap_t *process);
