/*
 * Waiting at words of memory, with the capability ParkSpace.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/park.h"

struct outcome park_wait(cap_t park, const uint32_t *word, uint32_t expected, uint64_t deadline)
{
    return ring_operate(
        &(struct ring_submission){
            .opcode = RING_PARK,
            .cap = park,
            .value = expected,
            .argument = (uint64_t)word,
            .deadline = deadline,
        },
        NULL);
}

struct outcome park_wake(cap_t park, const uint32_t *word, uint32_t n, uint64_t *woken)
{
    return ring_operate(
        &(struct ring_submission){
            .opcode = RING_UNPARK,
            .cap = park,
            .value = n,
            .argument = (uint64_t)word,
        },
        woken);
}
