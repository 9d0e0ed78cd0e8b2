/*
 * Who the process is: it knows of no other, and of no users.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "posix/dispatch.h"

#include <errno.h>
#include <string.h>
#include <sys/utsname.h>

#include "abi/version.h"

#define PROCESS 1
#define NOBODY  65534

long identity_getpid(const long *arguments)
{
    (void)arguments;
    return PROCESS;
}

long identity_getppid(const long *arguments)
{
    (void)arguments;
    return 0;
}

long identity_user(const long *arguments)
{
    (void)arguments;
    return NOBODY;
}

long identity_group(const long *arguments)
{
    (void)arguments;
    return NOBODY;
}

/* Another user, group or list of groups. */
long identity_change(const long *arguments)
{
    (void)arguments;
    return -EPERM;
}

/* (to) */
long identity_uname(const long *arguments)
{
    struct utsname *to = (struct utsname *)arguments[0];

    *to = (struct utsname){0};
    strcpy(to->sysname, "capOS");
    strcpy(to->release, CAPOS_VERSION);
    strcpy(to->machine, "x86_64");
    return 0;
}

/* (mask): there is nothing that it could protect. */
long identity_umask(const long *arguments)
{
    (void)arguments;
    return 022;
}
