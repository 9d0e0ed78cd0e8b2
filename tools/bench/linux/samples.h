/*
 * The operations that the Linux guest measures, as Linux's counterparts of capOS's own.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "measure.h"

sample_t sample_null_call; /* getppid */
sample_t sample_clock;     /* clock_gettime(CLOCK_MONOTONIC), by a real system call */
sample_t sample_page_map;  /* map, write to and unmap one page */
sample_t sample_thread;    /* create and join a thread that returns at once */
sample_t sample_process;   /* vfork, exec of /exit, exit, wait */
sample_t sample_park;      /* from waking a thread to its next instruction, on one processor */
sample_t sample_encode;    /* record.capnp's struct, by the C++ library */
sample_t sample_decode;    /* the same, each field read */

/* A request to a process that waits, and its answer of 64 bytes. */
sample_t sample_call; /* 64 bytes through a pipe */
sample_t sample_call_1k;
sample_t sample_call_4k;
sample_t sample_call_session; /* 64 bytes and the caller's credentials, through a UNIX socket */
sample_t sample_call_cap;     /* 64 bytes and a file descriptor through a UNIX socket */

/* From setting an eventfd to the next instruction of a process that waits for it. */
sample_t sample_notify;

/* Print "bench ipc.… FIGURE": how much more two pairs of processes get done than one, on two
 * processors; microseconds of a call to a process on the other processor. */
void measure_pairs(void);
void measure_across(void);

/* Prints "bench ipc.channel FIGURE": ticks of a message of 64 bytes, put and taken. */
void measure_channel(void);

/* Prints "bench kernel.smp RATIO": work done by two processes in the time one needs for its own. */
void measure_smp(void);
