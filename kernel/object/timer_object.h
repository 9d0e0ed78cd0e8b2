/*
 * Timer (kernel.capnp): time since boot, and sleeps.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "object/object.h"

extern struct object timer_object;
