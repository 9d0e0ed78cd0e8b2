/* Writes a boot package: kernel/abi/package.capnp, flat and canonical.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "tools/mkmanifest/image.h"

/* Replaces the file OUT, whole or not at all, by a package of the manifest (LEN bytes) and the
 * programs in their order, each with its SHA-256. The same contents give the same bytes. */
bool package_write(const char *out, const void *manifest, size_t len, const struct images *,
                   struct error *);
