/*
 * Checks that count: what a program of this scenario expects of the C library.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The programs use the C library alone. They run on the host, too, against its library: what that
 * one does otherwise, nobody can expect.
 */
#pragma once

#include <stdio.h>
#include <string.h>

static unsigned expectations, disappointments;

#define EXPECT(condition)                                          \
    do {                                                           \
        expectations++;                                            \
        if (!(condition)) {                                        \
            disappointments++;                                     \
            printf("line %d: not so: %s\n", __LINE__, #condition); \
        }                                                          \
    } while (0)

/* Two strings that should be the same. */
#define EXPECT_TEXT(got, wanted)                                                    \
    do {                                                                            \
        const char *text_ = (got);                                                  \
        expectations++;                                                             \
        if (strcmp(text_, wanted) != 0) {                                           \
            disappointments++;                                                      \
            printf("line %d: \"%s\" instead of \"%s\"\n", __LINE__, text_, wanted); \
        }                                                                           \
    } while (0)

/* What a program's main() returns. */
static int verdict(void)
{
    printf("%s %u expectations\n", disappointments ? "not ok" : "ok", expectations);
    return disappointments != 0;
}
