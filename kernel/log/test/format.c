/*
 * Tests log/format.c, mostly against the C library's printf.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "log/format.h"

#include <limits.h>

#include "test/check.h"

/* The text that formatting into SIZE bytes yields, terminated. */
__attribute__((format(printf, 2, 3))) static const char *made(size_t size, const char *format, ...)
{
    static char buffer[512];
    struct text text = text_in(buffer, size);
    va_list list;

    memset(buffer, '#', sizeof(buffer));
    va_start(list, format);
    text_add_list(&text, format, list);
    va_end(list);
    text_end(&text);
    if (buffer[size] != '#')
        return "overflow";
    buffer[text.len] = 0;
    return buffer;
}

/* Ours and the C library's agree. */
#define CHECK_SAME(...)                                    \
    do {                                                   \
        char expected[256];                                \
        snprintf(expected, sizeof(expected), __VA_ARGS__); \
        CHECK_STRING(made(256, __VA_ARGS__), expected);    \
    } while (0)

TEST(numbers_agree_with_printf)
{
    CHECK_SAME("%d %d %d %i", 0, INT_MAX, INT_MIN, -1);
    CHECK_SAME("%ld %ld %lld", LONG_MAX, LONG_MIN, LLONG_MIN);
    CHECK_SAME("%u %lu %llu %zu", UINT_MAX, ULONG_MAX, ULLONG_MAX, (size_t)7);
    CHECK_SAME("%x %lx %llx", 0xbeefu, ULONG_MAX, 0x123456789abcdefULL);
    CHECK_SAME("%5d|%05d|%2d", 42, 42, 12345);
    CHECK_SAME("%5d|%05d|%016lx|%06lu", -42, -42, 0xabcUL, 99UL);
    CHECK_SAME("%*d", 6, 7);
    PASS;
}

TEST(strings_agree_with_printf)
{
    const char unterminated[] = {'a', 'b', 'c'};

    CHECK_SAME("%s|%.2s|%.*s|%c%%", "plain", "cut", 1, "xy", 'z');
    CHECK_SAME("%.*s", (int)sizeof(unterminated), unterminated);
    CHECK_SAME("%.0s%s", "nothing", "");
    PASS;
}

TEST(pointers_have_sixteen_digits)
{
    CHECK_STRING(made(256, "%p", (void *)0x1234), "0x0000000000001234");
    PASS;
}

TEST(foreign_bytes_are_escaped)
{
    CHECK_STRING(made(256, "%s", "a\nb\r\x7f\xff\033"), "a\\x0ab\\x0d\\x7f\\xff\\x1b");
    CHECK_STRING(made(256, "%c", '\n'), "\\x0a");
    PASS;
}

TEST(no_string_is_no_crash)
{
    const char *volatile none = NULL;

    CHECK_STRING(made(256, "%s", none), "(null)");
    PASS;
}

TEST(long_text_is_cut_and_marked)
{
    CHECK_STRING(made(8, "%s", "12345678"), "12345678");
    CHECK_STRING(made(8, "%s", "123456789"), "12345...");
    CHECK_STRING(made(8, "%d", 123456789), "12345...");
    CHECK_STRING(made(4, "\xc3%s", "\n\n"), "\xc3...");
    CHECK_STRING(made(2, "%s", "abc"), "ab");
    CHECK_STRING(made(0, "%s", "abc"), "");
    PASS;
}

int main(void)
{
    RUN(numbers_agree_with_printf);
    RUN(strings_agree_with_printf);
    RUN(pointers_have_sixteen_digits);
    RUN(foreign_bytes_are_escaped);
    RUN(no_string_is_no_crash);
    RUN(long_text_is_cut_and_marked);
    TESTS_END;
}
