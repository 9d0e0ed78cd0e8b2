/* The kernel's log: lines good and hostile, panic reports whole and broken.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/stream/kernel_log.h"

#include "harness/test/check.h"

#include <stdio.h>
#include <stdlib.h>

/* In memory of exactly its size, so that a checker of memory sees a byte too far. */
static char *exactly(const char *line, size_t len)
{
    char *copy = malloc(len ? len : 1);
    if (!copy)
        abort();
    memcpy(copy, line, len);
    return copy;
}

/* The line's parts as "source|text", "-" when it has another form. */
static void expect(const char *name, const char *line, size_t len, const char *expected)
{
    char *copy = exactly(line, len), came[256] = "-";
    struct log_line l;
    if (log_line_parse(copy, len, &l))
        snprintf(came, sizeof came, "%.*s|%.*s", (int)l.source_len, l.source, (int)l.text_len,
                 l.text);
    check_text(name, came, expected);
    free(copy);
}

#define EXPECT(name, line, expected) expect(name, line, sizeof line - 1, expected)

static void test_lines(void)
{
    EXPECT("line", "[0.000001] net: up", "net|up");
    EXPECT("carriage return", "[0.000001] net: up\r", "net|up");
    EXPECT("only the last carriage return", "[0.1] net: up\r\r", "net|up\r");
    EXPECT("many digits", "[12345678901234567890.123456789] x: y", "x|y");
    EXPECT("colons in the text", "[0.1] net: eth0: up", "net|eth0: up");
    EXPECT("a padded time", "[    0.123456] net: up", "net|up");
    EXPECT("a source of several parts", "[0.1] net/eth-0_1.x: up", "net/eth-0_1.x|up");
    EXPECT("no text, no space", "[0.1] net:", "net|");
    EXPECT("no text, no space, carriage return", "[0.1] net:\r", "net|");
    EXPECT("no text", "[0.1] net: ", "net|");
    EXPECT("no text, carriage return", "[0.1] net: \r", "net|");
    EXPECT("text of spaces", "[0.1] net:  x ", "net| x ");
    EXPECT("any bytes in the text", "[0.1] net: \xff\x1b[1m", "net|\xff\x1b[1m");
    struct log_line l;
    check("a zero byte is text", log_line_parse("[0.1] a: x\0y", 12, &l) && l.text_len == 3,
          "refused or cut");
}

static void test_long_source(void)
{
    enum { LONGEST = 64 };
    char line[128], expected[128];
    snprintf(line, sizeof line, "[0.1] %0*d: x", LONGEST, 1);
    snprintf(expected, sizeof expected, "%0*d|x", LONGEST, 1);
    expect("the longest source", line, strlen(line), expected);
    snprintf(line, sizeof line, "[0.1] %0*d: x", LONGEST + 1, 1);
    expect("a longer one is none", line, strlen(line), "-");
}

static void test_other_forms(void)
{
    EXPECT("empty", "", "-");
    EXPECT("bracket", "[", "-");
    EXPECT("carriage return alone", "\r", "-");
    EXPECT("no bracket", "0.1] net: up", "-");
    EXPECT("space before it", " [0.1] net: up", "-");
    EXPECT("no seconds", "[.1] net: up", "-");
    EXPECT("no fraction", "[0.] net: up", "-");
    EXPECT("no point", "[01] net: up", "-");
    EXPECT("a sign", "[-0.1] net: up", "-");
    EXPECT("cut in the time", "[0.1", "-");
    EXPECT("cut after the time", "[0.1]", "-");
    EXPECT("cut after the space", "[0.1] ", "-");
    EXPECT("no space", "[0.1]net: up", "-");
    EXPECT("no colon", "[0.1] net up", "-");
    EXPECT("cut in the source", "[0.1] net", "-");
    EXPECT("only spaces for the seconds", "[  .1] net: up", "-");
    EXPECT("a space in the time", "[0. 1] net: up", "-");
    EXPECT("a colon in the source", "[0.1] a:b: c", "-");
    EXPECT("a byte that no name has", "[0.1] n\xc3\xa4t: up", "-");
    EXPECT("a zero byte in the source", "[0.1] ne\0t: up", "-");
    EXPECT("colon without a space", "[0.1] net:up", "-");
    EXPECT("no source", "[0.1] : up", "-");
    EXPECT("two words before the colon", "[0.1] net eth0: up", "-");
}

static void expect_frame(const char *name, const char *text, bool good, unsigned number,
                         uint64_t address)
{
    char *copy = exactly(text, strlen(text));
    struct log_line line = {.text = copy, .text_len = strlen(text)};
    unsigned n = 0;
    uint64_t a = 0;
    bool came = panic_frame_parse(&line, &n, &a);
    check(name, came == good && (!good || (n == number && a == address)), "%d, frame %u 0x%llx",
          came, n, (unsigned long long)a);
    free(copy);
}

