/* Tests of result.json: what is written is what is read, and nothing else is.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/result/result.h"

#include "harness/base/utf8.h"
#include "harness/base/xml.h"
#include "harness/test/check.h"
#include "harness/test/temporary.h"

static char *read_all(const char *path)
{
    struct buffer text = {0};
    struct error err;
    if (!file_read(path, 1 << 20, &text, &err))
        buffer_add_text(&text, err.text);
    return text.data;
}

static struct result sample(struct stream_result *stream, char **tags, char **files)
{
    *stream = (struct stream_result){.name = "console",
                                     .kind = "serial",
                                     .file = "serial-console.log",
                                     .state = "differs",
                                     .golden = "goldens/boot/console.txt",
                                     .last = "a\x1b[31m\xff\"b\"\n"};
    return (struct result){.scenario = "boot",
                           .summary = "Grüße & <b>",
                           .tags = tags,
                           .n_tags = 2,
                           .run = "build/scenarios/boot/x",
                           .started = "2026-11-21T05:44:12Z",
                           .seconds = 0.52,
                           .start_seconds = 0.1,
                           .verdict = VERDICT_HANG,
                           .came = "]]> & \"quotes\"",
                           .repeat = "make scenario NAME=boot",
                           .streams = stream,
                           .n_streams = 1,
                           .files = files,
                           .n_files = 1};
}

static void test_round_trip(void)
{
    struct stream_result stream;
    char *tags[] = {"net", "slow"}, *files[] = {"captures/net0.pcap"};
    struct result r = sample(&stream, tags, files);
    struct error err = {""};
    check("written", result_write(&r, ".", &err), "%s", err.text);
    struct result *back = result_read(".", &err);
    if (!check("read", back != NULL, "%s", err.text))
        return;
    check_text("scenario", back->scenario, "boot");
    check_text("summary", back->summary, "Grüße & <b>");
    check("tags", back->n_tags == 2 && !strcmp(back->tags[1], "slow"), "%zu", back->n_tags);
    check("seconds", back->seconds > 0.5199 && back->seconds < 0.5201, "%f", back->seconds);
    check("verdict", back->verdict == VERDICT_HANG, "%s", verdict_name(back->verdict));
    check("nothing stays nothing", !back->where && !back->diagnosis, "something came");
    check("streams", back->n_streams == 1 && !back->streams[0].diff, "%zu", back->n_streams);
    check_text("bytes are written readably", back->streams[0].last, "a\x1b[31m\\xff\"b\"\n");
    check_text("files", back->files[0], "captures/net0.pcap");
    char *once = read_all("result.json");
    result_write(back, ".", &err);
    char *twice = read_all("result.json");
    check_text("written the same again", twice, once);
    free(once);
    free(twice);
    result_free(back);
}

/* Every beginning of a file is refused: a result that was cut off is none. */
static void test_cut(void)
{
    char *whole = read_all("result.json");
    size_t len = strlen(whole), taken = 0;
    for (size_t i = 0; i + 2 < len; i++) { /* without its last "}\n" */
        temporary_write("result.json", whole, i);
        struct result *r = result_read(".", NULL);
        taken += r != NULL;
        result_free(r);
    }
    check("cut off", taken == 0, "%zu beginnings were taken", taken);
    free(whole);
}

static void refuse(const char *name, const char *json, const char *why)
{
    struct error err = {""};
    temporary_text("result.json", json);
    struct result *r = result_read(".", &err);
    check(name, !r && strstr(err.text, why), "expected \"%s\", got \"%s\"", why,
          r ? "a result" : err.text);
    result_free(r);
}

#define HEAD "{\"scenario\":\"b\",\"run\":\"r\",\"started\":\"s\",\"seconds\":1,"

