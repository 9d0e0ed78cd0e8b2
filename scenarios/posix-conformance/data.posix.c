/*
 * <stdlib.h>, <search.h>, <setjmp.h>, <time.h> and memory: sorting, looking up, jumping, calendars.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <libgen.h>
#include <malloc.h>
#include <search.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "expect.h"

#define MANY 3000

static uint32_t random_next(void)
{
    static uint64_t state = 7;

    state = state * 6364136223846793005 + 1442695040888963407;
    return (uint32_t)(state >> 33);
}

/* --- Sorting --- */

static int compare(const void *left, const void *right)
{
    const int *l = left, *r = right;

    return (*l > *r) - (*l < *r);
}

static int compare_down(const void *left, const void *right, void *calls)
{
    ++*(unsigned *)calls;
    return -compare(left, right);
}

/* Of each length, in several orders. */
static void sorting(void)
{
    static int numbers[MANY];
    int good = 1;
    unsigned calls = 0;

    for (int n = 0; n < MANY; n = n * 3 / 2 + 1) {
        for (int order = 0; order < 4; order++) {
            long sum = 0;

            for (int i = 0; i < n; i++) {
                numbers[i] = order == 0   ? i
                             : order == 1 ? n - i
                                          : (int)random_next() % (order == 2 ? 5 : 100000);
                sum += numbers[i];
            }
            qsort(numbers, (size_t)n, sizeof(int), compare);
            for (int i = 0; i < n; i++) {
                sum -= numbers[i];
                good &= i == 0 || numbers[i - 1] <= numbers[i];
            }
            good &= sum == 0;
        }
    }
    EXPECT(good);
    EXPECT(bsearch(&numbers[100], numbers, 1000, sizeof(int), compare) != NULL);
    EXPECT(bsearch(&(int){-1}, numbers, 1000, sizeof(int), compare) == NULL);
    qsort_r(numbers, 100, sizeof(int), compare_down, &calls);
    EXPECT(calls > 0 && numbers[0] >= numbers[99]);
}

static int compare_words(const void *left, const void *right)
{
    return strcmp(left, right);
}

static unsigned visited;

static void visit(const void *node, VISIT which, int depth)
{
    (void)node;
    (void)depth;
    visited += which == postorder || which == leaf;
}

static void searching(void)
{
    static char words[200][8];
    void *tree = NULL;
    ENTRY entry;
    int good = 1;

    EXPECT(hcreate(300) != 0);
    for (int i = 0; i < 200; i++) {
        snprintf(words[i], sizeof(words[i]), "w%d", i * 7 % 200);
        good &= *(char **)tsearch(words[i], &tree, compare_words) == words[i];
        good &= hsearch((ENTRY){words[i], words[i] + 1}, ENTER) != NULL;
    }
    EXPECT(good);
    EXPECT(tfind("w77", &tree, compare_words) && !tfind("x", &tree, compare_words));
    twalk(tree, visit);
    EXPECT(visited == 200);
    for (int i = 0; i < 200; i++)
        good &= tdelete(words[i], &tree, compare_words) != NULL;
    EXPECT(good && tree == NULL);
    entry.key = "w123";
    EXPECT(hsearch(entry, FIND) && strcmp(hsearch(entry, FIND)->data, "123") == 0);
    entry.key = "none";
    EXPECT(hsearch(entry, FIND) == NULL);
    hdestroy();
}

/* --- Jumps --- */

static jmp_buf here;

/* Out of the middle of sorting. */
static int compare_and_jump(const void *left, const void *right)
{
    if (compare(left, right) > 0)
        longjmp(here, 42);
    return -1;
}

static void jumps(void)
{
    volatile int count = 0, value;
    int numbers[] = {1, 2, 3, 2, 5, 6};

    value = setjmp(here);
    if (count++ == 0)
        qsort(numbers, 6, sizeof(int), compare_and_jump);
    EXPECT(value == 42 && count == 2);
    value = setjmp(here);
    if (count++ == 2)
        longjmp(here, 0);
    EXPECT(value == 1);
}

/* --- Calendars --- */

static time_t seconds(int year, int month, int day, int hour, int minute, int second)
{
    struct tm tm = {.tm_year = year - 1900,
                    .tm_mon = month - 1,
                    .tm_mday = day,
                    .tm_hour = hour,
                    .tm_min = minute,
                    .tm_sec = second};

    return timegm(&tm);
}

