/* The kernel's reports of processes that faulted, and which of them were expected.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A report is a line of the log whose source is `fault`, as "process 3 (crasher): divide error at
 * instruction 0x401000". The bytes come from the machine, so anything may stand there.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FAULT_TEXT = 256, FAULT_PROGRAM = 64 };

struct fault_report {
    char text[FAULT_TEXT];       /* printable, cut to fit */
    char program[FAULT_PROGRAM]; /* the process's, of a-z, 0-9 and -; "" when it is not said so */
    uint64_t instruction;        /* its address, 0 when it is not said */
    bool expected;
};

/* In the order of the log. Zeroed: empty. */
struct fault_log {
    struct fault_report *reports;
    size_t n, room;
};

/* Adds what @line says, if it is a report. True when it is. */
bool fault_log_add(struct fault_log *, const char *line, size_t len);

/* How many reports nobody has expected; @first is the first of them, NULL when there is none. */
size_t fault_log_unexpected(const struct fault_log *, const struct fault_report **first);