static void test_refused(void)
{
    refuse("empty", "", "is empty");
    refuse("no object", "[]", "expected object");
    refuse("null", "null", "expected object");
    refuse("more behind it", HEAD "\"verdict\":\"pass\"} x", "result.json:1");
    refuse("no verdict", HEAD "\"came\":\"x\"}", "\"verdict\" is missing");
    refuse("unknown verdict", HEAD "\"verdict\":\"passed\"}", "no verdict");
    refuse("a verdict that is no string", HEAD "\"verdict\":0}", "expected string");
    refuse("no run", "{\"scenario\":\"b\"}", "\"run\" is missing");
    refuse("negative time", HEAD "\"verdict\":\"pass\",\"start_seconds\":-1}", "start_seconds");
    refuse("tags that are none", HEAD "\"verdict\":\"pass\",\"tags\":[1]}", "tags");
    refuse("a NUL", HEAD "\"verdict\":\"pass\",\"came\":\"a\\u0000b\"}", "NUL");
    refuse("a stream that is none", HEAD "\"verdict\":\"pass\",\"streams\":[1]}", "streams");
    refuse("a stream's state",
           HEAD "\"verdict\":\"pass\",\"streams\":[{\"name\":\"n\",\"kind\":\"k\","
                "\"state\":\"odd\"}]}",
           "odd");
    refuse("a path outside",
           HEAD "\"verdict\":\"pass\",\"streams\":[{\"name\":\"n\",\"kind\":\"k\","
                "\"diff\":\"a/../../x\"}]}",
           "not inside");
    refuse("an absolute path", HEAD "\"verdict\":\"pass\",\"files\":[\"/etc/passwd\"]}",
           "not inside");
    folder_remove("result.json", NULL);
    struct error err = {""};
    check("missing", !result_read(".", &err) && strstr(err.text, "result.json"), "%s", err.text);
}

static void test_too_large(void)
{
    struct buffer b = {0};
    buffer_add_text(&b, HEAD "\"verdict\":\"pass\",\"came\":\"");
    for (size_t i = 0; i < (17u << 20) / 16; i++)
        buffer_add_text(&b, "0123456789abcdef");
    buffer_add_text(&b, "\"}");
    refuse("too large", b.data, "larger than");
    buffer_fini(&b);
}

static void test_escaping(void)
{
    struct buffer b = {0};
    buffer_add_xml(&b, "<a href='x'>&\"\t\n\x01\x7f\xc3\xa9\xff\xed\xa0\x80\xef\xbf\xbf");
    check_text("XML", b.data,
               "&lt;a href=&#39;x&#39;&gt;&amp;&quot;\t\n\\x01\\x7f\xc3\xa9\\xff"
               "\\xed\\xa0\\x80\\xef\\xbf\\xbf");
    buffer_fini(&b);
    buffer_add_xml(&b, NULL);
    check_text("XML of nothing", buffer_text(&b), "");
    buffer_add_printable(&b, "\x1b[2J\r\xc2\x9b\xc0\x80\xf4\x90\x80\x80\xe2\x82\xe2\x82\xac");
    check_text("for a terminal", buffer_text(&b),
               "\\x1b[2J\\x0d\\xc2\\x9b\\xc0\\x80\\xf4\\x90\\x80\\x80\\xe2\\x82\xe2\x82\xac");
    buffer_fini(&b);
}

static void test_junit(void)
{
    struct stream_result stream;
    char *tags[] = {"net", "slow"}, *files[] = {"x"};
    struct result r = sample(&stream, tags, files);
    struct buffer b = {0};
    result_junit_case(&r, &b);
    check("a hang is a failure", strstr(b.data, "<failure type=\"hang\" message=\"]]&gt; &amp; "),
          "%s", b.data);
    buffer_fini(&b);
    r.verdict = VERDICT_ERROR;
    result_junit_case(&r, &b);
    check("an error is an error", strstr(b.data, "<error ") && !strstr(b.data, "<failure"), "%s",
          b.data);
    buffer_fini(&b);
    r.verdict = VERDICT_PASS;
    result_junit_case(&r, &b);
    check_text("a pass", b.data,
               "  <testcase classname=\"scenarios\" name=\"boot\" time=\"0.520\"/>\n");
    buffer_fini(&b);
}

int main(void)
{
    temporary_enter();
    test_round_trip();
    test_cut();
    test_refused();
    test_too_large();
    test_escaping();
    test_junit();
    temporary_leave();
    return check_done();
}
