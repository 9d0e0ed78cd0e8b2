/* Results as JUnit XML, the form that CI services read.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/base/xml.h"
#include "harness/result/result.h"

static void add_part(struct buffer *out, const char *title, const char *text)
{
    if (!text || !*text)
        return;
    buffer_add_xml(out, title);
    buffer_add_text(out, ":\n");
    buffer_add_xml(out, text);
    buffer_add_text(out, out->data[out->len - 1] == '\n' ? "\n" : "\n\n");
}

static void add_problem(const struct result *result, struct buffer *out)
{
    const char *element = result->verdict == VERDICT_ERROR ? "error" : "failure";
    buffer_printf(out, "    <%s type=\"%s\" message=\"", element, verdict_name(result->verdict));
    buffer_add_xml(out, result->came ? result->came : verdict_name(result->verdict));
    buffer_add_text(out, "\">");
    add_part(out, "where", result->where);
    add_part(out, "expected", result->expected);
    add_part(out, "came", result->came);
    add_part(out, "diagnosis", result->diagnosis);
    add_part(out, "files", result->run);
    add_part(out, "repeat", result->repeat);
    buffer_printf(out, "</%s>\n", element);
}

static void add_streams(const struct result *result, struct buffer *out)
{
    buffer_add_text(out, "    <system-out>");
    for (size_t i = 0; i < result->n_streams; i++)
        add_part(out, result->streams[i].name, result->streams[i].last);
    buffer_add_text(out, "</system-out>\n");
}

void result_junit_case(const struct result *result, struct buffer *out)
{
    buffer_add_text(out, "  <testcase classname=\"scenarios\" name=\"");
    buffer_add_xml(out, result->scenario);
    buffer_printf(out, "\" time=\"%.3f\"", result->seconds);
    if (result->verdict == VERDICT_PASS) {
        buffer_add_text(out, "/>\n");
        return;
    }
    buffer_add_text(out, ">\n");
    add_problem(result, out);
    add_streams(result, out);
    buffer_add_text(out, "  </testcase>\n");
}
