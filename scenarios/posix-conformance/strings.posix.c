/*
 * <string.h>, <strings.h>, <ctype.h>: at all alignments and lengths, up to the last byte.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "expect.h"

#define SPAN 80

static char from[256], to[256];

/* Nothing outside of the LEN bytes at OFFSET may have changed. */
static int is_untouched(const char *at, size_t offset, size_t len)
{
    for (size_t i = 0; i < sizeof(to); i++) {
        if ((i < offset || i >= offset + len) && at[i] != '#')
            return 0;
    }
    return 1;
}

static void copies(void)
{
    int good = 1;

    for (size_t i = 0; i < sizeof(from); i++)
        from[i] = (char)(i * 7 + 1);
    for (size_t source = 0; source < 17; source++) {
        for (size_t target = 0; target < 17; target++) {
            for (size_t len = 0; len < SPAN; len++) {
                memset(to, '#', sizeof(to));
                good &= memcpy(to + target, from + source, len) == to + target;
                good &= memcmp(to + target, from + source, len) == 0;
                good &= is_untouched(to, target, len);
            }
        }
    }
    EXPECT(good);
}

static void moves(void)
{
    int good = 1;

    for (size_t source = 0; source < 20; source++) {
        for (size_t target = 0; target < 20; target++) {
            for (size_t len = 0; len < SPAN; len++) {
                memcpy(to, from, sizeof(to));
                memmove(to + target, to + source, len);
                good &= memcmp(to + target, from + source, len) == 0;
            }
        }
    }
    EXPECT(good);
}

static void fills(void)
{
    int good = 1;

    for (size_t target = 0; target < 17; target++) {
        for (size_t len = 0; len < SPAN; len++) {
            memset(to, '#', sizeof(to));
            memset(to + target, 0x1c7, len);
            for (size_t i = 0; i < len; i++)
                good &= (unsigned char)to[target + i] == 0xc7;
            good &= is_untouched(to, target, len);
        }
    }
    EXPECT(good);
}

/* The byte that is looked for at each place behind each alignment; and others alike outside. */
static void searches(void)
{
    int good = 1;

    for (size_t begin = 0; begin < 17; begin++) {
        for (size_t len = 0; len < SPAN; len++) {
            memset(to, 'x', sizeof(to));
            to[begin + len] = '\0';
            good &= strlen(to + begin) == len && strnlen(to + begin, len / 2) == len / 2;
            good &= memchr(to + begin, '\0', len + 1) == to + begin + len;
            good &= memchr(to + begin, '\0', len) == NULL;
            good &= strchr(to + begin, '\0') == to + begin + len;
            good &= strchr(to + begin, 'y') == NULL && strrchr(to + begin, 'y') == NULL;
            if (len) {
                to[begin + len - 1] = 'y';
                good &= strchr(to + begin, 'y') == to + begin + len - 1;
                good &= strrchr(to + begin, 'x') == (len > 1 ? to + begin + len - 2 : NULL);
                good &= memrchr(to + begin, 'y', len) == to + begin + len - 1;
            }
        }
    }
    EXPECT(good);
}

static int sign(int value)
{
    return (value > 0) - (value < 0);
}

static void comparisons(void)
{
    EXPECT(sign(strcmp("abc", "abd")) == -1 && sign(strcmp("abc", "ab")) == 1);
    EXPECT(strcmp("", "") == 0 && sign(strcmp("\xff", "a")) == 1);
    EXPECT(sign(memcmp("a\0b", "a\0c", 3)) == -1 && sign(memcmp("\x80", "\x7f", 1)) == 1);
    EXPECT(strncmp("abcX", "abcY", 3) == 0 && sign(strncmp("abc", "abcd", 4)) == -1);
    EXPECT(strncmp("a\0b", "a\0c", 3) == 0 && strncmp("a", "b", 0) == 0);
    EXPECT(strcasecmp("StRaSSe", "sTrAssE") == 0 && sign(strcasecmp("a", "B")) == -1);
    EXPECT(strncasecmp("ABCx", "abcy", 3) == 0);
    EXPECT(sign(strcoll("a", "b")) == -1 && strcoll("x", "x") == 0);
    EXPECT(sign(strverscmp("a9", "a10")) == -1 && sign(strverscmp("a1.010", "a1.01")) == 1);
}

