/*
 * ParkSpace (kernel.capnp): the right to PARK and UNPARK.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It has no methods: the ring's operations name it (ring/park.c).
 */
#include "object/park_space.h"

#include "abi/kernel.capnp.h"

static const struct object_type type = {
    .name = "park space",
    .interface_id = INTERFACE_PARK_SPACE,
};

struct object park_space = {.type = &type, .refs = 1};
