/* Tests of what people are shown: the report, its JUnit form, and a failure as text.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/report.h"

#include "harness/runner/failure.h"
#include "harness/test/check.h"
#include "harness/test/temporary.h"

static bool has(const struct buffer *b, const char *text)
{
    return strstr(buffer_text(b), text) != NULL;
}

static size_t count(const struct buffer *b, const char *text)
{
    size_t n = 0;
    for (const char *p = buffer_text(b); (p = strstr(p, text)); p++)
        n++;
    return n;
}

static struct stream_result stream = {.name = "con<sole>",
                                      .kind = "serial",
                                      .file = "serial #1.log",
                                      .transcript = "transcript.txt",
                                      .golden = "goldens/evil/console.txt",
                                      .state = "differs",
                                      .diff = "console.diff",
                                      .last = "the <last> line"};
static char *tags[] = {"<tag>"};
static struct result evil = {.scenario = "evil",
                             .summary = "<script>alert(1)</script>",
                             .tags = tags,
                             .n_tags = 1,
                             .run = "build/scenarios/evil/1",
                             .started = "2026-11-21T05:44:12Z",
                             .seconds = 2,
                             .verdict = VERDICT_FAIL,
                             .where = "scenarios/evil/scenario.c:12",
                             .expected = "&amp;",
                             .came = "</pre><script>",
                             .repeat = "make scenario NAME=evil",
                             .streams = &stream,
                             .n_streams = 1};
static struct result good = {.scenario = "good",
                             .summary = "",
                             .run = "",
                             .started = "",
                             .seconds = 1,
                             .verdict = VERDICT_PASS};

/* A transcript of more lines than the page shows, and a difference with markup in it. */
static void write_files(void)
{
    struct buffer b = {0};
    for (int i = 0; i < 1000; i++)
        buffer_printf(&b, "line %d <i>\n", i);
    temporary_write("run/transcript.txt", b.data, b.len);
    buffer_fini(&b);
    temporary_text("run/console.diff",
                   "--- a\n+++ b\n@@ -1 +1 @@\n-<old>\n+new & \x1b[1m\n same\n");
}

static void test_page(void)
{
    struct entry entries[] = {{.name = "evil",
                               .outcome = OUTCOME_FLAKY,
                               .note = "1 of 2 <runs> passed",
                               .folder = "run",
                               .link = "../scenarios/evil/1",
                               .result = &evil},
                              {.name = "good", .outcome = OUTCOME_PASS, .result = &good}};
    const char *missing[] = {"never"};
    struct report report = {entries, 2, missing, 1, "now", NULL};
    struct buffer page = {0};
    report_page(&report, &page);
    check("headline", has(&page, "<h1>1 of 2 failed</h1>"), "no headline");
    check("one script, ours", count(&page, "<script>") == 1 && count(&page, "</script>") == 1,
          "%zu", count(&page, "<script>"));
    check("nothing from outside",
          !has(&page, "http://") && !has(&page, "https://") && !has(&page, "src=") &&
              !has(&page, "@import"),
          "a resource");
    check("tags are escaped", has(&page, "&lt;tag&gt;") && !has(&page, "<tag>"), "not");
    check("what came is escaped", has(&page, "&lt;/pre&gt;&lt;script&gt;"), "not");
    check("the note is escaped", has(&page, "1 of 2 &lt;runs&gt; passed"), "not");
    check("a removed line", has(&page, "<del>-&lt;old&gt;</del>"), "not");
    check("an added line", has(&page, "<ins>+new &amp; \\x1b[1m</ins>"), "not");
    check("400 lines", has(&page, "line 399 ") && !has(&page, "line 400 "), "not");
    check("the rest is linked", has(&page, "… 600 more lines in "), "not");
    check("links are encoded", has(&page, "href=\"../scenarios/evil/1/serial%20%231.log\""), "not");
    check("what never ran", has(&page, "never"), "not");
    check("elements are closed",
          count(&page, "<details") == count(&page, "</details>") &&
              count(&page, "<pre") == count(&page, "</pre>") &&
              count(&page, "<section") == count(&page, "</section>"),
          "not");
    buffer_fini(&page);
}

