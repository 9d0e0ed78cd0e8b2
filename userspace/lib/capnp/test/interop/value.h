/*
 * Random values of the types of any schema.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "userspace/lib/capnp/test/interop/schema.h"

#include <capnp/dynamic.h>

/* Sets some of the fields of TO, and of what is below, down to DEPTH levels. */
void fill_struct(random_source &source, capnp::DynamicStruct::Builder to, int depth);
