/*
 * Executes SYSCALL with Linux's numbers, which mean nothing here; its exit code says how many did
 * something. SPDX-License-Identifier: Apache-2.0
 *
 * capOS has two numbers: 0 submits nothing, as long as nothing is queued, and refuses Linux's
 * arguments for read(); 1 is the end, with what Linux would take for a descriptor as the code.
 */
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

#include "abi/err.h"

#define NUMBERS 500

static long linux_syscall(long number, long a, const void *b, long c)
{
    long result;

    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c)
                     : "rcx", "r11", "memory");
    return result;
}

int main(int argc, char **argv)
{
    static const char text[] = "this is never seen\n";
    char bytes[8];
    int did = 0;

    if (argc == 2 && strcmp(argv[1], "write") == 0)
        linux_syscall(SYS_write, 42, text, sizeof(text));
    for (long number = 2; number < NUMBERS; number++)
        did += linux_syscall(number, 1, text, sizeof(text)) != -ERR_BAD_OPCODE;
    did += linux_syscall(SYS_read, 0, bytes, sizeof(bytes)) != -ERR_BAD_ARGUMENT;
    printf("SYSCALL with Linux's other numbers: %d did something\n", did);
    return did;
}
