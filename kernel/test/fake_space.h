/*
 * Address spaces for host tests: a table of pages instead of page tables.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Implements the spaces of arch.h. A frame that goes back while another processor could still use a
 * translation of it ends the test.
 */
#pragma once

#include "lib/types.h"

struct space;

/* Frames that SPACE has charged: its tables' and its own pages. */
uint32_t fake_space_frames(const struct space *space);
