/* The kernel's log as a scenario sees it: lines "[seconds] source: text", and the panic report in
 * them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Pure parsing of bytes that come from the machine, so anything may stand there.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PANIC_FRAMES = 32, PANIC_REASON = 256 };

struct log_line {
    const char *source, *text; /* into the line, not terminated */
    size_t source_len, text_len;
};

/* Takes a line (with or without its carriage return, never with its line feed) apart. False when it has
 * another form. */
bool log_line_parse(const char *line, size_t len, struct log_line *);

/* The report that a panicking kernel prints: lines of the source `panic`, the last one "end". */
struct panic_report {
    bool begun, complete;
    char reason[PANIC_REASON];     /* the first line's text, escaped, cut to fit */
    uint64_t frames[PANIC_FRAMES]; /* [0]: where it happened; the others return addresses */
    size_t n_frames;
};

/* Adds what @line says, if it is part of a panic report. True when the report changed. */
bool panic_report_add(struct panic_report *, const char *line, size_t len);

/* "frame 3 0xffffffff80100123": the address and where it stands in the text, or false. */
bool panic_frame_parse(const struct log_line *, unsigned *number, uint64_t *address);
