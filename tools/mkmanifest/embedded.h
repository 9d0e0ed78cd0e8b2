/* Files that are part of the program: manifest.schema.json, and the schemas of all interfaces.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stddef.h>

extern const char embedded_schema[];
extern const size_t embedded_schema_len;

/* A CodeGeneratorRequest of every schema in this repository (capnp_json/schema.h), aligned to 8. */
extern const char embedded_request[];
extern const size_t embedded_request_len;
