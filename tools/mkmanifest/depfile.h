/* What a package was made from, for make.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/manifest/extends.h"
#include "tools/mkmanifest/image.h"

/* Writes a rule without a recipe: OUT depends on the manifest's files (RAW may be NULL) and the
 * programs. One that is gone is no error for make. */
bool depfile_write(const char *path, const char *out, const char *raw, const struct chain *,
                   const struct images *, struct error *);
