/* Loading a manifest whose text is already in memory.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/buffer.h"
#include "harness/manifest/manifest.h"
#include "harness/manifest/schema.h"

/* As manifest_load(), for a schema that is read already. With @text, that is the manifest's
 * contents and @path only says where it would stand. */
struct manifest *manifest_build(const char *path, const struct buffer *text, const struct schema *,
                                struct error *);
