/* The expect engine: what is found, in data that comes in any pieces, and what it costs.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/stream/match.h"

#include "harness/test/check.h"

#include <regex.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

enum { NEVER = 120, ALTERNATIVES = 16 }; /* NEVER: seconds */

static struct matcher *create(const struct pattern *patterns, size_t n)
{
    struct error err = {""};
    struct matcher *m = matcher_create(patterns, n, &err);
    if (m)
        return m;
    check("matcher", false, "%s", err.text);
    exit(1);
}

/* Looks in memory of exactly the data's size, so that a checker of memory sees a byte too far. */
static bool find(struct matcher *m, const char *data, size_t from, size_t len, struct match *match)
{
    char *copy = malloc(len ? len : 1);
    if (!copy)
        abort();
    memcpy(copy, data, len);
    bool found = matcher_find(m, copy, from, len, match);
    free(copy);
    return found;
}

/* The match in @data as "WHICH: text", "-" when there is none. */
static void expect(const char *name, const struct pattern *patterns, size_t n, const char *data,
                   size_t from, const char *expected)
{
    char came[256] = "-";
    struct match match;
    struct matcher *m = create(patterns, n);
    if (find(m, data, from, strlen(data), &match))
        snprintf(came, sizeof came, "%zu: %.*s", match.which, (int)(match.end - match.start),
                 data + match.start);
    check_text(name, came, expected);
    matcher_destroy(m);
}

#define EXPECT(name, data, from, expected, ...)                                                \
    expect(name, (const struct pattern[]){__VA_ARGS__},                                        \
           sizeof((const struct pattern[]){__VA_ARGS__}) / sizeof(struct pattern), data, from, \
           expected)
#define LITERAL(text) \
    {                 \
        text, false   \
    }
#define REGEX(text) \
    {               \
        text, true  \
    }

static void test_kinds(void)
{
    EXPECT("literal", "one two\n", 0, "0: two", LITERAL("two"));
    EXPECT("a literal is no expression", "axb\na.b\n", 0, "0: a.b", LITERAL("a.b"));
    EXPECT("a literal across lines", "one\r\ntwo\r\n", 0, "0: one\r\ntwo", LITERAL("one\r\ntwo"));
    EXPECT("a literal that is not there", "on\ne\n", 0, "-", LITERAL("one"));
    EXPECT("expression", "eth0: 52 packets\n", 0, "0: 52 packets", REGEX("\\d+ packets?"));
    EXPECT("an expression stays in its line", "one\ntwo\n", 0, "-", REGEX("one\\s+two"));
    EXPECT("expression at the ends of a line", "a\nready\nb\n", 0, "0: ready", REGEX("^ready$"));
    EXPECT("the end of a line is before its CR", "ready\r\nb", 0, "0: ready", REGEX("ready$"));
    EXPECT("an expression sees no CR LF", "\r\n", 0, "-", REGEX("[\\r\\n]"));
    EXPECT("a CR inside a line stays", "50%\r100%\r\n", 0, "0: \r1", REGEX("\\r."));
    EXPECT("a prompt without a line feed", "boot\nlogin: ", 0, "0: login: ", REGEX("login: "));
    EXPECT("which is no end of a line", "boot\npassed", 0, "-", REGEX("^passed$"));
    EXPECT("no data", "", 0, "-", REGEX("x*"));
}

static void test_alternatives(void)
{
    EXPECT("the earliest wins", "one two three", 0, "2: one", LITERAL("three"), REGEX("t.o"),
           LITERAL("one"));
    EXPECT("of two at one place, the first", "login", 0, "0: log", LITERAL("log"),
           LITERAL("login"));
    EXPECT("whichever that is", "login", 0, "0: login", REGEX("l\\w+"), LITERAL("log"));
    EXPECT("an earlier line wins", "b\na\n", 0, "1: b", REGEX("^a"), REGEX("^b"));
}

static void test_from(void)
{
    EXPECT("what lies before is not looked at", "ok ok\n", 1, "-", REGEX("^ok"));
    EXPECT("the second", "ok 1\nok 2\n", 3, "0: ok 2", REGEX("ok \\d"));
    EXPECT("a literal that begins before", "panic", 1, "-", LITERAL("panic"));
    EXPECT("exactly there", "panic", 2, "0: nic", LITERAL("nic"));
    EXPECT("at the end", "panic", 5, "-", LITERAL("c"), REGEX("c$"));
    EXPECT("no alternative looks before", "a b", 1, "1: b", LITERAL("a"), LITERAL("b"));
}

static void refuse(const char *name, const char *text, bool regex, const char *expected)
{
    struct error err = {""};
    struct matcher *m =
        matcher_create((const struct pattern[]){LITERAL("good"), {text, regex}}, 2, &err);
    check(name, !m, "accepted");
    check_text(name, err.text, expected);
    matcher_destroy(m);
}

