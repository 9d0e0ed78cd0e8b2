/*
 * System calls of musl: calls of the library's dispatcher (userspace/lib/posix/dispatch.c).
 * SPDX-License-Identifier: Apache-2.0
 *
 * Takes the place of musl's file of this name, which executes SYSCALL with Linux's numbers. There
 * is no vdso: the dispatcher reads the clock without entering the kernel.
 */
#define __SYSCALL_LL_E(x) (x)
#define __SYSCALL_LL_O(x) (x)

#define IPC_64 0

hidden long capos_syscall(long number, long a, long b, long c, long d, long e, long f);

static __inline long __syscall0(long n)
{
    return capos_syscall(n, 0, 0, 0, 0, 0, 0);
}

static __inline long __syscall1(long n, long a)
{
    return capos_syscall(n, a, 0, 0, 0, 0, 0);
}

static __inline long __syscall2(long n, long a, long b)
{
    return capos_syscall(n, a, b, 0, 0, 0, 0);
}

static __inline long __syscall3(long n, long a, long b, long c)
{
    return capos_syscall(n, a, b, c, 0, 0, 0);
}

static __inline long __syscall4(long n, long a, long b, long c, long d)
{
    return capos_syscall(n, a, b, c, d, 0, 0);
}

static __inline long __syscall5(long n, long a, long b, long c, long d, long e)
{
    return capos_syscall(n, a, b, c, d, e, 0);
}

static __inline long __syscall6(long n, long a, long b, long c, long d, long e, long f)
{
    return capos_syscall(n, a, b, c, d, e, f);
}
