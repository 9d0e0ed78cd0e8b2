/* Text as XML and HTML character data.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/buffer.h"

/* Adds @text (NULL: nothing) with &, <, > and quotes as entities, and what XML 1.0 does not allow, or is not
 * UTF-8, as \xNN. */
void buffer_add_xml(struct buffer *, const char *text);
