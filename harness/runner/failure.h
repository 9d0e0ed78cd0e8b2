/* What a run left to say, as text: a failure from top to bottom, and what the goldens did.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The order is the order of questions: what was expected, what came (or the difference), why, what
 * the streams said last, where everything lies, how to repeat it. Each part has at most PART_LINES
 * lines and then names the file that has the rest.
 */
#pragma once

#include "harness/base/buffer.h"
#include "harness/result/result.h"

#include <stdbool.h>

#define PART_LINES 60

/* @folder is the run folder as it can be opened, NULL when there is none. */
void failure_add(struct buffer *, const struct result *, const char *folder, bool colour);

/* Which goldens were compared, with what result; the differences that were accepted. */
void goldens_add(struct buffer *, const struct result *, const char *folder, bool colour);
