/*
 * CapTable (kernel.capnp): what the caller's own handles mean.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "object/object.h"

extern struct object cap_table_object;
