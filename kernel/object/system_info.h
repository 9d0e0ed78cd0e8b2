/*
 * SystemInfo (kernel.capnp): what the machine has, and what is in use.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "object/object.h"

extern struct object system_info;
