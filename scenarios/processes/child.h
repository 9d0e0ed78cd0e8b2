/*
 * What child.guest.c does: a role, as its argument says.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/capos.h"
#include "capos/program.h"

enum child_role {
    CHILD_RETURN,      /* returns `value` from main() */
    CHILD_EXIT,        /* calls exit(`value`) deep down, with another thread running */
    CHILD_LAST_THREAD, /* its last thread ends with `value` */
    CHILD_SPIN,        /* computes for ever */
    CHILD_SPIN_ALL,    /* the same in three threads */
    CHILD_BLOCK,       /* waits for ever */
    CHILD_BLOCK_ALL,   /* the same in three threads, each in another operation */
    CHILD_ILLEGAL,     /* what faults: an instruction that there is not */
    CHILD_DIVIDE,      /* a division by 0 */
    CHILD_PRIVILEGED,  /* an instruction of the kernel's */
    CHILD_PAGE,        /* memory that there is not */
    CHILD_BREAKPOINT,  /* a breakpoint */
    CHILD_WAIT_SELF,   /* receives a handle of itself from "server", and waits for it */
    CHILD_END_SELF,    /* the same, and terminates it */
    CHILD_COUNT,       /* counts in the page "page" for ever */
    CHILD_LEAVE,       /* starts such a child, and returns */
    CHILD_NEST,        /* starts itself `value` deep, returns how deep that was */
};

struct child_arguments {
    uint32_t role, value;
};

/* For children that start others. */
#define BUDGET_PARENT \
    ((struct budget){.frames = 2048, .objects = 256, .calls = 256, .timers = 128, .caps = 512})

/* Starts a child with all grants of the caller's. */
static inline cap_t child_start(enum child_role role, uint32_t value)
{
    struct child_arguments arguments = {role, value};

    return program_start("child", &arguments, sizeof(arguments), BUDGET_SMALL, NULL, 0);
}
