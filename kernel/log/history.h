/*
 * The last lines of the kernel's log, for those who read it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A place in the log is the number of bytes logged before it since boot. What is kept begins and
 * ends with a whole line. Under the kernel lock; only a panic writes without it, and reads no more.
 */
#pragma once

#include "lib/types.h"

#define LOG_HISTORY_LEN 32768

/* Adds a line of LEN bytes, at most LOG_LINE_LEN_MAX, which ends in a line feed; the oldest ones
 * make room. */
void log_history_add(const char *line, size_t len);

struct log_part {
    uint64_t end;  /* the place behind the text */
    uint64_t lost; /* bytes between the place asked for and the text: no longer kept */
    size_t len;    /* of the text */
};

/* Copies whole lines from the place FROM on to TEXT, as many as ROOM has place for. False: there is
 * no such place yet. In the middle of a line, its rest is the first of them. */
bool log_history_read(uint64_t from, char *text, size_t room, struct log_part *part);