static void test_frames(void)
{
    expect_frame("frame", "frame 3 0xffffffff80100123", true, 3, 0xffffffff80100123);
    expect_frame("largest frame", "frame 999 0x0000000000000000", true, 999, 0);
    expect_frame("number too long", "frame 1000 0xffffffff80100123", false, 0, 0);
    expect_frame("no number", "frame  0xffffffff80100123", false, 0, 0);
    expect_frame("number cut", "frame 3", false, 0, 0);
    expect_frame("address cut", "frame 3 0xffffffff8010012", false, 0, 0);
    expect_frame("address too long", "frame 3 0xffffffff801001234", false, 0, 0);
    expect_frame("capital digits", "frame 3 0xFFFFFFFF80100123", false, 0, 0);
    expect_frame("no address", "frame 3 0xffffffff8010012g", false, 0, 0);
    expect_frame("more text", "frame 3 0xffffffff80100123 x", false, 0, 0);
    expect_frame("another word", "frames 3 0xffffffff80100123", false, 0, 0);
    expect_frame("nothing", "", false, 0, 0);
}

/* Adds lines, in memory of exactly their size; gives how many were part of a report. */
static int add(struct panic_report *r, const char *const *lines)
{
    int n = 0;
    for (; *lines; lines++) {
        char *copy = exactly(*lines, strlen(*lines));
        n += panic_report_add(r, copy, strlen(*lines));
        free(copy);
    }
    return n;
}

#define ADD(r, ...) add(r, (const char *const[]){__VA_ARGS__, NULL})

#define FRAME_0 "[1.5] panic: frame 0 0xffffffff80100123\r"
#define FRAME_1 "[1.5] panic: frame 1 0xffffffff80100456\r"
#define END     "[1.5] panic: end\r"

static void test_complete(void)
{
    struct panic_report r = {0};
    int n = ADD(&r, "[1.4] net: up\r", "[1.5] panic: page fault at 0x8\r",
                "[1.5] panic: rax 0000000000000000\r", FRAME_0, "[1.5] net: down\r", FRAME_1, END);
    check("complete", r.begun && r.complete, "begun %d, complete %d", r.begun, r.complete);
    check("lines of others are none of it", n == 5, "%d lines", n);
    check_text("reason", r.reason, "page fault at 0x8");
    check("frames",
          r.n_frames == 2 && r.frames[0] == 0xffffffff80100123 && r.frames[1] == 0xffffffff80100456,
          "%zu: 0x%llx", r.n_frames, (unsigned long long)r.frames[0]);
}

static void test_no_report(void)
{
    struct panic_report r = {0};
    int n = ADD(&r, "[1.5] net: panic: not really", "panic: no time", "[1.5] panics: no",
                "[1.5] pani: no", "[1.5] PANIC: no", "[1.5] panic:no", "");
    check("no report", n == 0 && !r.begun && !r.complete && !r.n_frames && !*r.reason,
          "%d lines: %s", n, r.reason);
}

static void test_broken(void)
{
    struct panic_report cut = {0}, mixed = {0}, words = {0}, bare = {0};
    ADD(&cut, "[1.5] panic: why", FRAME_0, "[1.5] panic: frame 1 0xffffffff801004", "[1.5] pan");
    check("cut off", cut.begun && !cut.complete && cut.n_frames == 1, "complete %d, %zu frames",
          cut.complete, cut.n_frames);
    ADD(&mixed, FRAME_1, END, FRAME_0, "[1.5] panic: why");
    check("out of order: the frames as they came",
          mixed.complete && mixed.n_frames == 2 && mixed.frames[0] == 0xffffffff80100456 &&
              mixed.frames[1] == 0xffffffff80100123,
          "complete %d, %zu frames", mixed.complete, mixed.n_frames);
    check_text("out of order: the first line is the reason", mixed.reason,
               "frame 1 0xffffffff80100456");
    ADD(&words, "[1.5] panic: why", "[1.5] panic: ending", "[1.5] panic: end ", "[1.5] panic: END");
    check("only \"end\" is the end", !words.complete, "complete");
    ADD(&bare, "[1.5] panic: ");
    check("no reason", bare.begun && !*bare.reason, "%s", bare.reason);
}

static void test_too_much(void)
{
    struct panic_report r = {0};
    char line[2 * PANIC_REASON], expected[PANIC_REASON];
    int len = snprintf(line, sizeof line, "[1.5] panic: \x1b%0*d", PANIC_REASON + 20, 7);
    snprintf(expected, sizeof expected, "?%0*d", PANIC_REASON - 2, 0);
    check("a long line is part of it", panic_report_add(&r, line, (size_t)len), "refused");
    check_text("a long reason is cut and escaped", r.reason, expected);
    for (unsigned i = 0; i < 3 * PANIC_FRAMES; i++) {
        snprintf(line, sizeof line, "[1.5] panic: frame %u 0x%016x", i, i);
        ADD(&r, line);
    }
    ADD(&r, END);
    check("too many frames: the first ones stay",
          r.complete && r.n_frames == PANIC_FRAMES && r.frames[0] == 0 &&
              r.frames[PANIC_FRAMES - 1] == PANIC_FRAMES - 1,
          "complete %d, %zu frames", r.complete, r.n_frames);
    check_text("and the reason", r.reason, expected);
}

int main(void)
{
    test_lines();
    test_long_source();
    test_other_forms();
    test_frames();
    test_complete();
    test_no_report();
    test_broken();
    test_too_much();
    return check_done();
}
