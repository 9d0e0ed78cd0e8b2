/*
 * ProcessSpawner (kernel.capnp): starts programs of the boot package.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "object/object.h"

extern struct object process_spawner;
