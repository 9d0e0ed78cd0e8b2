/* From a merged manifest to what goes into the package: SystemManifest's message, and the programs.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "tools/mkmanifest/image.h"
#include "tools/mkmanifest/layers.h"

/* Puts the ids of interfaces into the merged manifest. */
bool system_resolve(const struct layers *, struct error *);

/* The same; and adds the manifest's programs, whose paths are relative to the folder BUILD, to the images, and
 * its message to an empty buffer. What init would refuse is refused. The error may have several
 * lines. */
bool system_build(const struct layers *, const char *build, struct images *, struct buffer *message,
                  struct error *);
