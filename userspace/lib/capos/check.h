/*
 * A kit for programs that test: what they attempt and expect, as lines on the console.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The first thing that is not as expected is printed and ends the process with the code 1.
 */
#pragma once

#include "capos/call.h"

/* Ends the process unless the condition holds; the rest says, like printf, what was expected. */
#define check(condition, ...)                            \
    do {                                                 \
        if (!(condition))                                \
            check_fail(__FILE__, __LINE__, __VA_ARGS__); \
    } while (0)
_Noreturn void check_fail(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Prints "WHAT: done", "WHAT: refused, ..." (by the object) or "WHAT: malformed, ..." (the
 * submission), and ends the process unless the outcome's code is the expected one. */
#define attempt(what, outcome, expected) check_attempt(__FILE__, __LINE__, what, outcome, expected)
void check_attempt(const char *file, int line, const char *what, struct outcome outcome,
                   err_t expected);
