/*
 * Numbers in text: printf(), scanf(), strtol(), strtod(), there and back.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE
#include <errno.h>
#include <float.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "expect.h"

static char text[600];

#define EXPECT_PRINT(wanted, ...)                           \
    do {                                                    \
        int n_ = snprintf(text, sizeof(text), __VA_ARGS__); \
        EXPECT_TEXT(text, wanted);                          \
        EXPECT(n_ == (int)strlen(wanted));                  \
    } while (0)

static void print_integers(void)
{
    EXPECT_PRINT("0 -1 2147483647 -2147483648", "%d %d %d %i", 0, -1, INT_MAX, INT_MIN);
    EXPECT_PRINT("4294967295 37777777777 ffffffff FFFFFFFF", "%u %o %x %X", -1, -1, -1, -1);
    EXPECT_PRINT("    7|7    |00007|+7| 7|   +7", "%5d|%-5d|%05d|%+d|% d|%+5d", 7, 7, 7, 7, 7, 7);
    EXPECT_PRINT("00042|  042|     |", "%.5d|%5.3d|%5.0d|%.0d", 42, 42, 0, 0);
    EXPECT_PRINT("0x2a 052 0 0", "%#x %#o %#x %#o", 42, 42, 0, 0);
    EXPECT_PRINT("-128 65535 9223372036854775807", "%hhd %hu %lld", 128, 65535, LLONG_MAX);
    EXPECT_PRINT("18446744073709551615 -9223372036854775808", "%ju %jd", UINTMAX_MAX, INTMAX_MIN);
    EXPECT_PRINT("12 -3 0x0000ff", "%zu %td %#08x", (size_t)12, (ptrdiff_t)-3, 255);
    EXPECT_PRINT("   ab|ab   |a", "%*s|%-*s|%.*s", 5, "ab", 5, "ab", 1, "ab");
    EXPECT_PRINT("b a %", "%2$s %1$s %%", "a", "b");
    EXPECT_PRINT("x  x", "%c%3c", 'x', 'x');
}

static void print_cut(void)
{
    char small[4];
    volatile size_t room = sizeof(small); /* the compiler warns of what is cut here on purpose */
    int n = -1;

    EXPECT(snprintf(small, room, "%s", "abcdef") == 6);
    EXPECT_TEXT(small, "abc");
    EXPECT(snprintf(NULL, 0, "%d", 12345) == 5);
    EXPECT(snprintf(text, sizeof(text), "abc%ndef", &n) == 6 && n == 3);
}

static void print_floats(void)
{
    EXPECT_PRINT("0.000000 -0.000000 1.500000", "%f %f %f", 0.0, -0.0, 1.5);
    EXPECT_PRINT("0 2 2 4 -0", "%.0f %.0f %.0f %.0f %.0f", 0.5, 1.5, 2.5, 3.5, -0.5);
    EXPECT_PRINT("1.234568e+05 1.2E-10 1e+100", "%e %.1E %.0e", 123456.789, 1.23e-10, 1e100);
    EXPECT_PRINT("100000 1e+06 0.0001 1e-05 1.5", "%g %g %g %g %g", 1e5, 1e6, 1e-4, 1e-5, 1.5);
    EXPECT_PRINT("1.00000 1. 1.e+00", "%#g %#.0f %#.0e", 1.0, 1.0, 1.0);
    EXPECT_PRINT("inf -inf nan INF   nan", "%f %e %g %F %5f", INFINITY, -INFINITY, NAN, INFINITY,
                 NAN);
    EXPECT_PRINT("  +inf|00001.5|1.5    ", "%+6f|%07.1f|%-7.1f", INFINITY, 1.5, 1.5);
    EXPECT_PRINT("0x1p+0 0x1.8p+1 -0x1.999999999999ap-4", "%a %a %a", 1.0, 3.0, -0.1);
    EXPECT_PRINT("0x0p+0 0X1.FP+0", "%a %.1A", 0.0, 1.9375);
    EXPECT_PRINT("0.1000000000000000055511151231257827021181583404541015625", "%.55f", 0.1);
    EXPECT_PRINT("179769313486231570814527423731704356798070567525844996598917476803157260780028538"
                 "760589558632766878171540458953514382464234321326889464182768467546703537516986049"
                 "910576551282076245490090389328944075868508455133942304583236903222948165808559332"
                 "123348274797826204144723168738177180919299881250404026184124858368",
                 "%.0f", DBL_MAX);
    EXPECT_PRINT("4.940656458412465441766e-324", "%.21e", 4.9406564584124654e-324);
    EXPECT_PRINT("0.333333333333333333342", "%.21Lf", 1.0L / 3);
}

