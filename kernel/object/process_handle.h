/*
 * ProcessHandle (kernel.capnp): waits for a process, ends it, looks at it.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "abi/kernel.capnp.h"
#include "object/object.h"

struct process;

extern const struct method process_methods[PROCESS_METHODS];

/* PROCESS has ended: completes some of the waits for it; true while there are more. */
bool process_tell_end(struct process *process);
