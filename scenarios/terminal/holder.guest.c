/*
 * Takes the terminal once it is free, and dies while it reads the second line.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ask.h"

int main(void)
{
    volatile uintptr_t nowhere = 8;
    struct line line;
    struct call call;

    ask("holder: ", 64, TERMINAL_ECHO_VISIBLE, &line);
    console_printf("the terminal was free: \"%s\"", line.text);
    read_submit(&call, LINE, 64, TERMINAL_ECHO_VISIBLE, 0);
    check(ring_enter(ring_mine(), 0, 0) == 1, "a read in flight");
    *(volatile int *)nowhere = 1;
    return 0;
}
