/*
 * Wide characters, UTF-8, regular expressions and patterns.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fnmatch.h>
#include <iconv.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <regex.h>
#include <stdlib.h>
#include <uchar.h>
#include <wchar.h>
#include <wctype.h>

#include "expect.h"

static int is_good(const char *bytes)
{
    wchar_t wide[8];

    return mbstowcs(wide, bytes, 8) != (size_t)-1;
}

static void utf8(void)
{
    mbstate_t state = {0};
    wchar_t wide[16], c;
    char bytes[32];
    const char *at = "a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80";

    EXPECT_TEXT(nl_langinfo(CODESET), "UTF-8");
    EXPECT(mbstowcs(wide, at, 16) == 4 && wide[1] == 0xe4 && wide[2] == 0x20ac &&
           wide[3] == 0x1f600);
    EXPECT(wcstombs(bytes, wide, sizeof(bytes)) == 10 && memcmp(bytes, at, 11) == 0);
    EXPECT(mblen("\xe2\x82\xac", 3) == 3 && mbtowc(&c, "\xc3\xa4", 2) == 2 && c == 0xe4);
    EXPECT(mbrtowc(&c, "\xe2\x82", 2, &state) == (size_t)-2);
    EXPECT(mbrtowc(&c, "\xac", 1, &state) == 1 && c == 0x20ac && mbsinit(&state));
    EXPECT(wctomb(bytes, 0x10ffff) == 4 && wctomb(bytes, 0xd800) == -1);
    EXPECT(!is_good("\xff") && !is_good("\xc3(") && !is_good("\xed\xa0\x80"));
    EXPECT(!is_good("\xc0\x80") && !is_good("\x80"));
    for (unsigned i = 1; i < 0x110000; i += 57) {
        int n = i >= 0xd800 && i < 0xe000 ? 0 : wctomb(bytes, (wchar_t)i);

        if (n)
            EXPECT(mbtowc(&c, bytes, (size_t)n) == n && c == (wchar_t)i);
    }
}

static void wide_strings(void)
{
    wchar_t text[32], *end, *state;
    wchar_t list[] = L"a,b";
    char bytes[32];

    EXPECT(wcslen(L"abc") == 3 && wcscmp(L"a", L"b") < 0 && wcschr(L"abc", L'c') != NULL);
    EXPECT(wcsstr(L"hello", L"ll") != NULL && wcsspn(L"aab", L"a") == 2);
    EXPECT(wcscpy(text, L"ab") == text && wcscat(text, L"cd") == text &&
           wcscmp(text, L"abcd") == 0);
    EXPECT(wmemcmp(wmemset(text, L'x', 3), L"xxx", 3) == 0 && wcsncmp(L"ab", L"ac", 1) == 0);
    EXPECT(wcstok(list, L",", &state) == list && *wcstok(NULL, L",", &state) == L'b');
    EXPECT(wcstol(L"-12x", &end, 10) == -12 && *end == L'x' && wcstod(L"1.5", NULL) == 1.5);
    EXPECT(swprintf(text, 32, L"%d %ls %s", 5, L"w", "\xc3\xa4") == 5 && text[4] == 0xe4);
    EXPECT(swscanf(L"7 word", L"%d %s", &(int){0}, bytes) == 2 && !strcmp(bytes, "word"));
    EXPECT(snprintf(bytes, sizeof(bytes), "%ls|%lc", L"\u20ac", (wint_t)0xe4) == 6);
    EXPECT(iswalpha(0xe4) && iswupper(0xc4) && towupper(0xe4) == 0xc4 && !iswalpha(0x20ac));
    EXPECT(iswctype(L'5', wctype("digit")) && towctrans(L'a', wctrans("toupper")) == L'A');
    EXPECT(wcwidth(L'a') == 1 && wcwidth(0x4e00) == 2 && wcwidth(0x300) == 0);
}

/* Where PATTERN matches TEXT, as "from-to" of the whole and each part; "-" for none. */
static const char *matches(const char *pattern, const char *text, int flags)
{
    static char result[100];
    regmatch_t parts[4];
    regex_t regex;
    char *at = result;

    if (regcomp(&regex, pattern, flags))
        return "bad";
    strcpy(result, "-");
    if (regexec(&regex, text, 4, parts, 0) == 0) {
        for (size_t i = 0; i <= regex.re_nsub && i < 4; i++)
            at += sprintf(at, "%s%d-%d", i ? " " : "", (int)parts[i].rm_so, (int)parts[i].rm_eo);
    }
    regfree(&regex);
    return result;
}

