/*
 * A thread whose stack overflows, on a stack that lies behind another one's: the guard between them ends the process.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <unistd.h>

#include "kit.h"

static volatile int deepest = 1 << 20; /* far more than the stack has room for */

/* Each page is touched, so that the guard is not stepped over. */
__attribute__((noinline)) static int deeper(int depth)
{
    volatile char frame[512];

    frame[0] = (char)depth;
    return depth < deepest ? deeper(depth + 1) + frame[0] : 0;
}

static void *overflow(void *argument)
{
    (void)argument;
    return (void *)(long)deeper(0);
}

static void *wait_for_ever(void *argument)
{
    (void)argument;
    for (;;)
        pause();
    return NULL;
}

int main(void)
{
    start_small(wait_for_ever, NULL, PTHREAD_CREATE_JOINABLE);
    join(start_small(overflow, NULL, PTHREAD_CREATE_JOINABLE));
    printf("no guard\n");
    return 1;
}
