/*
 * Tests format.c against the C library's printf.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/format.h"

#include <limits.h>

#include "harness/test/check.h"

/* Ours and the C library's agree, in a buffer of LEN bytes. */
__attribute__((format(printf, 3, 4))) static void same(const char *name, size_t len,
                                                       const char *format, ...)
{
    char ours[64], theirs[64];
    va_list list;

    memset(ours, '#', sizeof(ours));
    va_start(list, format);
    format_text_list(ours, len, format, list);
    va_end(list);
    va_start(list, format);
    vsnprintf(theirs, len, format, list);
    va_end(list);
    check(name, strcmp(ours, theirs) == 0 && ours[len] == '#', "%s instead of %s", ours, theirs);
}

int main(void)
{
    same("text", 40, "%s%s", "one", "");
    same("numbers", 60, "%d %d %d %u", 0, INT_MIN, INT_MAX, UINT_MAX);
    same("long numbers", 60, "%ld %lu", LONG_MIN, ULONG_MAX);
    same("hexadecimal", 40, "%x %lx %x", 0xabc, ULONG_MAX, 0);
    same("characters", 40, "%c%c%%", 'a', 'b');
    same("cut", 8, "%s", "longer than that");
    same("cut number", 4, "%d", 123456);
    same("one byte", 1, "%s", "x");
    return check_done();
}
