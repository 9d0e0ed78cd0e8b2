/*
 * Budgets: what a service gets, and whether init has as much as all of them get.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "graph.h"

/* With the kernel's usual amounts for those that the manifest does not say. */
struct funds funds_of(struct manifest_service_reader);

/* Reports each kind of which init has less than all services, and init for them, need. */
void funds_check(const struct graph *, const struct funds *has, struct report *);
