/* Interfaces in a manifest: from names to ids.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capnp_json/schema.h"
#include "tools/mkmanifest/layers.h"

/* Gives every export and grant of the merged manifest that has an interface its interfaceId, and
 * one that has an id the name, if a schema knows it. */
bool interfaces_resolve(const struct layers *, struct capnp_schema *, struct error *);
