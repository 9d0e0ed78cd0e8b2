/*
 * Whether a service is started again, and when.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stdbool.h>

#include "interfaces/manifest.capnp.h"

#define RESTART_LIMIT        5
#define RESTART_BACK_OFF     10000000ull    /* nanoseconds, before the first restart in a row */
#define RESTART_BACK_OFF_MAX 60000000000ull /* before any */
#define RESTART_SETTLED      10000000000ull

/* What the manifest says, with the usual for what it does not. */
struct restart_rule {
    enum manifest_restart_policy policy;
    uint32_t limit;
    uint64_t back_off, settled; /* nanoseconds */
};

enum restart_verdict { RESTART_AGAIN, RESTART_ENDED, RESTART_GIVEN_UP };

struct restart_rule restart_rule_of(struct manifest_restart_reader);

/* A service has ended, well or not, after it ran so many nanoseconds, or could not be started. *ROW
 * counts its restarts in a row. AGAIN: in *DELAY nanoseconds. */
enum restart_verdict restart_decide(const struct restart_rule *, bool failed, uint64_t ran,
                                    uint32_t *row, uint64_t *delay);
