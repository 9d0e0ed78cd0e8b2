/*
 * A thousand who hold what one has derived.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "lease.h"

#define N_HOLDERS 3   /* processes */
#define N_EACH    200 /* capabilities of each */
#define N_OWN     400
