/* The report's page: what unfolds below a scenario's line.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/page.h"

#include "harness/base/files.h"
#include "harness/base/xml.h"

#include <stdlib.h>
#include <string.h>

#define FILE_LINES 400
#define LINE_BYTES 1000
#define FILE_LIMIT (16u << 20)

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("-._~/", c));
}

static void add_path(struct buffer *b, const char *path)
{
    for (; *path; path++)
        if (is_plain(*path))
            buffer_add_char(b, *path);
        else
            buffer_printf(b, "%%%02X", (unsigned char)*path);
}

void page_add_link(struct buffer *b, const char *link, const char *file, const char *text)
{
    buffer_add_text(b, "<a href=\"");
    add_path(b, link);
    buffer_add_char(b, '/');
    add_path(b, file);
    buffer_add_text(b, "\">");
    buffer_add_xml(b, text);
    buffer_add_text(b, "</a>");
}

static const char *diff_element(const char *line)
{
    if (strncmp(line, "+++", 3) == 0 || strncmp(line, "---", 3) == 0)
        return "b";
    return *line == '+' ? "ins" : *line == '-' ? "del" : *line == '@' ? "i" : NULL;
}

static void add_line(struct buffer *b, const char *line, size_t len, bool is_diff)
{
    char *cut = format_text("%.*s", (int)(len < LINE_BYTES ? len : LINE_BYTES), line);
    const char *element = is_diff ? diff_element(cut) : NULL;
    if (element)
        buffer_printf(b, "<%s>", element);
    buffer_add_xml(b, cut);
    if (len > LINE_BYTES)
        buffer_add_text(b, " …");
    if (element)
        buffer_printf(b, "</%s>", element);
    buffer_add_char(b, '\n');
    free(cut);
}

/* Adds the first lines and returns how many were left out. */
static size_t add_lines(struct buffer *b, const char *text, bool is_diff)
{
    size_t n = 0;
    for (const char *p = text; *p; n++) {
        size_t len = strcspn(p, "\n");
        if (n < FILE_LINES)
            add_line(b, p, len, is_diff);
        p += len + (p[len] == '\n');
    }
    return n > FILE_LINES ? n - FILE_LINES : 0;
}

void page_add_file(struct buffer *b, const struct entry *entry, const char *file, bool is_diff)
{
    struct buffer text = {0};
    struct error err = {0};
    char *path = format_text("%s/%s", entry->folder, file);
    bool ok = file_read(path, FILE_LIMIT, &text, &err);
    /* A line feed right after <pre> is not shown: it keeps an empty first line. */
    buffer_printf(b, "<pre tabindex=\"0\"%s>\n", is_diff ? " class=\"diff\"" : "");
    size_t left_out = add_lines(b, ok ? buffer_text(&text) : err.text, is_diff);
    buffer_add_text(b, "</pre>\n");
    if (left_out) {
        buffer_printf(b, "<p class=\"more\">… %zu more lines in ", left_out);
        page_add_link(b, entry->link, file, file);
        buffer_add_text(b, "</p>\n");
    }
    free(path);
    buffer_fini(&text);
}

static void add_pre(struct buffer *b, const char *title, const char *more, const char *text)
{
    if (!text || !*text)
        return;
    buffer_printf(b, "<section><h3>%s", title);
    if (more) {
        buffer_add_text(b, " <small>");
        buffer_add_xml(b, more);
        buffer_add_text(b, "</small>");
    }
    buffer_add_text(b, "</h3>\n<pre tabindex=\"0\">\n");
    add_lines(b, text, false);
    buffer_add_text(b, "</pre></section>\n");
}

static void add_failure(struct buffer *b, const struct result *result)
{
    if (result->expected || result->came) {
        buffer_add_text(b, "<div class=\"pair\">\n");
        add_pre(b, "Expected", result->where, result->expected);
        add_pre(b, "Came", NULL, result->came);
        buffer_add_text(b, "</div>\n");
    }
    add_pre(b, "Diagnosis", NULL, result->diagnosis);
}

