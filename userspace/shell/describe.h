/*
 * Interfaces, structs and enums in words, with their schemas' comments.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capnp_json/schema.h"

/* Shows the node as its schema has it. */
void describe_node(struct schema_node_reader);

/* Shows an interface's methods: "sleep (until :UInt64) -> (nanoseconds :UInt64)". */
void describe_methods(struct schema_node_reader, bool with_comments);
