/* Rules, numbers, known values and their limits.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/transcript/normalise.h"

#include "harness/test/check.h"

#include <stdlib.h>

static const struct rule rules[] = {
    {"addr", "0x[0-9a-f]+", true}, {"took", "took (\\d+) ms", false}, {"rest", "tail .*", false},
    {"digits", "[0-9]{7}", false}, {"maybe", "maybe( yes)?", false},  {"empty", "q*", false},
};

static const struct {
    const char *name, *line, *expected;
} lines[] = {
    {"nothing to do", "hello", "hello"},
    {"empty", "", ""},
    {"time", "[12.345678] kernel: up", "[<time>] kernel: up"},
    {"padded time", "[   12.345678] up", "[<time>] up"},
    {"time elsewhere", "at [12.345678]", "at [12.345678]"},
    {"no time", "[12] up", "[12] up"},
    {"numbered", "0x10 0x20 0x10", "<addr:1> <addr:2> <addr:1>"},
    {"the next line goes on", "0x20 0x30", "<addr:2> <addr:3>"},
    {"first group", "took 15 ms, took 3 ms", "took <took> ms, took <took> ms"},
    {"a name whole inside a larger one", "tail 0x10", "<rest>"},
    {"group that took no part", "maybe no", "maybe no"},
    {"group that did", "maybe yes", "maybe<maybe>"},
    {"known value", "port 40001: 40001", "port <port:1>: <port:1>"},
    {"only as a word", "140001 40001x _40001 4000", "140001 40001x _40001 4000"},
    {"escapes", "a\x01\xff", "a\\x01\\xff"},
    {"tab stays", "a\tb", "a\tb"},
    {"a text that looks like a name", "<addr:9> 0x10", "<addr:9> <addr:1>"},
};

static char *normalised(struct normaliser *n, const char *line, size_t len)
{
    struct buffer out = {0};
    struct error err = {""};
    if (!normalise_line(n, line, len, &out, &err)) {
        buffer_fini(&out);
        buffer_printf(&out, "error: %s", err.text);
    }
    buffer_add_text(&out, "");
    return out.data;
}

static void expect(const char *name, struct normaliser *n, const char *line, const char *expected)
{
    char *came = normalised(n, line, strlen(line));
    check_text(name, came, expected);
    free(came);
}

static void test_packets(void)
{
    struct error err = {""};
    struct buffer out = {0};
    struct normaliser *n = normaliser_create(NULL, 0, &err);
    static const char line[] = "10.0.2.15.49152 > 10.0.2.2.32767: x 49152 10.0.2.15.49152:";
    normaliser_name(n, "port", "32767");
    check("packet", normalise_packet(n, line, sizeof line - 1, &out, &err), "%s", err.text);
    check_text("ephemeral and known ports share numbers", buffer_text(&out),
               "10.0.2.15.<port:2> > 10.0.2.2.<port:1>: x 49152 10.0.2.15.<port:2>:");
    buffer_fini(&out);
    normaliser_destroy(n);
}

/* Names end where they were made: a later rule cannot take one apart. */
static void test_names_stay_whole(void)
{
    static const struct rule cut[] = {{"first", "x+", true},
                                      {"second", "irst", false},
                                      {"third", "[:1>]+ y", false},
                                      {"fourth", "<first:1>", false}};
    struct error err = {""};
    struct normaliser *n = normaliser_create(cut, 4, &err);
    expect("names stay whole", n, "xx y", "<first:1> y");
    normaliser_destroy(n);
}

static void test_long_line(struct normaliser *n)
{
    static char line[20000];
    memset(line, 'a', sizeof line);
    memcpy(line + 4095, "0x10", 4);         /* over the edge of a piece: not seen */
    memcpy(line + 8192, "[12.345678]", 11); /* at the start of a piece, not of the line */
    memcpy(line + 9000, " 0x10 ", 6);
    char *came = normalised(n, line, sizeof line);
    check("long line",
          strlen(came) == sizeof line - 4 + 8 && strstr(came + 8000, " <addr:1> ") &&
              strstr(came + 8000, "a[12.345678]a"),
          "%zu", strlen(came));
    free(came);
}

static void test_errors(void)
{
    static const struct rule bad[] = {{"good", "a", false}, {"bad", "a(", false}};
    static const struct rule slow[] = {{"slow", "^(a+)+$", false}};
    struct error err = {""};
    struct normaliser *n = normaliser_create(bad, 2, &err);
    check("bad pattern", !n, "allowed");
    check_text("its error", err.text,
               "rule \"bad\": the pattern a(: missing closing parenthesis, at byte 2");
    n = normaliser_create(slow, 1, &err);
    /* 2^18 ways to match: PCRE2's own limit of ten million would let it take its time. */
    expect("match limit", n, "aaaaaaaaaaaaaaaaaab",
           "error: rule \"slow\" on the line \"aaaaaaaaaaaaaaaaaab\": match limit exceeded");
    normaliser_destroy(n);
}

static void test_limits(void)
{
    static const struct rule number[] = {{"n", "[0-9]+", true}};
    struct error err = {""};
    struct buffer out = {0};
    struct normaliser *n = normaliser_create(number, 1, &err);
    int i = 0;
    for (char line[16]; i < 70000; i++) {
        snprintf(line, sizeof line, "%d", i);
        if (!normalise_line(n, line, strlen(line), &out, &err))
            break;
    }
    check("values are bounded", i == 65535 && strstr(err.text, "more than 65536 different values"),
          "%d: %s", i, err.text);
    normaliser_destroy(n);
    n = normaliser_create(NULL, 0, &err);
    for (i = 0; i < 257; i++)
        normaliser_name(n, "v", "value");
    check("known values are bounded", !normalise_line(n, "x", 1, &out, &err), "%s", "allowed");
    normaliser_destroy(n);
    buffer_fini(&out);
}

int main(void)
{
    struct error err = {""};
    struct normaliser *n = normaliser_create(rules, sizeof rules / sizeof rules[0], &err);
    if (!check("rules", n, "%s", err.text))
        return 1;
    normaliser_name(n, "port", "40001");
    normaliser_name(n, "nothing", "");
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        expect(lines[i].name, n, lines[i].line, lines[i].expected);
    test_long_line(n);
    normaliser_destroy(n);
    test_packets();
    test_names_stay_whole();
    test_errors();
    test_limits();
    return check_done();
}
