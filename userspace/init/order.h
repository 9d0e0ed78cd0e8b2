/*
 * The order in which the services of a graph are started: each behind all that it needs.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "graph.h"

/* Fills graph->order; among those that could be next, the manifest's first one is. A cycle is
 * reported by the names along it, and then the order is of no use. */
void order_find(struct graph *, struct report *);
