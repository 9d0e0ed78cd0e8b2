/*
 * Uses 7 MiB of memory, each page of it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

#define BLOCK      256 /* pages: a MiB */
#define N_BLOCKS   7
#define PAGE_WORDS 512

int main(void)
{
    console_printf("runs");
    for (unsigned i = 0; i < N_BLOCKS; i++) {
        volatile uint64_t *words;
        uint64_t at;

        check(outcome_is_done(vm_map(capos_cap("memory"), 0, BLOCK, ACCESS_READ_WRITE, &at)),
              "MiB number %u", i);
        words = (volatile uint64_t *)at;
        for (unsigned page = 0; page < BLOCK; page++)
            words[page * PAGE_WORDS] = page;
    }
    return 0;
}
