/*
 * panic() for host tests: a test can expect it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "test/fake_panic.h"

#include <stdio.h>
#include <stdlib.h>

jmp_buf fake_panic_exit;
bool fake_panic_expected;

static char reason[256];

static _Noreturn void end(const char *format, va_list list)
{
    vsnprintf(reason, sizeof(reason), format, list);
    if (!fake_panic_expected) {
        fflush(stdout);
        fprintf(stderr, "panic: %s\n", reason);
        abort();
    }
    fake_panic_expected = false;
    longjmp(fake_panic_exit, 1);
}

const char *fake_panic_reason(void)
{
    return reason;
}

void panic(const char *format, ...)
{
    va_list list;

    va_start(list, format);
    end(format, list); /* does not return, so there is no va_end() to come to */
    /* cppcheck-suppress va_end_missing */
}

void panic_trap(const struct trap_frame *frame, const char *format, ...)
{
    va_list list;

    (void)frame;
    va_start(list, format);
    end(format, list);
    /* cppcheck-suppress va_end_missing */
}
