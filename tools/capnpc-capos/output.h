/*
 * Text under construction: bounded, and never half written.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What does not fit is dropped and noted in `full`; ask once at the end. Text starts empty with
 * {0} and belongs to whoever calls output_free().
 */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#define OUTPUT_LEN_MAX (8u << 20)
#define OUTPUT_COLUMNS 100

struct output {
    char *at; /* NUL behind; NULL while nothing was put */
    size_t len, room;
    bool full;
};

void put(struct output *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void put_list(struct output *, const char *format, va_list);

/* A function's head, RESULT NAME(PARAMS), without a line end; broken behind commas when it is
 * too long. */
void put_head(struct output *, const char *result, const char *name, const char *params);

/* TEXT, INDENT spaces to the right, as a statement; broken behind commas when it is too long. */
void put_statement(struct output *, unsigned indent, const char *text);

/* A comment above a declaration: TEXT of LEN bytes, foreign, with lines; nothing when it is
 * empty. */
void put_comment(struct output *, const char *indent, const char *text, size_t len);

void output_free(struct output *);
