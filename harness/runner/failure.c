/* What a run left to say, as text.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/failure.h"

#include "harness/base/files.h"
#include "harness/base/utf8.h"
#include "harness/runner/screen.h"

#include <stdlib.h>
#include <string.h>

#define DIFF_LIMIT (16u << 20) /* bytes */
#define INDENT     6

struct writer {
    struct buffer *out;
    const char *folder;
    bool colour;
};

static void heading(const struct writer *w, const char *text, const char *more)
{
    buffer_add_text(w->out, "    ");
    ink_add(w->out, w->colour, INK_BOLD, text);
    if (more && *more) {
        buffer_add_text(w->out, "  ");
        ink_add(w->out, w->colour, INK_DIM, more);
    }
    buffer_add_char(w->out, '\n');
}

static void rest(const struct writer *w, size_t left_out, const char *file)
{
    if (left_out)
        buffer_printf(w->out, "%*s… %zu more line%s in %s%s%s\n", INDENT, "", left_out,
                      left_out == 1 ? "" : "s", w->folder ? w->folder : "", w->folder ? "/" : "",
                      file);
}

static size_t count_lines(const char *text)
{
    size_t lines = 0;
    for (const char *p = text; *p; p += strcspn(p, "\n"), p += *p == '\n')
        lines++;
    return lines;
}

/* The first PART_LINES lines of @text, each indented. */
static void lines(const struct writer *w, const char *text, const char *file)
{
    size_t n = 0;
    const char *p = text;
    for (; *p && n < PART_LINES; n++) {
        size_t len = strcspn(p, "\n");
        char *line = format_text("%*s%.*s", INDENT, "", (int)len, p);
        buffer_add_printable(w->out, line);
        buffer_add_char(w->out, '\n');
        free(line);
        p += len + (p[len] == '\n');
    }
    rest(w, count_lines(p), file);
}

static void part(const struct writer *w, const char *title, const char *more, const char *text,
                 const char *file)
{
    if (!text || !*text)
        return;
    heading(w, title, more);
    lines(w, text, file);
}

static void diff(const struct writer *w, const struct stream_result *stream)
{
    if (!stream->diff || !w->folder)
        return;
    struct buffer text = {0};
    struct error err = {0};
    char *path = format_text("%s/%s", w->folder, stream->diff);
    char *title = format_text("difference of %s", stream->name);
    heading(w, title, stream->golden);
    if (file_read(path, DIFF_LIMIT, &text, &err))
        rest(w, ink_add_diff(w->out, w->colour, buffer_text(&text), INDENT, PART_LINES),
             stream->diff);
    else
        lines(w, err.text, stream->diff);
    free(title);
    free(path);
    buffer_fini(&text);
}

static bool pending(const struct stream_result *stream)
{
    return stream->state &&
           (strcmp(stream->state, "differs") == 0 || strcmp(stream->state, "missing") == 0);
}

static void last_lines(const struct writer *w, const struct stream_result *stream)
{
    if (!stream->last || !*stream->last)
        return;
    char *title = format_text("last lines of %s", stream->name);
    part(w, title, NULL, stream->last, stream->file ? stream->file : "result.json");
    free(title);
}

static void files(const struct writer *w, const struct result *result)
{
    if (!w->folder)
        return;
    heading(w, "files", NULL);
    buffer_printf(w->out, "%*s%s/\n", INDENT, "", w->folder);
    struct buffer names = {0};
    for (size_t i = 0; i < result->n_streams; i++)
        if (result->streams[i].file)
            buffer_printf(&names, " %s", result->streams[i].file);
    for (size_t i = 0; i < result->n_files; i++)
        buffer_printf(&names, " %s", result->files[i]);
    buffer_printf(w->out, "%*s", INDENT, "");
    buffer_add_printable(w->out, buffer_text(&names) + (names.len != 0));
    buffer_add_text(w->out, names.len ? " result.json\n" : "result.json\n");
    buffer_fini(&names);
}

static void repeat(const struct writer *w, const struct result *result)
{
    bool any = false;
    for (size_t i = 0; i < result->n_streams; i++)
        any |= pending(&result->streams[i]);
    part(w, "repeat", NULL, result->repeat, "result.json");
    if (any && result->verdict == VERDICT_FAIL)
        buffer_printf(w->out, "%*smake scenario NAME=%s ACCEPT=1, if the difference is right\n",
                      INDENT, "", result->scenario);
}

void failure_add(struct buffer *out, const struct result *result, const char *folder, bool colour)
{
    const struct writer w = {out, folder, colour};
    part(&w, "expected", result->where, result->expected, "result.json");
    part(&w, "came", NULL, result->came, "result.json");
    for (size_t i = 0; i < result->n_streams; i++)
        if (pending(&result->streams[i]))
            diff(&w, &result->streams[i]);
    part(&w, "diagnosis", NULL, result->diagnosis, "result.json");
    for (size_t i = 0; i < result->n_streams; i++)
        last_lines(&w, &result->streams[i]);
    files(&w, result);
    repeat(&w, result);
}

void goldens_add(struct buffer *out, const struct result *result, const char *folder, bool colour)
{
    const struct writer w = {out, folder, colour};
    for (size_t i = 0; i < result->n_streams; i++) {
        const struct stream_result *stream = &result->streams[i];
        if (!stream->golden || !stream->state)
            continue;
        buffer_add_text(out, "    golden  ");
        buffer_add_printable(out, stream->golden);
        buffer_printf(out, "  %s\n", stream->state);
        if (strcmp(stream->state, "accepted") == 0)
            diff(&w, stream);
    }
}