static void scan(void)
{
    int i, j, n;
    unsigned u;
    long l;
    double d;
    float f;
    char word[20], rest[20], c;
    void *p;

    EXPECT(sscanf("12 -7 0x1f 017", "%d%d%i%i", &i, &j, &n, (int *)&u) == 4);
    EXPECT(i == 12 && j == -7 && n == 31 && u == 15);
    EXPECT(sscanf("abc 5", "%3s%n %u", word, &n, &u) == 2 && n == 3 && u == 5);
    EXPECT(sscanf("1.5e3 -inf", "%lf %f", &d, &f) == 2 && d == 1500 && isinf(f) && f < 0);
    EXPECT(sscanf("0x1.8p1", "%lf", &d) == 1 && d == 3);
    EXPECT(sscanf("key=value;", "%[a-z]=%[^;]%c", word, rest, &c) == 3 && c == ';');
    EXPECT_TEXT(word, "key");
    EXPECT_TEXT(rest, "value");
    EXPECT(sscanf("12345", "%2d%*1d%ld", &i, &l) == 2 && i == 12 && l == 45);
    EXPECT(sscanf("x", "%d", &i) == 0 && sscanf("", "%d", &i) == EOF);
    EXPECT(sscanf("5%", "%d%%%n", &i, &n) == 1 && n == 2);
    EXPECT(sscanf("7, 8", "%d ,%d", &i, &j) == 2 && j == 8);
    EXPECT(sscanf("7 x 8", "%d ,%d", &i, &j) == 1);
    EXPECT(sscanf("0xffff", "%p", &p) == 1 && p == (void *)0xffff);
    EXPECT(sscanf("]x", "%[]x]", word) == 1);
    EXPECT(sscanf("a b", "%ms", (char **)&p) == 1);
    EXPECT_TEXT((char *)p, "a");
    free(p);
}

static void integers(void)
{
    char *end;

    EXPECT(strtol(" \t-12x", &end, 10) == -12 && *end == 'x');
    EXPECT(strtol("0x7f", NULL, 0) == 127 && strtol("077", NULL, 0) == 63);
    EXPECT(strtol("0x", &end, 16) == 0 && *end == 'x');
    EXPECT(strtol("zz", NULL, 36) == 1295 && strtol("", &end, 10) == 0);
    errno = 0;
    EXPECT(strtol("99999999999999999999", NULL, 10) == LONG_MAX && errno == ERANGE);
    errno = 0;
    EXPECT(strtol("-99999999999999999999", NULL, 10) == LONG_MIN && errno == ERANGE);
    errno = 0;
    EXPECT(strtoul("-1", NULL, 10) == ULONG_MAX && errno == 0);
    EXPECT(strtoull("18446744073709551616", NULL, 10) == ULLONG_MAX && errno == ERANGE);
    errno = 0;
    EXPECT(strtol("1", &end, 1) == 0 && errno == EINVAL);
    EXPECT(atoi("-8x") == -8 && atol("5") == 5 && atoll("6") == 6);
    EXPECT(strtoimax("-5", NULL, 10) == -5 && labs(-5l) == 5);
    EXPECT(div(-7, 2).quot == -3 && div(-7, 2).rem == -1);
}

