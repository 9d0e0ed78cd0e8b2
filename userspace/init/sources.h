/*
 * Exports and grants of a graph: from names to what they stand for.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "graph.h"

/* The exports of all services into the graph; a service's stand together. */
void sources_take_exports(struct graph *, struct report *);

/* The grants of all services, which may name any export. A service needs those whose exports it is
 * granted. */
void sources_take_grants(struct graph *, const struct holdings *, struct report *);