static void regular_expressions(void)
{
    EXPECT_TEXT(matches("a(b*)c", "xxabbbcx", REG_EXTENDED), "2-7 3-6");
    EXPECT_TEXT(matches("^(foo|foobar)$", "foobar", REG_EXTENDED), "0-6 0-6");
    EXPECT_TEXT(matches("(a|ab)(c|bcd)", "abcd", REG_EXTENDED), "0-4 0-1 1-4");
    EXPECT_TEXT(matches("x*", "aaa", REG_EXTENDED), "0-0");
    EXPECT_TEXT(matches("[[:digit:]]{2,3}", "a1b12345", REG_EXTENDED), "3-6");
    EXPECT_TEXT(matches("[^a-c]+", "abcxyz", REG_EXTENDED), "3-6");
    EXPECT_TEXT(matches("\\(a\\)\\1", "xaa", 0), "1-3 1-2");
    EXPECT_TEXT(matches("HELLO", "hello", REG_ICASE), "0-5");
    EXPECT_TEXT(matches("b$", "ab\nc", REG_NEWLINE), "1-2");
    EXPECT_TEXT(matches("a.c",
                        "a\xc3\xa4"
                        "c",
                        REG_EXTENDED),
                "0-4");
    EXPECT_TEXT(matches("nothing", "text", REG_EXTENDED), "-");
    EXPECT_TEXT(matches("a(b", "ab", REG_EXTENDED), "bad");
    EXPECT_TEXT(matches("[a", "a", REG_EXTENDED), "bad");
    EXPECT_TEXT(matches("a{2,1}", "a", REG_EXTENDED), "bad");
    EXPECT_TEXT(matches("(x?)*y", "xxxxxxxxxxxxxxxxxxxxy", REG_EXTENDED), "0-21 19-20");
}

static void patterns(void)
{
    EXPECT(fnmatch("*.c", "file.c", 0) == 0 && fnmatch("*.c", "file.h", 0) == FNM_NOMATCH);
    EXPECT(fnmatch("a?c", "abc", 0) == 0 && fnmatch("[a-c]*[!x]", "bxy", 0) == 0);
    EXPECT(fnmatch("*", "a/b", FNM_PATHNAME) == FNM_NOMATCH && fnmatch("*", ".a", FNM_PERIOD));
    EXPECT(fnmatch("\\*", "*", 0) == 0 && fnmatch("\\*", "\\x", FNM_NOESCAPE) == 0);
    EXPECT(fnmatch("[[:alpha:]]", "z", 0) == 0 && fnmatch("?", "\xc3\xa4", 0) == 0);
    EXPECT(fnmatch("A", "a", FNM_CASEFOLD) == 0 && fnmatch("a*b*c*d", "axxbxxcxx", 0));
}

/* TEXT in another encoding, as far as it goes; what is left is told by the result. */
static size_t convert(const char *to, const char *from, char *text, char *out, size_t room)
{
    iconv_t encodings = iconv_open(to, from);
    size_t len = strlen(text), rest = room;

    memset(out, 0, room);
    if (encodings == (iconv_t)-1)
        return 99;
    iconv(encodings, &text, &len, &out, &rest);
    iconv_close(encodings);
    return len;
}

static void encodings(void)
{
    char out[16];

    EXPECT(convert("ISO-8859-1", "UTF-8", "\xc3\xa4x", out, sizeof(out)) == 0);
    EXPECT_TEXT(out, "\xe4x");
    EXPECT(convert("UTF-16LE", "UTF-8", "\xf0\x9f\x98\x80", out, sizeof(out)) == 0);
    EXPECT(memcmp(out, "\x3d\xd8\x00\xde", 4) == 0);
    EXPECT(convert("UTF-8", "ISO-8859-15", "\xa4", out, sizeof(out)) == 0);
    EXPECT_TEXT(out, "\xe2\x82\xac");
    EXPECT(convert("UTF-8", "UTF-8",
                   "a\xff"
                   "b",
                   out, sizeof(out)) == 2);
    EXPECT(iconv_open("UTF-8", "no such encoding") == (iconv_t)-1);
}

int main(void)
{
    EXPECT(MB_CUR_MAX == 1 || MB_CUR_MAX >= 4);
    EXPECT(setlocale(LC_ALL, "C.UTF-8") != NULL && MB_CUR_MAX >= 4);
    EXPECT(strcmp(localeconv()->decimal_point, ".") == 0);
    utf8();
    wide_strings();
    regular_expressions();
    patterns();
    encodings();
    return verdict();
}