static void floats(void)
{
    char *end;

    EXPECT(strtod("1e2x", &end) == 100 && *end == 'x');
    EXPECT(strtod("1e", &end) == 1 && *end == 'e');
    EXPECT(strtod("  .5", NULL) == 0.5 && strtod("-.5e-1", NULL) == -0.05);
    EXPECT(strtod("0x1.8p-1", NULL) == 0.75 && isinf(strtod("infinity", NULL)));
    EXPECT(isnan(strtod("nan(12)", &end)) && *end == '\0');
    EXPECT(strtod("-", &end) == 0 && *end == '-');
    EXPECT(signbit(strtod("-0", NULL)));
    errno = 0;
    EXPECT(strtod("1e400", NULL) == HUGE_VAL && errno == ERANGE);
    errno = 0;
    EXPECT(strtod("1e-400", NULL) == 0 && errno == ERANGE);
    /* Halfway between two doubles, and a little to each side of it. */
    EXPECT(strtod("9007199254740993", NULL) == 9007199254740992.0);
    EXPECT(strtod("9007199254740993.00000000000000000000000000000000001", NULL) ==
           9007199254740994.0);
    EXPECT(strtod("2.2250738585072011e-308", NULL) == 0x0.fffffffffffffp-1022);
    EXPECT(strtod("2.2250738585072012e-308", NULL) == 0x1p-1022);
    EXPECT(strtod("4.9406564584124654e-324", NULL) == 0x1p-1074);
    EXPECT(strtod("2.4703282292062327e-324", NULL) == 0);
    EXPECT(strtod("2.4703282292062328e-324", NULL) == 0x1p-1074);
    EXPECT(strtod("1.7976931348623157e308", NULL) == DBL_MAX);
    EXPECT(strtof("16777217", NULL) == 16777216 && strtof("3.4028236e38", NULL) == HUGE_VALF);
    EXPECT(strtold("1e4000", NULL) == 1e4000L);
}

/* 17 digits give every double back, 9 every float; the shortest of %g do when there are enough. */
static void there_and_back(void)
{
    uint64_t random = 1;
    int good = 1;

    for (int i = 0; i < 20000; i++) {
        union {
            uint64_t bits;
            double value;
        } d;
        union {
            uint32_t bits;
            float value;
        } f;

        random = random * 6364136223846793005 + 1442695040888963407;
        d.bits = random ^ random >> 29;
        f.bits = (uint32_t)(random >> 32);
        if (isfinite(d.value)) {
            snprintf(text, sizeof(text), "%.17g", d.value);
            good &= strtod(text, NULL) == d.value;
            snprintf(text, sizeof(text), "%a", d.value);
            good &= strtod(text, NULL) == d.value;
        }
        if (isfinite(f.value)) {
            snprintf(text, sizeof(text), "%.9g", (double)f.value);
            good &= strtof(text, NULL) == f.value;
        }
    }
    EXPECT(good);
}

/* A stream in memory, with its positions, its ends and what is put back. */
static void streams(void)
{
    char memory[] = "one 2\nthree", *grown, *line = NULL;
    FILE *stream = fmemopen(memory, strlen(memory), "r");
    size_t len, room = 0;
    int i;

    EXPECT(fgetc(stream) == 'o' && ungetc('O', stream) == 'O' && fgetc(stream) == 'O');
    EXPECT(fscanf(stream, "%*s%d", &i) == 1 && i == 2 && ftell(stream) == 5);
    EXPECT(getline(&line, &room, stream) == 1 && line[0] == '\n');
    EXPECT(getline(&line, &room, stream) == 5 && strcmp(line, "three") == 0);
    EXPECT(fgetc(stream) == EOF && feof(stream) && !ferror(stream));
    rewind(stream);
    EXPECT(!feof(stream) && fread(text, 1, 3, stream) == 3 && memcmp(text, "one", 3) == 0);
    EXPECT(fseek(stream, -2, SEEK_END) == 0 && fgetc(stream) == 'e');
    fclose(stream);
    free(line);
    stream = open_memstream(&grown, &len);
    for (i = 0; i < 1000; i++)
        fprintf(stream, "%d,", i);
    EXPECT(fflush(stream) == 0 && len == 3890 && strcmp(grown + len - 4, "999,") == 0);
    fclose(stream);
    free(grown);
    EXPECT(asprintf(&grown, "%s-%d", "x", 5) == 3);
    EXPECT_TEXT(grown, "x-5");
    free(grown);
}

int main(void)
{
    print_integers();
    print_cut();
    print_floats();
    scan();
    integers();
    floats();
    there_and_back();
    streams();
    return verdict();
}
