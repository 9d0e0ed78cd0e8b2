/*
 * ThreadControl (kernel.capnp): what a thread may do to itself.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "object/object.h"

extern struct object thread_control;
