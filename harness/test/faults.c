/* Reports of faults: what they say, lines that are none, and which of them were expected.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/stream/faults.h"

#include "harness/test/check.h"

#include <stdlib.h>

/* What is read from a line, as "program|instruction|text", "-" when it is no report. In memory of
 * exactly its size, so that a checker of memory sees a byte too far. */
static void expect(const char *name, const char *line, size_t len, const char *expected)
{
    struct fault_log log = {0};
    char *copy = malloc(len ? len : 1), came[512] = "-";
    if (!copy)
        abort();
    memcpy(copy, line, len);
    bool is = fault_log_add(&log, copy, len);
    check(name, is == (log.n == 1), "%zu reports", log.n);
    if (is)
        snprintf(came, sizeof came, "%s|%llx|%s", log.reports[0].program,
                 (unsigned long long)log.reports[0].instruction, log.reports[0].text);
    check_text(name, came, expected);
    free(copy);
    free(log.reports);
}

#define EXPECT(name, line, expected) expect(name, line, sizeof line - 1, expected)

static void test_reports(void)
{
    EXPECT("report", "[0.1] fault: process 3 (crasher): divide error at instruction 0x4010a2\r",
           "crasher|4010a2|process 3 (crasher): divide error at instruction 0x4010a2");
    EXPECT(
        "report of a page fault",
        "[0.1] fault: process 1 (init-2): page fault: write to 0x8, not present, at instruction "
        "0x401000",
        "init-2|401000|process 1 (init-2): page fault: write to 0x8, not present, at instruction "
        "0x401000");
    EXPECT("a report that says nothing", "[0.1] fault:", "|0|");
    EXPECT("a report of another form", "[0.1] fault: ?", "|0|?");
    EXPECT("the last address counts", "[0.1] fault: (a at instruction 0x1) at instruction 0x2",
           "|2|(a at instruction 0x1) at instruction 0x2");
    EXPECT("an address that is none", "[0.1] fault:  at instruction 0xzz",
           "|0| at instruction 0xzz");
    EXPECT("bytes", "[0.1] fault: \x1b[1m\xff", "|0|?[1m?");
}

/* A program is looked up among those that were built: its name must not lead elsewhere. */
static void test_programs(void)
{
    EXPECT("a path", "[0.1] fault: process 3 (../x): y", "|0|process 3 (../x): y");
    EXPECT("a dot", "[0.1] fault: process 3 (..): y", "|0|process 3 (..): y");
    EXPECT("no name", "[0.1] fault: process 3 (): y", "|0|process 3 (): y");
    EXPECT("an open name", "[0.1] fault: process 3 (x", "|0|process 3 (x");
    char line[FAULT_PROGRAM + 64];
    struct fault_log log = {0};
    int len = snprintf(line, sizeof line, "[0.1] fault: process 3 (%0*d)", FAULT_PROGRAM, 1);
    fault_log_add(&log, line, (size_t)len);
    len = snprintf(line, sizeof line, "[0.1] fault: process 3 (%0*d)", FAULT_PROGRAM - 1, 1);
    fault_log_add(&log, line, (size_t)len);
    if (check("long names", log.n == 2, "%zu reports", log.n)) {
        check_text("a name that is too long", log.reports[0].program, "");
        check("the longest name", strlen(log.reports[1].program) == FAULT_PROGRAM - 1, "%s",
              log.reports[1].program);
    }
    free(log.reports);
}

static void test_no_reports(void)
{
    EXPECT("another source", "[0.1] init: fault: process 3 (x)", "-");
    EXPECT("a source of the same length", "[0.1] panic: process 3 (x)", "-");
    EXPECT("a longer source", "[0.1] fault-injector: process 3 (x)", "-");
    EXPECT("a shorter source", "[0.1] faul: process 3 (x)", "-");
    EXPECT("no line of the log", "fault: process 3 (x)", "-");
    EXPECT("nothing", "", "-");
}

/* A report of @len bytes. */
static void expect_cut(const char *name, int len)
{
    char line[2 * FAULT_TEXT];
    struct fault_log log = {0};
    int line_len = snprintf(line, sizeof line, "[0.1] fault: %0*d", len, 0);
    fault_log_add(&log, line, (size_t)line_len);
    check(name, log.n == 1 && strlen(log.reports[0].text) == FAULT_TEXT - 1, "%zu reports, %zu",
          log.n, strlen(log.reports[0].text));
    free(log.reports);
}

static void test_long(void)
{
    expect_cut("the longest report", FAULT_TEXT - 1);
    expect_cut("a report that is cut by a byte", FAULT_TEXT);
    expect_cut("a report that is much too long", FAULT_TEXT + 20);
}

static void test_expected(void)
{
    enum { MANY = 100 };
    static const char line[] = "[0.1] fault: process 3 (x): y";
    struct fault_log log = {0};
    const struct fault_report *first = NULL;
    check("no faults", fault_log_unexpected(&log, &first) == 0 && !first, "one");
    for (int i = 0; i < MANY; i++)
        fault_log_add(&log, line, sizeof line - 1);
    check("nobody expects anything",
          fault_log_unexpected(&log, &first) == MANY && first == &log.reports[0], "not so");
    log.reports[0].expected = log.reports[MANY / 2].expected = true;
    check("two were expected",
          fault_log_unexpected(&log, &first) == MANY - 2 && first == &log.reports[1], "not so");
    for (int i = 0; i < MANY; i++)
        log.reports[i].expected = true;
    check("all were expected", fault_log_unexpected(&log, &first) == 0 && !first, "not so");
    free(log.reports);
}

int main(void)
{
    test_reports();
    test_programs();
    test_no_reports();
    test_long();
    test_expected();
    return check_done();
}
