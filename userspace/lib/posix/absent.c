/*
 * What no program can be granted yet: files, pipes and sockets.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "posix/dispatch.h"

#include <errno.h>

/* Without a folder that was granted, no path names anything. */
long absent_file(const long *arguments)
{
    (void)arguments;
    return -ENOENT;
}

/* The system's limit of them is none. */
long absent_pipe(const long *arguments)
{
    (void)arguments;
    return -ENFILE;
}

long absent_socket(const long *arguments)
{
    (void)arguments;
    return -EAFNOSUPPORT;
}
