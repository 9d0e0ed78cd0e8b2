/*
 * Has been given a memory object for good, and uses it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

int main(void)
{
    uint32_t pages;

    check(outcome_is_done(memory_info(capos_cap("memory"), &pages)) && pages == 1, "a page");
    console_printf("the memory is mine");
    return 0;
}
