/* What services are to each other, checked by the code with which init does
 * (userspace/init/graph.h).
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capnp_json/schema.h"
#include "harness/manifest/key.h"
#include "tools/mkmanifest/image.h"

/* Takes one complaint: a key of the merged manifest, and a sentence. */
typedef void check_sayer(void *context, const struct key_path *, const char *text);

/* Whether init would accept the manifest (a flat message) with these programs and what the kernel
 * grants to init. Every complaint is said. */
bool check_system(const struct buffer *manifest, const struct images *, struct capnp_schema *,
                  check_sayer *, void *context);
