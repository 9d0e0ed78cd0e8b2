/*
 * A new thread, over ThreadSpawner; every other kind of clone is refused.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdarg.h>

#include "pthread_impl.h"

hidden int capos_clone(int (*run)(void *), void *stack, int flags, void *argument, int *parent_tid,
                       void *tls, volatile int *child_tid);

int __clone(int (*run)(void *), void *stack, int flags, void *argument, ...)
{
    va_list list;
    int *parent_tid;
    void *tls;
    volatile int *child_tid;

    va_start(list, argument);
    parent_tid = va_arg(list, int *);
    tls = va_arg(list, void *);
    child_tid = va_arg(list, volatile int *);
    va_end(list);
    return capos_clone(run, stack, flags, argument, parent_tid, tls, child_tid);
}