static void test_empty_page(void)
{
    struct report report = {.made = "now"};
    struct buffer page = {0};
    report_page(&report, &page);
    check("an empty report", has(&page, "Nothing ran yet"), "no word");
    buffer_fini(&page);
}

/* Figures as bars on one scale; what is absent or no row is left out, and so is a broken file. */
static void test_bench(void)
{
    static const char rows[] = "[{\"id\": \"a<b>\", \"unit\": \"instructions\", \"value\": 200, "
                               "\"linux\": 400, \"target\": 100,"
                               " \"met\": false}, {\"id\": \"b\", \"unit\": \"s\", \"value\": "
                               "0.125, \"linux\": null, \"target\": null,"
                               " \"met\": null}, {\"id\": 7}, 8]";
    struct report report = {.made = "now", .bench = "bench.json"};
    struct buffer page = {0}, broken = {0}, absent = {0};
    temporary_text("bench.json", rows);
    report_page(&report, &page);
    check("rows", has(&page, "a&lt;b&gt;") && count(&page, "class=\"figure") == 4, "%zu",
          count(&page, "class=\"figure"));
    check("one scale", has(&page, "width:50.0%") && has(&page, "width:25.0%"), "not");
    check("a missed target says so", count(&page, "target missed") == 1, "not");
    check("no verdict without one", !has(&page, "target met"), "not");
    temporary_text("bench.json", "[{");
    report_page(&report, &broken);
    check("no section of a broken file", !has(&broken, "Benchmarks"), "one");
    report.bench = "nowhere.json";
    report_page(&report, &absent);
    check("no section without a file", !has(&absent, "Benchmarks"), "one");
    buffer_fini(&page);
    buffer_fini(&broken);
    buffer_fini(&absent);
}

static void test_junit(void)
{
    struct entry entries[] = {
        {.name = "a", .outcome = OUTCOME_FLAKY, .note = "1 of 2 runs passed", .result = &evil},
        {.name = "b", .outcome = OUTCOME_QUARANTINED, .note = "why & how", .result = &evil},
        {.name = "c", .outcome = OUTCOME_EXPIRED, .note = "ended", .result = &good},
        {.name = "d", .outcome = OUTCOME_PASS, .result = &good}};
    struct report report = {.entries = entries, .n = 4, .made = "now"};
    struct buffer xml = {0};
    report_junit(&report, &xml);
    check("totals", has(&xml, "tests=\"4\" failures=\"2\" errors=\"0\" skipped=\"1\""), "%s",
          xml.data);
    check("as many elements", count(&xml, "<failure ") == 2 && count(&xml, "<skipped ") == 1, "%s",
          xml.data);
    check("flaky says so", has(&xml, "message=\"flaky: 1 of 2 runs passed\n&lt;/pre"), "%s",
          xml.data);
    check("quarantine says why", has(&xml, "quarantined: why &amp; how"), "%s", xml.data);
    buffer_fini(&xml);
}

/* The parts of a failure in the order of questions. */
static void test_failure(void)
{
    static const char *const order[] = {"expected",      "came",  "difference of", "diagnosis",
                                        "last lines of", "files", "repeat"};
    struct result failure = evil;
    struct buffer text = {0}, many = {0};
    for (int i = 0; i < 100; i++)
        buffer_printf(&many, "frame %d\n", i);
    failure.diagnosis = many.data;
    failure_add(&text, &failure, "run", false);
    const char *p = buffer_text(&text);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        char heading[64];
        snprintf(heading, sizeof heading, "    %s", order[i]);
        const char *found = strstr(p, heading);
        check(order[i], found != NULL, "missing, or not in its place:\n%s", text.data);
        p = found ? found : p;
    }
    check("bounded", has(&text, "frame 59\n") && !has(&text, "frame 60\n"), "not");
    check("says where the rest is", has(&text, "… 40 more lines in run/result.json"), "not");
    check("no control characters", !strchr(text.data, '\x1b'), "there are");
    buffer_fini(&text);
    buffer_fini(&many);
}

int main(void)
{
    temporary_enter();
    write_files();
    test_page();
    test_empty_page();
    test_bench();
    test_junit();
    test_failure();
    temporary_leave();
    return check_done();
}
