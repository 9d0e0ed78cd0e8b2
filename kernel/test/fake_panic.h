/*
 * panic() for host tests: a test can expect it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Include test/check.h before. A panic that nobody expects prints its reason and aborts.
 */
#pragma once

#include <setjmp.h>

#include "diag/panic.h"

/* Where an expected panic goes, and whether one is expected: for CHECK_PANICS alone. */
extern jmp_buf fake_panic_exit;
extern bool fake_panic_expected;

/* The reason of the last panic that was expected. */
const char *fake_panic_reason(void);

/* EXPRESSION panics. Locals that change in the same function are static, or lose their values. */
#define CHECK_PANICS(expression)                                                    \
    do {                                                                            \
        fake_panic_expected = true;                                                 \
        if (setjmp(fake_panic_exit) == 0) {                                         \
            (void)(expression);                                                     \
            fake_panic_expected = false;                                            \
            return check_failed(#expression " does not panic", __FILE__, __LINE__); \
        }                                                                           \
    } while (0)
