/*
 * The endpoints of a graph's exports, and of what init serves itself.
 * SPDX-License-Identifier: Apache-2.0
 *
 * init makes them before the first service starts and holds them until it ends. So the clients of a
 * service outlive it: calls that it had received end as disconnected when it does, later ones wait
 * for its next instance, and all are refused (disconnected) once the endpoint is closed, because
 * there will be no next one.
 */
#pragma once

#include "capos/capos.h"
#include "graph.h"

struct outcome exports_open(const struct graph *);

/* The serving side of an export, by its index in the graph, or of what init serves. Nobody else's
 * to release. */
cap_t exports_server(uint32_t export);
cap_t exports_own(void);

/* A client of it, the caller's to release; its calls carry the cookie. */
struct outcome exports_mint(const struct graph *, const struct graph_grant *, uint64_t cookie,
                            cap_t *client);

/* Those of a service that will not run again. */
void exports_close(const struct graph *, uint32_t service);
