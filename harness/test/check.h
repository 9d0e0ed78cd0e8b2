/* Host tests: one line per case, "ok NAME" or "not ok NAME: why", and an exit status.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A test is a program; it ends in `return check_done();`.
 */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int check_failures;

/* One case. @why is only read when it failed. */
__attribute__((format(printf, 3, 4), unused)) static bool check(const char *name, bool ok,
                                                                const char *why, ...)
{
    printf("%s %s", ok ? "ok" : "not ok", name);
    if (!ok) {
        va_list args;
        va_start(args, why);
        printf(": ");
        vprintf(why, args);
        va_end(args);
        check_failures++;
    }
    printf("\n");
    fflush(stdout); /* a sanitizer that ends the test takes no result away */
    return ok;
}

/* A case in which a text must come out. */
__attribute__((unused)) static bool check_text(const char *name, const char *came,
                                               const char *expected)
{
    return check(name, strcmp(came, expected) == 0, "expected\n%s\nbut got\n%s", expected, came);
}

__attribute__((unused)) static int check_done(void)
{
    return check_failures > 0;
}
