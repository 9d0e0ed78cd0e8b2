/*
 * Faults at once: what an init must not do.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

int main(void)
{
    console_printf("runs, but not for long");
    __builtin_trap();
}
