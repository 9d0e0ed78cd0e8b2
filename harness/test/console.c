/* Console logs as transcripts: grouping, numbering, line ends.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/test/check.h"
#include "harness/transcript/normalise.h"

#include <string.h>

static const struct rule rules[] = {{"addr", "0x[0-9a-f]+", true}};

static void expect(const char *name, const char *log, size_t len, bool by_source,
                   const char *expected)
{
    struct error err = {""};
    struct buffer out = {0};
    struct normaliser *n = normaliser_create(rules, 1, &err);
    check(name, transcript_console(n, log, len, by_source, &out, &err), "%s", err.text);
    check_text(name, buffer_text(&out), expected);
    buffer_fini(&out);
    normaliser_destroy(n);
}

#define EXPECT(name, log, by_source, expected) \
    expect(name, log, sizeof log - 1, by_source, expected)

static void expect_beginning(const char *name, const char *pattern, const char *log,
                             size_t expected)
{
    struct error err = {""};
    size_t start = 99;
    check(name, transcript_beginning(pattern, log, strlen(log), &start, &err), "%s", err.text);
    check(name, start == expected, "it begins at %zu, not at %zu", start, expected);
}

static void test_beginning(void)
{
    struct error err = {""};
    size_t start;
    expect_beginning("begins within a line", "\\[[\\d.]+\\] kernel: capOS",
                     "BdsDxe: x\n\x1b[2J[0.1] kernel: capOS\n[0.2] kernel: capOS\n", 14);
    expect_beginning("begins nowhere", "kernel: ", "BdsDxe: x\n", 0);
    expect_beginning("begins in nothing", "kernel: ", "", 0);
    check("begins at no pattern", !transcript_beginning("(", "x", 1, &start, &err), "no error");
    check_text("begins at no pattern", err.text,
               "where the transcript begins: missing closing parenthesis, at byte 1");
}

int main(void)
{
    EXPECT("empty", "", true, "");
    EXPECT("grouped",
           "SeaBIOS\r\n[0.000001] net: up\n[0.000002] init: one\n\n[1.000003] net: down\n"
           "[1.000004] init: two\n",
           true, "SeaBIOS\n\n\n== init\none\ntwo\n\n== net\nup\ndown\n");
    EXPECT("the other interleaving",
           "[0.000002] init: one\nSeaBIOS\r\n[0.000001] net: up\n[1.000004] init: two\n\n"
           "[1.000003] net: down\n",
           true, "SeaBIOS\n\n\n== init\none\ntwo\n\n== net\nup\ndown\n");
    EXPECT("numbers in the order of the transcript",
           "[0.1] b: 0x20\n[0.1] a: 0x10\n[0.1] a: 0x20\n", true,
           "== a\n<addr:1>\n<addr:2>\n\n== b\n<addr:2>\n");
    EXPECT("a source that begins like another", "[0.1] ab: 1\n[0.1] a: 2\n", true,
           "== a\n2\n\n== ab\n1\n");
    EXPECT("not grouped", "[0.000001] net: up\r\n[0.000002] init: 0x1\n", false,
           "[<time>] net: up\n[<time>] init: <addr:1>\n");
    EXPECT("other forms have no source",
           "[0.1] no colon\n[0.1]x: 1\n[.1] x: 1\n[1] x: 1\n[0.1] : 1\n[0.1] x:1\n[0.1] a b: 1\n",
           true,
           "[0.1] no colon\n[0.1]x: 1\n[.1] x: 1\n[1] x: 1\n[0.1] : 1\n[0.1] x:1\n[0.1] a b: 1\n");
    EXPECT("no text", "[0.1] x:\n[0.1] x: \n", true, "== x\n\n\n");
    EXPECT("no line feed", "[0.1] b: cut", true, "== b\ncut\n\\ no line feed at the end\n");
    EXPECT("no line feed, not grouped", "one\r\ntwo\r", false,
           "one\ntwo\\x0d\n\\ no line feed at the end\n");
    EXPECT("the mark stays with its line", "[0.1] b: x\n[0.1] a: cut", true,
           "== a\ncut\n\\ no line feed at the end\n\n== b\nx\n");
    EXPECT("no false heading", "== init\n[0.1] a: == b\n\\ no line feed at the end\n", true,
           "\\== init\n\\\\ no line feed at the end\n\n== a\n\\== b\n");
    EXPECT("bytes", "a\0b\x1b[1m\xc3\xa4\rc\n", true, "a\\x00b\\x1b[1m\\xc3\\xa4\\x0dc\n");
    test_beginning();
    return check_done();
}
