/*
 * VirtualMemory (kernel.capnp): anonymous memory of the caller's address space.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "object/object.h"

extern struct object virtual_memory;
