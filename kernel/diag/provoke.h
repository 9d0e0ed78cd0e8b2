/*
 * Breaks the kernel on purpose, so that tests see how it breaks.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "boot/options.h"

/* Returns for PROVOKE_NONE only. */
void provoke_run(enum provoke how);
