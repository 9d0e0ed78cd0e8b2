/*
 * The streams of the shell's jobs: one service, whose clients' cookies say which job's and which stream it is.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "jobs.h"

/* Makes the endpoint and begins to serve. Without an EndpointFactory there are no streams, and jobs have none. */
struct outcome streams_open(void);

/* A call has come; or something has ended, and what receiving needs may be there again. */
void streams_serve(const struct ring_completion *);
void streams_resume(void);

/* The clients for a job's streams, by their number: CAP_NONE when there are no streams. The caller drops it. */
struct outcome stream_mint(const struct job *, uint32_t stream, cap_t *client);

/* The job in the foreground may read, or a job has ended. */
void stream_answer(struct job *);
void stream_end(struct job *);
