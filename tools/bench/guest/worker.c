/*
 * Work that needs nothing but a processor.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

#define TURNS 100000000

int main(void)
{
    uint64_t state = 1;

    for (uint64_t i = 0; i < TURNS; i++) {
        state = state * 6364136223846793005 + 1442695040888963407;
        __asm__ volatile("" : "+r"(state));
    }
    return state == 0;
}
