/*
 * What init serves: ServiceDirectory and Power, at one endpoint.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "watch.h"

#define DIRECTORY_USER_DATA (WATCH_USER_DATA + SERVICES_MAX)

/* Begins to receive calls; one operation is in flight from now on. */
void directory_open(struct watch *);

/* Serves the call that the completion brings, and receives the next one. */
void directory_take(const struct ring_completion *);

/* Takes the reception back; who has called since hears that init is gone. */
void directory_close(void);
