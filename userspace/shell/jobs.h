/*
 * The programs that the shell has started and that have not ended yet.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One of them may be in the foreground: it reads what is typed, and what it writes is shown as it is. What the others write is
 * shown line by line, as text, and they have nothing to read. A job is forgotten when nothing of its process is left; its
 * number is never used again.
 */
#pragma once

#include "abi/kernel.capnp.h"
#include "capos/incoming.h"
#include "capos/process.h"
#include "tty.h"

#define JOBS_MAX      16
#define JOB_IMAGE_LEN 64
#define JOB_LINE_LEN  256
#define JOB_STREAMS   3 /* stdin, stdout, stderr */

struct job {
    uint32_t number; /* 0: the place is free */
    char image[JOB_IMAGE_LEN];
    cap_t process;
    uint64_t id;
    struct call waiting; /* for its end */

    /* One of its reads of what is typed, that waits. */
    struct deferred reader; /* CAP_NONE: none */
    uint32_t reader_max;

    /* In the background: the beginning of a line that it wrote. */
    char line[JOB_LINE_LEN];
    size_t line_len;
};

struct job_end {
    struct outcome outcome; /* of waiting for it */
    enum process_reason reason;
    uint32_t code;
};

/* Starts a program, to which streams are granted beside what the request says. The job, or NULL with the outcome. */
struct job *job_start(cap_t processes, const struct process_request *, struct outcome *);

/* Runs it in the foreground until it has ended. */
struct job_end job_run(struct job *);

/* Ends it with all that it started. */
struct outcome job_terminate(struct job *);

/* The job of that number, or NULL; the jobs one after the other, from NULL on. */
struct job *job_find(uint32_t number);
struct job *job_next(const struct job *);

/* Whether it is the one in the foreground. */
bool job_is_foreground(const struct job *);

/* What the one in the foreground reads. */
struct tty *job_tty(void);

/* Its process has ended: the completion of the wait of the job in that place. */
void job_done(uint32_t place, const struct ring_completion *);

/* "exited with code 3", "was ended by fault 14", "was terminated", in a text that lives until the next call. */
const char *job_end_words(const struct job_end *);
