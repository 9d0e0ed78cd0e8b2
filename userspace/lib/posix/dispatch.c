/*
 * From the number of a system call to its handler.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "posix/dispatch.h"

#include <errno.h>
#include <sys/syscall.h>

/* clang-format off */
static posix_handler *const handlers[] = {
    [SYS_mmap] = memory_mmap,
    [SYS_munmap] = memory_munmap,
    [SYS_mprotect] = memory_mprotect,
    [SYS_mremap] = memory_mremap,
    [SYS_madvise] = memory_madvise,
    [SYS_brk] = memory_brk,

    [SYS_clock_gettime] = times_clock_gettime,
    [SYS_clock_getres] = times_clock_getres,
    [SYS_nanosleep] = times_nanosleep,
    [SYS_clock_nanosleep] = times_clock_nanosleep,

    [SYS_gettid] = threads_gettid,
    [SYS_set_tid_address] = threads_set_tid_address,
    [SYS_set_thread_area] = threads_set_thread_area,
    [SYS_exit] = threads_exit,
    [SYS_sched_yield] = threads_sched_yield,
    [SYS_sched_getaffinity] = threads_sched_getaffinity,
    [SYS_get_robust_list] = threads_get_robust_list,
    [SYS_set_robust_list] = threads_set_robust_list,
    [SYS_futex] = futex_futex,

    [SYS_getrandom] = entropy_getrandom,

    [SYS_read] = streams_read,
    [SYS_readv] = streams_readv,
    [SYS_write] = streams_write,
    [SYS_writev] = streams_writev,
    [SYS_close] = descriptors_close,
    [SYS_dup] = descriptors_dup,
    [SYS_dup2] = descriptors_dup2,
    [SYS_dup3] = descriptors_dup3,
    [SYS_fcntl] = descriptors_fcntl,
    [SYS_fstat] = streams_fstat,
    [SYS_lseek] = streams_lseek,
    [SYS_ioctl] = streams_ioctl,
    [SYS_fsync] = streams_fsync,
    [SYS_fdatasync] = streams_fsync,

    [SYS_getpid] = identity_getpid,
    [SYS_getpgrp] = identity_getpid,
    [SYS_getppid] = identity_getppid,
    [SYS_getuid] = identity_user,
    [SYS_geteuid] = identity_user,
    [SYS_getgid] = identity_group,
    [SYS_getegid] = identity_group,
    [SYS_setuid] = identity_change,
    [SYS_setgid] = identity_change,
    [SYS_setreuid] = identity_change,
    [SYS_setregid] = identity_change,
    [SYS_setresuid] = identity_change,
    [SYS_setresgid] = identity_change,
    [SYS_setgroups] = identity_change,
    [SYS_uname] = identity_uname,
    [SYS_umask] = identity_umask,

    [SYS_rt_sigaction] = signals_rt_sigaction,
    [SYS_rt_sigprocmask] = signals_rt_sigprocmask,
    [SYS_rt_sigpending] = signals_rt_sigpending,
    [SYS_tkill] = signals_tkill,
    [SYS_tgkill] = signals_tgkill,
    [SYS_kill] = signals_kill,

    [SYS_exit_group] = exit_exit_group,

    [SYS_open] = absent_file,
    [SYS_openat] = absent_file,
    [SYS_creat] = absent_file,
    [SYS_stat] = absent_file,
    [SYS_lstat] = absent_file,
    [SYS_newfstatat] = absent_file,
    [SYS_access] = absent_file,
    [SYS_faccessat] = absent_file,
    [SYS_readlink] = absent_file,
    [SYS_readlinkat] = absent_file,
    [SYS_chdir] = absent_file,
    [SYS_getcwd] = absent_file,
    [SYS_mkdir] = absent_file,
    [SYS_rmdir] = absent_file,
    [SYS_unlink] = absent_file,
    [SYS_unlinkat] = absent_file,
    [SYS_rename] = absent_file,
    [SYS_link] = absent_file,
    [SYS_symlink] = absent_file,
    [SYS_chmod] = absent_file,
    [SYS_chown] = absent_file,
    [SYS_truncate] = absent_file,
    [SYS_utimensat] = absent_file,
    [SYS_mknod] = absent_file,
    [SYS_statfs] = absent_file,
    [SYS_execve] = absent_file,
    [SYS_pipe] = absent_pipe,
    [SYS_pipe2] = absent_pipe,
    [SYS_socket] = absent_socket,
    [SYS_socketpair] = absent_socket,
};
/* clang-format on */

#define N_HANDLERS (sizeof(handlers) / sizeof(handlers[0]))

/* Called by all of musl (musl/arch/x86_64/syscall_arch.h). */
long capos_syscall(long number, long a, long b, long c, long d, long e, long f);
long capos_syscall(long number, long a, long b, long c, long d, long e, long f)
{
    const long arguments[] = {a, b, c, d, e, f};
    long result = -ENOSYS;

    if (number >= 0 && (unsigned long)number < N_HANDLERS && handlers[number])
        result = handlers[number](arguments);
    if (posix_self.signal_pending & ~posix_self.signal_mask)
        signals_deliver();
    return result;
}

/* The same for a cancellation point, which pthread_cancel() interrupts (musl's syscall_cp.S). */
long capos_syscall_cp(volatile void *cancel, long number, long a, long b, long c, long d, long e,
                      long f);
long capos_syscall_cp(volatile void *cancel, long number, long a, long b, long c, long d, long e,
                      long f)
{
    long result;

    (void)cancel;
    posix_self.interrupt.wanted = true;
    result = capos_syscall(number, a, b, c, d, e, f);
    posix_self.interrupt.wanted = false;
    return result;
}