static void joins(void)
{
    char text[16];
    volatile size_t two = 2, three = 3; /* the compiler warns of what is cut here on purpose */

    memset(text, '#', sizeof(text));
    EXPECT(strncpy(text, "ab", 5) == text && memcmp(text, "ab\0\0\0#", 6) == 0);
    EXPECT(strncpy(text, "abcdef", three) == text && memcmp(text, "abc\0\0#", 6) == 0);
    EXPECT(stpcpy(text, "abc") == text + 3 && stpncpy(text, "xy", 5) == text + 2);
    EXPECT_TEXT(strcpy(text, "ab"), "ab");
    EXPECT_TEXT(strcat(text, "cd"), "abcd");
    EXPECT_TEXT(strncat(text, "efgh", two), "abcdef");
    EXPECT(memccpy(text, "one;two", ';', 7) == text + 4 && memcmp(text, "one;", 4) == 0);
    EXPECT(memccpy(text, "one", ';', 3) == NULL);
    EXPECT(mempcpy(text, "12", 2) == text + 2);
}

static void parts(void)
{
    char text[] = ",a,,bc;d,", *state, *rest = text;
    char other[] = "a::b";

    EXPECT(strspn("aabbc", "ab") == 4 && strcspn("aabbc", "c") == 4 && strcspn("abc", "") == 3);
    EXPECT(strpbrk("hello", "xol") != NULL && *strpbrk("hello", "xol") == 'l');
    EXPECT(strpbrk("hello", "xyz") == NULL);
    EXPECT_TEXT(strtok_r(text, ",;", &state), "a");
    EXPECT_TEXT(strtok_r(NULL, ",;", &state), "bc");
    EXPECT_TEXT(strtok_r(NULL, ",;", &state), "d");
    EXPECT(strtok_r(NULL, ",;", &state) == NULL);
    rest = other;
    EXPECT_TEXT(strsep(&rest, ":"), "a");
    EXPECT_TEXT(strsep(&rest, ":"), "");
    EXPECT_TEXT(strsep(&rest, ":"), "b");
    EXPECT(strsep(&rest, ":") == NULL);
}

/* Needles of each length in texts that almost have them. */
static void needles(void)
{
    char text[300], needle[100];
    int good = 1;

    EXPECT(strstr("abc", "") != NULL && strstr("", "a") == NULL);
    EXPECT(strstr("aaaaaab", "aaab") != NULL && strstr("ababac", "abac") != NULL);
    EXPECT(strstr("abcabcabd", "abcabd") != NULL && strstr("aaaaaa", "aab") == NULL);
    EXPECT(strcasestr("xHeLLo", "hello") != NULL);
    EXPECT(memmem("a\0b\0c", 5, "b\0c", 3) != NULL && memmem("ab", 2, "abc", 3) == NULL);
    for (size_t len = 1; len < sizeof(needle); len++) {
        memset(needle, 'a', len - 1);
        needle[len - 1] = 'b';
        needle[len] = '\0';
        memset(text, 'a', sizeof(text) - 1);
        text[sizeof(text) - 1] = '\0';
        good &= strstr(text, needle) == NULL;
        text[250] = 'b';
        good &= strstr(text, needle) == text + 250 - (len - 1);
        if (len == sizeof(needle) - 1)
            break;
    }
    EXPECT(good);
}

static void characters(void)
{
    unsigned letters = 0, digits = 0, spaces = 0, points = 0, controls = 0, others = 0;

    for (int c = 0; c < 128; c++) {
        letters += !!isalpha(c);
        digits += !!isxdigit(c);
        spaces += !!isspace(c);
        points += !!ispunct(c);
        controls += !!iscntrl(c);
        others += tolower(c) != c || toupper(c) != c;
    }
    EXPECT(letters == 52 && digits == 22 && spaces == 6);
    EXPECT(points == 32 && controls == 33 && others == 52);
    EXPECT(!isalpha(EOF) && !isalpha(0xe4) && isblank('\t') && isgraph('~') && !isprint(127));
}

static void copies_of_their_own(void)
{
    char *copy = strdup("text"), *cut = strndup("text", 2);

    EXPECT_TEXT(copy, "text");
    EXPECT_TEXT(cut, "te");
    free(copy);
    free(cut);
    EXPECT(ffs(0) == 0 && ffs(8) == 4 && ffsl(1l << 40) == 41);
    explicit_bzero(to, sizeof(to));
    EXPECT(to[0] == 0 && to[255] == 0);
}

int main(void)
{
    copies();
    moves();
    fills();
    searches();
    comparisons();
    joins();
    parts();
    needles();
    characters();
    copies_of_their_own();
    return verdict();
}
