/*
 * Writes without end.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>
#include <unistd.h>

int main(void)
{
    char bytes[4000];

    memset(bytes, '#', sizeof(bytes));
    while (write(STDOUT_FILENO, bytes, sizeof(bytes)) > 0)
        ;
    return 1;
}