static void test_refused(void)
{
    struct error err = {""};
    struct pattern many[ALTERNATIVES + 1];
    refuse("empty literal", "", false, "an empty pattern matches everything");
    refuse("empty expression", "", true, "an empty pattern matches everything");
    refuse("bad expression", "a(b", true, "pattern /a(b/: missing closing parenthesis at offset 3");
    refuse("nothing to repeat", "*", true,
           "pattern /*/: quantifier does not follow a repeatable item at offset 0");
    for (size_t i = 0; i <= ALTERNATIVES; i++)
        many[i] = (struct pattern)LITERAL("x");
    check("no alternatives", !matcher_create(many, 0, &err), "accepted");
    check_text("no alternatives", err.text, "from 1 to 16 alternatives, not 0");
    check("too many alternatives", !matcher_create(many, ALTERNATIVES + 1, &err), "accepted");
    struct matcher *m = matcher_create(many, ALTERNATIVES, &err);
    check("as many as allowed", m != NULL, "%s", err.text);
    matcher_destroy(m);
}

/* The property: whatever pieces the data comes in, what the matcher finds in what is there is what
 * a search through all of it finds. The reference is libc's regexec(), line by line; the patterns
 * are such that POSIX and PCRE2 mean the same. */
static const struct pattern pool[] = {
    LITERAL("a"),    LITERAL("ab"),     LITERAL("aba"),  LITERAL("bb"),
    LITERAL("\n"),   LITERAL("b\na"),   LITERAL("\r\n"), LITERAL("a\r\nb"),
    LITERAL("\n\n"), LITERAL("aabaab"), REGEX("ab*a"),   REGEX("^b+"),
    REGEX("a$"),     REGEX("^(ab)+$"),  REGEX("b.b"),    REGEX("aaaa"),
};
enum { POOL = sizeof pool / sizeof pool[0], DATA_MAX = 64, PICKED_MAX = 3 };

static uint32_t random_state = 1;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * 1664525 + 1013904223;
    return (random_state >> 16) % n;
}

static bool naive_literal(const char *text, const char *data, size_t from, size_t len,
                          struct match *found)
{
    size_t text_len = strlen(text);
    for (size_t at = from; at + text_len <= len; at++) {
        if (memcmp(data + at, text, text_len) != 0)
            continue;
        found->start = at;
        found->end = at + text_len;
        return true;
    }
    return false;
}

static bool naive_regex(const regex_t *regex, const char *data, size_t from, size_t len,
                        struct match *found)
{
    for (size_t at = from; at < len;) {
        char line[DATA_MAX + 1];
        size_t n = 0;
        while (at + n < len && data[at + n] != '\n')
            n++;
        memcpy(line, data + at, n);
        bool whole = at + n < len; /* only a line that has ended has an end */
        line[whole && n && line[n - 1] == '\r' ? n - 1 : n] = '\0';
        regmatch_t place;
        if (regexec(regex, line, 1, &place, whole ? 0 : REG_NOTEOL) == 0) {
            found->start = at + (size_t)place.rm_so;
            found->end = at + (size_t)place.rm_eo;
            return true;
        }
        at += n + 1;
    }
    return false;
}

static bool naive(const size_t *picked, size_t n, const regex_t *compiled, const char *data,
                  size_t from, size_t len, struct match *best)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        const struct pattern *p = &pool[picked[i]];
        struct match found = {.which = i};
        if (p->regex ? !naive_regex(&compiled[picked[i]], data, from, len, &found)
                     : !naive_literal(p->text, data, from, len, &found))
            continue;
        if (!any || found.start < best->start)
            *best = found;
        any = true;
    }
    return any;
}

/* One search: what is looked for where, and after which bytes a piece ends (bit I: after byte I). */
struct trial {
    const regex_t *compiled;
    size_t picked[PICKED_MAX], n;
    char data[DATA_MAX];
    size_t from, len;
    uint64_t cuts;
};

static bool agree(const struct trial *t)
{
    struct pattern patterns[PICKED_MAX];
    for (size_t i = 0; i < t->n; i++)
        patterns[i] = pool[t->picked[i]];
    struct matcher *m = create(patterns, t->n);
    bool same = true;
    for (size_t len = t->from; same && len <= t->len; len++) {
        if (len < t->len && len > 0 && !(t->cuts >> (len - 1) & 1))
            continue;
        struct match came = {0}, expected = {0};
        bool found = find(m, t->data, t->from, len, &came);
        same = found == naive(t->picked, t->n, t->compiled, t->data, t->from, len, &expected) &&
               (!found || (came.which == expected.which && came.start == expected.start &&
                           came.end == expected.end));
    }
    matcher_destroy(m);
    return same;
}

