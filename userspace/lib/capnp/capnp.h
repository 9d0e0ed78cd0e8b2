/*
 * All that generated code needs of the Cap'n Proto runtime.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capnp/builder.h"
#include "capnp/copy.h"
#include "capnp/list.h"
#include "capnp/list_builder.h"
#include "capnp/reader.h"
