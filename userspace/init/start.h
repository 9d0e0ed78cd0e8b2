/*
 * Starts a service with exactly what the manifest grants it.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/capos.h"
#include "graph.h"

/* The handle is the caller's. */
struct outcome service_start(const struct graph *, uint32_t service, cap_t *process);

/* A client's cookie is this and the index of the service that it is granted to. */
#define COOKIE_FIRST 1
