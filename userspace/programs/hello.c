/*
 * Greets whoever its arguments name, or the world.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>

int main(int argc, char **argv)
{
    if (argc < 2)
        puts("hello, world");
    for (int i = 1; i < argc; i++)
        printf("hello, %s\n", argv[i]);
    return ferror(stdout) != 0;
}
