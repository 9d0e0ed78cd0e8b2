/* A slot: a root folder for libvirt's embedded driver, used by one scenario's process at a time.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The embedded driver wants one root per process and one process per root, a short absolute path
 * (UNIX sockets live under it) and a configuration of its own; and it is slow to start in a fresh
 * root, because it asks QEMU for its capabilities. So roots are kept, as numbered slots under
 * build/lv/ (or, when that path is too long for a socket's, in a private folder of /tmp), and what
 * was learnt about QEMU is shared through build/lv/cache/.
 *
 * A slot is taken by an flock on N.lock. The scenario's process and its janitor hold the same open
 * file, so the slot is free again only when both are gone and the janitor has cleaned up.
 */
#pragma once

#include "harness/base/error.h"

#include <limits.h>
#include <stdbool.h>

struct slot {
    char root[PATH_MAX];   /* libvirt's root */
    char shared[PATH_MAX]; /* the folder of all slots: cache/ and its lock */
    int lock;              /* descriptor that holds the slot */
};

/* Takes a free slot of the build folder @build (absolute) and prepares it, ending what a process
 * that died in it may have left. */
bool slot_take(struct slot *, const char *build, struct error *);

/* Around the first question to QEMU: only one process of a build folder asks at a time, and what
 * one has learnt the next ones find. */
int slot_cache_enter(const struct slot *, struct error *);
void slot_cache_leave(const struct slot *, int token);
