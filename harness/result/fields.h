/* The fields of a result as a table: it serves writing, reading and releasing.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/result/result.h"

#include <stdbool.h>
#include <stddef.h>

enum kind {
    TEXT,    /* char * */
    PATH,    /* char *, a file inside the run folder */
    NUMBER,  /* double */
    VERDICT, /* enum verdict */
    TEXTS,   /* char **, and how many at `count` */
    STREAMS, /* struct stream_result *, and how many at `count` */
};

struct field {
    const char *key;
    enum kind kind;
    bool required;
    size_t offset;
    size_t count;
};

extern const struct field result_fields[], stream_fields[];
extern const size_t n_result_fields, n_stream_fields;

/* The names of the verdicts, by their number, and of a golden's states. */
extern const char *const verdict_names[], *const state_names[];
extern const size_t n_verdict_names, n_state_names;

static inline void *field_at(const void *base, size_t offset)
{
    return (char *)base + offset;
}
