/* Goldens: accepted transcripts, one file per stream, under goldens/SCENARIO/.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/buffer.h"
#include "harness/base/error.h"

#include <stdbool.h>

enum golden_state {
    GOLDEN_SAME,
    GOLDEN_DIFFERS, /* the golden and what came are not the same */
    GOLDEN_MISSING, /* there is no golden yet */
};

/* Compares @actual with the file @golden byte for byte. Unless they are the same, adds a unified
 * diff to @diff (from an empty file when the golden is missing; "binary files differ at byte N",
 * from 0, when either has a NUL byte). False when the host could not do it (not: when they differ).
 */
bool golden_compare(const char *golden, const struct buffer *actual, enum golden_state *state,
                    struct buffer *diff, struct error *);

/* Makes @actual the golden, creating folders as needed. */
bool golden_accept(const char *golden, const struct buffer *actual, struct error *);
