/*
 * Writes what would do something to a terminal.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>

int main(void)
{
    printf("\x1b[31mred\x1b[0m\r\n\xc2\x9b"
           "2J\a\xff gr\xc3\xbc\xc3\x9f"
           "e\n");
    printf("no end");
    return 0;
}
