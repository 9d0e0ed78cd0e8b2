/*
 * The first function of a native program, which calls its main().
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/start.h"
#include "capos/syscall.h"

int main(void);

/* Called by _start, on the first thread's stack. */
_Noreturn void capos_main(struct ring *ring, const void *arena);
_Noreturn void capos_main(struct ring *ring, const void *arena)
{
    capos_init(ring, arena);
    syscall_exit((uint32_t)main());
}
