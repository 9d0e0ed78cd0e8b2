/*
 * ParkSpace (kernel.capnp): the right to PARK and UNPARK.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "object/object.h"

extern struct object park_space;
