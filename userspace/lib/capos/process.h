/*
 * Clients of ProcessSpawner and ProcessHandle.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/call.h"

#define PROCESS_GRANTS_MAX RING_TRANSFERS_MAX

struct budget {
    uint32_t frames, objects, calls, timers, caps;
};

/* Enough for a small program: an image of some pages, a stack, the rings of a few threads. */
#define BUDGET_SMALL \
    ((struct budget){.frames = 256, .objects = 32, .calls = 64, .timers = 32, .caps = 64})

struct process_grant {
    const char *name; /* what it is called in the child */
    cap_t cap;        /* the child gets a copy */
};

struct process_request {
    const char *image; /* of the boot package */
    const void *arguments;
    size_t arguments_len;
    const struct process_grant *grants;
    uint32_t n_grants; /* at most PROCESS_GRANTS_MAX */
    struct budget budget;
    uint32_t arena_pages; /* 0: as usual */
};

enum process_reason { PROCESS_EXITED, PROCESS_FAULTED, PROCESS_TERMINATED };

struct process_end {
    enum process_reason reason;
    uint32_t code; /* of exit(); the exception's vector; 0 */
};

struct outcome process_spawn(cap_t processes, const struct process_request *, cap_t *process);

/* Waits until nothing of the process is left. */
struct outcome process_wait(cap_t process, struct process_end *end);
struct outcome process_terminate(cap_t process);
struct outcome process_info(cap_t process, uint64_t *id, bool *running);