static bool is_pending(const struct stream_result *s)
{
    return s->state && (strcmp(s->state, "differs") == 0 || strcmp(s->state, "missing") == 0);
}

static void add_stream_heading(struct buffer *b, const struct stream_result *s)
{
    buffer_add_text(b, "<summary><h4>");
    buffer_add_xml(b, s->name);
    buffer_add_text(b, "</h4> <span class=\"kind\">");
    buffer_add_xml(b, s->kind);
    buffer_add_text(b, "</span>");
    if (s->state) {
        buffer_printf(b, " <span class=\"state %s\">golden ", s->state);
        buffer_add_xml(b, s->state);
        buffer_add_text(b, "</span>");
    }
    buffer_add_text(b, "</summary>\n");
}

static void add_stream_links(struct buffer *b, const struct entry *entry,
                             const struct stream_result *s)
{
    const char *const files[] = {s->file, s->transcript, s->diff};
    buffer_add_text(b, "<p class=\"links\">");
    for (size_t i = 0; i < 3; i++)
        if (files[i]) {
            page_add_link(b, entry->link, files[i], files[i]);
            buffer_add_char(b, ' ');
        }
    if (s->golden) {
        buffer_add_text(b, "<span>golden: ");
        buffer_add_xml(b, s->golden);
        buffer_add_text(b, "</span>");
    }
    buffer_add_text(b, "</p>\n");
}

static void add_stream(struct buffer *b, const struct entry *entry, const struct stream_result *s)
{
    buffer_printf(b, "<details class=\"stream\"%s>\n", is_pending(s) ? " open" : "");
    add_stream_heading(b, s);
    add_stream_links(b, entry, s);
    if (s->diff)
        page_add_file(b, entry, s->diff, true);
    if (s->diff && s->transcript)
        buffer_add_text(b, "<details class=\"whole\"><summary>the whole transcript</summary>\n");
    if (s->transcript)
        page_add_file(b, entry, s->transcript, false);
    else if (s->last)
        add_pre(b, "Last lines", NULL, s->last);
    buffer_add_text(b, s->diff && s->transcript ? "</details>\n</details>\n" : "</details>\n");
}

static void add_files(struct buffer *b, const struct entry *entry)
{
    buffer_add_text(b, "<section><h3>Files</h3>\n<p class=\"links\">");
    for (size_t i = 0; i < entry->result->n_files; i++) {
        page_add_link(b, entry->link, entry->result->files[i], entry->result->files[i]);
        buffer_add_char(b, ' ');
    }
    page_add_link(b, entry->link, "result.json", "result.json");
    buffer_add_char(b, ' ');
    page_add_link(b, entry->link, "", "the whole folder");
    buffer_add_text(b, "</p></section>\n");
}

static void add_text(struct buffer *b, const char *before, const char *text, const char *after)
{
    if (!text || !*text)
        return;
    buffer_add_text(b, before);
    buffer_add_xml(b, text);
    buffer_add_text(b, after);
}

void page_add_details(struct buffer *b, const struct entry *entry)
{
    const struct result *result = entry->result;
    add_text(b, "<p class=\"note\">", entry->note, "</p>\n");
    add_failure(b, result);
    if (entry->folder && result->n_streams) {
        buffer_add_text(b, "<section><h3>Streams</h3>\n");
        for (size_t i = 0; i < result->n_streams; i++)
            add_stream(b, entry, &result->streams[i]);
        buffer_add_text(b, "</section>\n");
    }
    if (entry->folder)
        add_files(b, entry);
    add_text(b, "<section><h3>Repeat</h3>\n<p><code class=\"command\">", result->repeat,
             "</code></p></section>\n");
    add_text(b, "<p class=\"when\">started ", result->started, "</p>\n");
}
