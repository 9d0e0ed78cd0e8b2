/* Schemas from files, by Debian's `capnp compile`.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/buffer.h"
#include "harness/base/error.h"

#include <stdbool.h>

/* Adds the CodeGeneratorRequest of the schema in the file at PATH to an empty buffer. IMPORTS,
 * which ends in NULL, are folders in which imports are looked for. */
bool schema_compile(const char *path, const char *const *imports, struct buffer *request,
                    struct error *);
