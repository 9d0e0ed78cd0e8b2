/*
 * A host test: functions that CHECK, and a main that runs them all.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each test prints one line, "ok NAME" or "not ok NAME: why"; the program fails when any of them
 * did. A failed check ends its test.
 */
#pragma once

#include <stdio.h>
#include <string.h>

static const char *check_name;
static int check_failures;

static int check_failed(const char *what, const char *file, int line)
{
    printf("not ok %s: %s at %s:%d\n", check_name, what, file, line);
    check_failures++;
    return 0;
}

#define CHECK(condition)                                         \
    do {                                                         \
        if (!(condition))                                        \
            return check_failed(#condition, __FILE__, __LINE__); \
    } while (0)

/* Compares strings, and shows what was got. */
#define CHECK_STRING(got, expected)                                             \
    do {                                                                        \
        const char *check_got = (got);                                          \
        if (strcmp(check_got, (expected)) != 0) {                               \
            printf("# got: %s\n", check_got);                                   \
            return check_failed(#got " is not " #expected, __FILE__, __LINE__); \
        }                                                                       \
    } while (0)

/* A test is a function without arguments that ends in PASS. */
#define TEST(name) static int name(void)
#define PASS       return 1

#define RUN(name)                     \
    do {                              \
        check_name = #name;           \
        if (name())                   \
            printf("ok %s\n", #name); \
    } while (0)

#define TESTS_END return check_failures != 0
