/*
 * The kernel fails to allocate only when there is no memory.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "inject/inject.h"

struct object *const inject_object = NULL;
