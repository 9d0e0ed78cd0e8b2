/* The janitor: ends the machines of a scenario's process that is gone, however it went.
 * SPDX-License-Identifier: Apache-2.0
 *
 * libvirt's embedded driver leaves QEMU running when its process dies. So before the first machine
 * starts, a small process is forked off that shares nothing with its parent but the slot's lock and
 * a pipe that nobody writes to: when the parent ends (returns, is interrupted, crashes, is killed),
 * the pipe reads as closed, the janitor sweeps the slot and ends too, which frees the slot.
 */
#pragma once

#include "harness/base/error.h"

#include <stdbool.h>

/* Forks the janitor of the slot with the root folder @root. Call it before any thread is started.
 */
bool janitor_start(const char *root, int slot_lock, struct error *);

/* Kills every process of this user whose command line names a path of libvirt's in @root (machines), or whose environment
 * says CAPOS_SLOT=@root (programs that the scenario started, and theirs), until there is none, and removes the state that libvirt and QEMU keep there while machines run. */
void janitor_sweep(const char *root);
