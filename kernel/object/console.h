/*
 * Console (kernel.capnp): lines of a process in the kernel's log.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "object/object.h"

extern struct object console;
