/*
 * The handlers of all system calls, by subject.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Numbers and meanings are Linux's for x86-64, as musl uses them.
 */
#pragma once

#include "posix/posix.h"

/* memory.c */
posix_handler memory_mmap, memory_munmap, memory_mprotect, memory_mremap, memory_madvise,
    memory_brk;

/* times.c */
posix_handler times_clock_gettime, times_clock_getres, times_nanosleep, times_clock_nanosleep;

/* threads.c */
posix_handler threads_gettid, threads_set_tid_address, threads_set_thread_area, threads_exit,
    threads_sched_yield, threads_sched_getaffinity, threads_get_robust_list,
    threads_set_robust_list;

/* futex.c */
posix_handler futex_futex;

/* entropy.c */
posix_handler entropy_getrandom;

/* descriptors.c */
posix_handler descriptors_close, descriptors_dup, descriptors_dup2, descriptors_dup3,
    descriptors_fcntl;

/* streams.c */
posix_handler streams_read, streams_readv, streams_write, streams_writev, streams_fstat,
    streams_lseek, streams_ioctl, streams_fsync;

/* identity.c */
posix_handler identity_getpid, identity_getppid, identity_user, identity_group, identity_change,
    identity_uname, identity_umask;

/* signals.c */
posix_handler signals_rt_sigaction, signals_rt_sigprocmask, signals_rt_sigpending, signals_tkill,
    signals_tgkill, signals_kill;

/* exit.c */
posix_handler exit_exit_group;

/* absent.c: what the program cannot be granted yet. Each fails as POSIX says for a system without
 * it. */
posix_handler absent_file, absent_pipe, absent_socket;
