/*
 * What the benchmarks between processes share: the other processes.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/capos.h"
#include "capos/program.h"

/* Starts a program with these grants. */
cap_t ipc_start(const char *image, const void *arguments, size_t len,
                const struct process_grant *grants, uint32_t n);

/* Waits for its end, which must be a good one, and releases its handle. */
void ipc_finish(cap_t process);

/* A server that waits for calls, until it is closed. */
struct ipc_server {
    cap_t endpoint, client, process;
};

struct ipc_server ipc_serve(const char *image);
struct ipc_server ipc_serve_keeping(const char *image); /* it is given an argument */
void ipc_close(const struct ipc_server *);

/* A page in which another process can leave a time. */
struct ipc_times {
    cap_t memory;
    volatile uint64_t *first;
};

struct ipc_times ipc_times_create(void);
void ipc_times_destroy(const struct ipc_times *);

/* The parts. */
void ipc_measure_calls(void);
void ipc_measure_revoke(void);
void ipc_measure_session(void);
void ipc_measure_signals(void);
void ipc_measure_pipeline(void);
void ipc_measure_channel(void);
void ipc_measure_pairs(void); /* these two want two processors */
void ipc_measure_across(void);
