/*
 * What the programs of this scenario agree on.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/capos.h"
#include "capos/program.h"

#define INTERFACE_LEVELS 0xb1c44aa8e3f1c9d7

enum { LEVELS_DEEPEST }; /* (level, code of what refused the next one) */

#define LEVELS_MAX 40

/* What level N is given: enough for itself and all below. */
static inline struct budget budget_of(uint64_t level)
{
    uint32_t n = LEVELS_MAX - (uint32_t)level;

    return (struct budget){
        .frames = 128 * n, .objects = 8 * n, .calls = 4 * n, .timers = n, .caps = 32 * n};
}
