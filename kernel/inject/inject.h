/*
 * Whether this kernel fails to allocate on demand.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "object/object.h"

/* What the first process gets to say which allocations fail; NULL: this kernel has nothing of the
 * kind. */
extern struct object *const inject_object;
