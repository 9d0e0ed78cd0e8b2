/*
 * EntropySource (kernel.capnp): unpredictable bytes.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "object/object.h"

extern struct object entropy_source;
