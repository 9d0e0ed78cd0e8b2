/*
 * The schema rich.capnp, for tests.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capnp_json/schema.h"

extern const char rich_request[];
extern const size_t rich_request_len;

#define RICH    0xd8f1c5a37e904b26
#define SERVICE 0xf35b8c6d2a1e9047
#define TOWER   0xa1c4e7f20b3d6859

/* How many groups called "next" stand within each other in TOWER. */
#define TOWER_HEIGHT 16

static inline err_t rich_open(struct capnp_schema *schema)
{
    return capnp_schema_open(schema, rich_request, rich_request_len);
}