static void calendars(void)
{
    time_t now = 951782400; /* 2000-02-29 */
    struct tm tm = {0};
    char text[80];
    int good = 1;

    gmtime_r(&now, &tm);
    EXPECT(tm.tm_year == 100 && tm.tm_mon == 1 && tm.tm_mday == 29 && tm.tm_wday == 2 &&
           tm.tm_yday == 59);
    EXPECT(seconds(1970, 1, 1, 0, 0, 0) == 0 && seconds(2038, 1, 19, 3, 14, 8) == 2147483648);
    EXPECT(seconds(1900, 3, 1, 0, 0, 0) == -2203891200 &&
           seconds(2001, 14, 31, 25, 61, 61) == 1015207321);
    for (int i = 0; i < 20000; i++) {
        time_t at = (time_t)random_next() * 100 - 100000000000;

        gmtime_r(&at, &tm);
        good &= timegm(&tm) == at;
    }
    EXPECT(good);
    gmtime_r(&now, &tm);
    EXPECT(
        strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ %a %b %j %U %V %G %u %y %e %I%p %%", &tm));
    EXPECT_TEXT(text, "2000-02-29T00:00:00Z Tue Feb 060 09 09 2000 2 00 29 12AM %");
    EXPECT(strftime(text, 5, "%Y-%m", &tm) == 0);
    memset(&tm, 0, sizeof(tm));
    EXPECT(strptime("12 Nov 2026 23:59:58", "%d %b %Y %H:%M:%S", &tm) != NULL);
    EXPECT(tm.tm_year == 126 && tm.tm_mon == 10 && tm.tm_mday == 12 && tm.tm_sec == 58);
    EXPECT(strptime("31 Foo", "%d %b", &tm) == NULL);
    EXPECT_TEXT(asctime_r(&(struct tm){.tm_mday = 1, .tm_wday = 4, .tm_year = 70}, text),
                "Thu Jan  1 00:00:00 1970\n");
    setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
    tzset();
    now = seconds(2026, 7, 1, 12, 0, 0);
    localtime_r(&now, &tm);
    EXPECT(tm.tm_hour == 14 && tm.tm_isdst == 1 && mktime(&tm) == now);
    now = seconds(2026, 3, 29, 0, 59, 59);
    EXPECT(localtime_r(&now, &tm)->tm_hour == 1);
    now++;
    EXPECT(localtime_r(&now, &tm)->tm_hour == 3 && difftime(now, now - 5) == 5);
}

/* --- Memory, environment, options --- */

static void memory(void)
{
    void *blocks[500];
    volatile size_t huge = SIZE_MAX / 2; /* the compiler warns of what overflows here on purpose */
    int good = 1;

    for (int i = 0; i < 500; i++) {
        size_t len = random_next() % 3000;

        blocks[i] = malloc(len);
        good &= blocks[i] && (uintptr_t)blocks[i] % 16 == 0 && malloc_usable_size(blocks[i]) >= len;
        memset(blocks[i], i, len);
    }
    for (int i = 0; i < 500; i++)
        free(blocks[i * 7 % 500]);
    EXPECT(good);
    for (size_t align = 16; align <= 4096; align *= 2) {
        void *block = aligned_alloc(align, align * 3);

        good &= block && (uintptr_t)block % align == 0;
        free(block);
    }
    EXPECT(good);
    blocks[0] = calloc(1000, 100);
    for (int i = 0; i < 100000; i++)
        good &= ((char *)blocks[0])[i] == 0;
    ((char *)blocks[0])[0] = 'x';
    blocks[0] = realloc(blocks[0], 300000);
    EXPECT(good && blocks[0] && *(char *)blocks[0] == 'x');
    free(blocks[0]);
    errno = 0;
    EXPECT(calloc(huge, 3) == NULL && errno == ENOMEM);
    free(NULL);
}

static void surroundings(void)
{
    char *arguments[] = {"program", "-a", "-bvalue", "--", "rest", NULL};

    EXPECT(setenv("A", "1", 0) == 0 && setenv("A", "2", 0) == 0 && !strcmp(getenv("A"), "1"));
    EXPECT(setenv("A", "2", 1) == 0 && !strcmp(getenv("A"), "2"));
    EXPECT(putenv("B=3") == 0 && !strcmp(getenv("B"), "3"));
    EXPECT(unsetenv("A") == 0 && getenv("A") == NULL && setenv("=", "x", 1) < 0);
    EXPECT(getopt(5, arguments, "ab:") == 'a');
    EXPECT(getopt(5, arguments, "ab:") == 'b' && !strcmp(optarg, "value"));
    EXPECT(getopt(5, arguments, "ab:") == -1 && optind == 4);
    srand(5);
    int first = rand();
    srand(5);
    EXPECT(rand() == first && rand_r(&(unsigned){1}) >= 0);
    srand48(1);
    EXPECT(lrand48() == 89400484 && drand48() < 1);
    EXPECT(a64l("/") == 1 && !strcmp(l64a(64), "./"));
}

/* An address there and back; NULL: it is none. */
static const char *address(int family, const char *text)
{
    static char back[INET6_ADDRSTRLEN];
    unsigned char bytes[16];

    return inet_pton(family, text, bytes) == 1 ? inet_ntop(family, bytes, back, sizeof(back))
                                               : NULL;
}

static void addresses_and_paths(void)
{
    char path[] = "/usr/lib/", other[] = "file", root[] = "/";

    EXPECT_TEXT(address(AF_INET, "192.168.0.255"), "192.168.0.255");
    EXPECT(!address(AF_INET, "192.168.0.256") && !address(AF_INET, "1.2.3"));
    EXPECT_TEXT(address(AF_INET6, "2001:DB8:0:0:0:0:0:1"), "2001:db8::1");
    EXPECT_TEXT(address(AF_INET6, "::ffff:1.2.3.4"), "::ffff:1.2.3.4");
    EXPECT(!address(AF_INET6, "1::2::3") && !address(AF_INET6, ":1") &&
           !address(AF_INET6, "12345::"));
    EXPECT(htonl(0x01020304) == 0x04030201 && ntohs(0x0102) == 0x0201);
    EXPECT_TEXT(basename(path), "lib");
    EXPECT_TEXT(dirname(strcpy(path, "/usr/lib")), "/usr");
    EXPECT_TEXT(dirname(other), ".");
    EXPECT_TEXT(basename(root), "/");
}

int main(void)
{
    addresses_and_paths();
    sorting();
    searching();
    jumps();
    calendars();
    memory();
    surroundings();
    return verdict();
}