static void randomise(struct trial *t, size_t longest)
{
    t->n = 1 + random_below(PICKED_MAX);
    for (size_t i = 0; i < t->n; i++)
        t->picked[i] = random_below(POOL);
    t->len = random_below((uint32_t)longest + 1);
    for (size_t i = 0; i < t->len; i++)
        t->data[i] = "aaabbb\n\r"[random_below(8)];
    t->from = random_below(4) ? 0 : random_below((uint32_t)t->len + 1);
    t->cuts = (uint64_t)random_below(65536) << 48 | (uint64_t)random_below(65536) << 32 |
              random_below(65536) << 16 | random_below(65536);
}

static void report(const char *name, const struct trial *bad)
{
    char text[4 * DATA_MAX + 1] = "";
    for (size_t i = 0; bad && i < bad->len; i++)
        snprintf(text + strlen(text), 5, bad->data[i] < ' ' ? "\\x%02x" : "%c", bad->data[i]);
    check(name, !bad, "\"%s\" from %zu, cuts %llx, patterns %zu: %zu %zu %zu", text,
          bad ? bad->from : 0, bad ? (unsigned long long)bad->cuts : 0, bad ? bad->n : 0,
          bad ? bad->picked[0] : 0, bad && bad->n > 1 ? bad->picked[1] : 0,
          bad && bad->n > 2 ? bad->picked[2] : 0);
}

static void test_pieces(void)
{
    enum { SHORT = 8, SHORT_TRIALS = 200, LONG_TRIALS = 5000 };
    static regex_t compiled[POOL];
    struct trial t = {.compiled = compiled};
    bool good = true;
    for (size_t i = 0; i < POOL; i++)
        if (pool[i].regex && regcomp(&compiled[i], pool[i].text, REG_EXTENDED))
            abort();
    for (int i = 0; good && i < SHORT_TRIALS; i++) {
        randomise(&t, SHORT);
        for (t.cuts = 0; good && t.cuts < 1u << SHORT; t.cuts++)
            good = agree(&t);
    }
    report("every split of short data", good ? NULL : &t);
    for (int i = 0; good && i < LONG_TRIALS; i++) {
        randomise(&t, DATA_MAX);
        good = agree(&t);
    }
    report("random splits of longer data", good ? NULL : &t);
    for (int i = 0; good && i < LONG_TRIALS; i++) {
        randomise(&t, DATA_MAX);
        t.cuts = UINT64_MAX;
        good = agree(&t);
    }
    report("byte by byte", good ? NULL : &t);
    for (size_t i = 0; i < POOL; i++)
        if (pool[i].regex)
            regfree(&compiled[i]);
}

static void expect_line(const char *name, const char *expression, const char *line, bool expected)
{
    struct error err = {""};
    bool matches = !expected;
    check(name, match_line(expression, line, &matches, &err) && matches == expected,
          "it does%s; %s", matches ? "" : " not", err.text);
}

static void test_line(void)
{
    struct error err = {""};
    bool matches;
    expect_line("a line matches", "^write to 0x[0-9a-f]+$", "write to 0x80", true);
    expect_line("a part of a line", "to 0x", "write to 0x80", true);
    expect_line("a line does not match", "^to", "write to 0x80", false);
    expect_line("an empty line", "^$", "", true);
    check("an expression that is none", !match_line("(", "x", &matches, &err), "no error");
    check("its error", strstr(err.text, "pattern /(/"), "%s", err.text);
}

/* What would take for ever otherwise: the alarm ends the test then. */
static void test_cost(void)
{
    enum { LONG = 1 << 20, PIECE = 4, LINE = 64 };
    EXPECT("an expression over its limit does not match that line",
           "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\naaa\n", 0, "0: aaa",
           REGEX("^(a|aa)+$"));
    char *data = malloc(LONG);
    if (!data)
        abort();
    for (size_t i = 0; i < LONG; i++)
        data[i] = i % LINE == LINE - 1 ? '\n' : 'x';
    struct match match;
    struct matcher *m = create((const struct pattern[]){LITERAL("xy"), REGEX("x+z")}, 2);
    bool found = false;
    for (size_t len = 0; !found && len <= LONG; len += PIECE)
        found = matcher_find(m, data, 0, len, &match);
    check("a long stream in small pieces", !found, "found %zu at %zu", match.which, match.start);
    matcher_destroy(m);
    memset(data, 'x', LONG);
    m = create((const struct pattern[]){LITERAL("xy"), REGEX("x[yz]")}, 2);
    for (size_t len = 0; !found && len <= LONG; len += LONG / LINE)
        found = matcher_find(m, data, 0, len, &match);
    check("a line without an end", !found, "found %zu at %zu", match.which, match.start);
    matcher_destroy(m);
    free(data);
}

int main(void)
{
    alarm(NEVER);
    test_kinds();
    test_alternatives();
    test_from();
    test_refused();
    test_pieces();
    test_line();
    test_cost();
    return check_done();
}
