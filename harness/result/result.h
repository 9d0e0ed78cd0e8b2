/* The result of one run of one scenario: the verdict, and all that a reader needs to understand it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The scenario's process writes it to result.json and junit.xml in its run folder as its last act;
 * the runner reads it back. A run that left no readable result.json is an error, whatever its exit
 * status.
 */
#pragma once

#include "harness/base/buffer.h"
#include "harness/base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum verdict {
    VERDICT_PASS,
    VERDICT_FAIL,  /* an assertion or a golden */
    VERDICT_PANIC, /* the kernel panicked and was not expected to */
    VERDICT_RESET, /* triple fault or unexpected reboot */
    VERDICT_HANG,  /* no progress within the limit */
    VERDICT_ERROR, /* the host could not run it: neither a pass nor a fail */
};

/* "pass", "fail", …, as in result.json. */
const char *verdict_name(enum verdict);

struct stream_result {
    char *name;       /* "console", "net0" */
    char *kind;       /* "serial", "packets", "program" */
    char *file;       /* the raw stream in the run folder */
    char *transcript; /* normalised, in the run folder; NULL when none was made */
    char *golden;     /* path from the project's root; NULL when it has none */
    char *state;      /* "same", "differs", "missing", "accepted", "unused", "absent"; NULL without
                         golden */
    char *diff;       /* file in the run folder; NULL when there is no difference */
    char *last;       /* the stream's last lines (at most 20), for failures */
};

struct result {
    char *scenario;
    char *summary;
    char **tags;
    size_t n_tags;
    char *run;     /* the run folder, from the project's root */
    char *started; /* RFC 3339, UTC */
    double seconds;
    double start_seconds; /* share of it until the first machine ran: the harness's own */
    enum verdict verdict;
    char *where;     /* "scenarios/boot/scenario.c:12", or NULL */
    char *expected;  /* what was expected, NULL on a pass */
    char *came;      /* what came instead */
    char *diagnosis; /* backtraces, registers: many lines, or NULL */
    char *repeat;    /* the command that repeats the run */
    struct stream_result *streams;
    size_t n_streams;
    char **files; /* everything else in the run folder worth a link */
    size_t n_files;
};

/* Writes result.json and junit.xml into the folder @run (an absolute or relative path). */
bool result_write(const struct result *, const char *run, struct error *);

/* Reads RUN/result.json. NULL with an error when it is missing, cut off, or not of this form. */
struct result *result_read(const char *run, struct error *);
void result_free(struct result *);

/* One JUnit <testcase> element; the caller writes the <testsuite> around it. */
void result_junit_case(const struct result *, struct buffer *out);
