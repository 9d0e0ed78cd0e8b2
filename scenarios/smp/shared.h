/*
 * What init.guest.c tells ends.guest.c to do, and the page that both see.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stdint.h>

#define PROCESSORS_MAX 8

enum end {
    END_PROTECT,
    END_UNMAP,
    END_UNMAP_OBJECT,
    END_EXIT,
    END_FAIL,
    END_TERMINATED,
    END_TERMINATED_ALONE,
    END_WRITTEN,
};

struct shared {
    uint32_t running; /* 1 once all threads run */
    uint32_t looked;  /* 1 once `seen` is what it is */

    /* By thread: counted up for as long as it can; and what it was when it could not any more. */
    uint64_t written[PROCESSORS_MAX], seen[PROCESSORS_MAX];
};
