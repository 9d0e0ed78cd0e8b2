/*
 * The end of a detached thread, which gives back the stack that it runs on.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "pthread_impl.h"

hidden _Noreturn void capos_thread_end(void *stack, size_t len);

void __unmapself(void *stack, size_t len)
{
    capos_thread_end(stack, len);
}
