/* The command `diffs`: golden differences of the latest runs, shown and accepted.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Only what a run that ended by itself made can become a golden: after a panic, a hang or an error
 * of the host the transcript is what was there by chance. And only while the golden is still the
 * one that the run was compared with: comparing again must give the same difference.
 */
#include "harness/base/buffer.h"
#include "harness/base/files.h"
#include "harness/runner/commands.h"
#include "harness/runner/folder.h"
#include "harness/runner/plan.h"
#include "harness/runner/screen.h"
#include "harness/transcript/golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STREAM_LIMIT (256u << 20) /* bytes */

struct review {
    const struct options *options;
    struct screen screen;
    bool ask;  /* a person is there to be asked */
    bool quit; /* who does not want to be asked any more */
    size_t shown, accepted, offered;
};

/* One golden difference: what is needed to judge it. */
struct pending {
    const struct scenario *scenario;
    const struct result *result;
    const struct stream_result *stream;
    const char *folder;
    struct buffer actual; /* what would become the golden */
    struct buffer diff;   /* as the run wrote it */
};

/* A golden of exact bytes is the raw stream, any other the transcript. */
static const char *golden_source(const struct pending *p)
{
    const struct manifest *m = p->scenario->manifest;
    const struct stream_plan *plan = m ? manifest_stream(m, p->stream->name) : NULL;
    bool exact = plan && plan->golden == GOLDEN_EXACT;
    return exact || !p->stream->transcript ? p->stream->file : p->stream->transcript;
}

static bool read_in(const char *folder, const char *file, struct buffer *out, struct error *err)
{
    if (!file)
        return error_set(err, "%s/result.json names no such file", folder);
    char *path = format_text("%s/%s", folder, file);
    bool ok = file_read(path, STREAM_LIMIT, out, err);
    free(path);
    return ok;
}

/* result.json is not trusted with where it writes. */
static bool golden_inside(const struct options *o, const char *golden)
{
    size_t len = strlen(o->goldens);
    return strncmp(golden, o->goldens, len) == 0 && golden[len] == '/' && !strstr(golden, "..");
}

/* A diff from its first hunk on: the lines before name files, and may do so in several ways. */
static const char *hunks(const struct buffer *diff)
{
    const char *text = buffer_text(diff), *hunk = strstr(text, "\n@@");
    return hunk ? hunk : text;
}

/* Why it cannot be accepted, in @why; false then. */
static bool acceptable(const struct review *r, const struct pending *p, struct error *why)
{
    enum verdict verdict = p->result->verdict;
    if (verdict != VERDICT_FAIL && verdict != VERDICT_PASS)
        return error_set(why, "not offered: the run's verdict is %s", verdict_name(verdict));
    if (!golden_inside(r->options, p->stream->golden))
        return error_set(why, "not offered: %s is not below %s/", p->stream->golden,
                         r->options->goldens);
    struct buffer now = {0};
    enum golden_state state;
    bool ok = golden_compare(p->stream->golden, &p->actual, &state, &now, why);
    if (ok && state == GOLDEN_SAME)
        ok = error_set(why, "nothing to do: the golden is the same by now");
    else if (ok && strcmp(hunks(&now), hunks(&p->diff)))
        ok = error_set(why, "stale: the golden changed since the run; run the scenario again");
    buffer_fini(&now);
    return ok;
}

static void show(struct review *r, const struct pending *p)
{
    struct buffer out = {0};
    char *title = format_text("%s: %s %s", p->scenario->name, p->stream->golden, p->stream->state);
    ink_add(&out, r->screen.colour, INK_BOLD, title);
    buffer_add_char(&out, '\n');
    ink_add_diff(&out, r->screen.colour, buffer_text(&p->diff), 0, SIZE_MAX);
    screen_print(&r->screen, &out);
    buffer_fini(&out);
    free(title);
    r->shown++;
}

/* What end of input means is what a careful reader means by it: no more. */
static bool ask(struct review *r)
{
    char answer[64];
    for (;;) {
        printf("accept this golden? [y/n/q] ");
        fflush(stdout);
        if (!fgets(answer, sizeof answer, stdin) || answer[0] == 'q')
            r->quit = true;
        if (r->quit || answer[0] == 'n')
            return false;
        if (answer[0] == 'y')
            return true;
    }
}

static bool offer(struct review *r, const struct pending *p, struct error *err)
{
    r->offered++;
    if (!r->options->accept_all && !(r->ask && ask(r)))
        return true;
    if (!golden_accept(p->stream->golden, &p->actual, err))
        return false;
    printf("accepted: %s\n", p->stream->golden);
    r->accepted++;
    return true;
}

static bool review_stream(struct review *r, struct pending *p, struct error *err)
{
    struct error why = {0};
    if (!read_in(p->folder, golden_source(p), &p->actual, err) ||
        !read_in(p->folder, p->stream->diff, &p->diff, err))
        return false;
    show(r, p);
    if (acceptable(r, p, &why))
        return offer(r, p, err);
    puts(why.text);
    return true;
}

static bool is_pending(const struct stream_result *s)
{
    return s->golden && s->state &&
           (strcmp(s->state, "differs") == 0 || strcmp(s->state, "missing") == 0);
}

static bool review_run(struct review *r, const struct scenario *scenario, const char *folder,
                       struct error *err)
{
    struct result *result = result_read(folder, err);
    bool ok = result != NULL;
    for (size_t i = 0; ok && i < result->n_streams && !r->quit; i++) {
        if (!is_pending(&result->streams[i]))
            continue;
        struct pending p = {.scenario = scenario,
                            .result = result,
                            .stream = &result->streams[i],
                            .folder = folder};
        ok = review_stream(r, &p, err);
        buffer_fini(&p.actual);
        buffer_fini(&p.diff);
    }
    result_free(result);
    return ok;
}

/* A scenario that never ran, or runs now, has nothing to review. */
static int review_scenario(struct review *r, const struct scenario *scenario)
{
    struct error err = {0};
    char *folder = run_folder_latest(r->options->out, scenario->name);
    int status = EXIT_PASSED;
    if (folder && run_folder_busy(folder))
        printf("%s: running now; not reviewed\n", scenario->name);
    else if (folder && !review_run(r, scenario, folder, &err))
        status = command_error(err.text);
    free(folder);
    return status;
}

int command_diffs(const struct options *options, const struct suite *suite)
{
    struct error err = {0};
    struct review r = {.options = options};
    size_t n;
    int status = EXIT_PASSED;
    screen_init(&r.screen);
    r.ask = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    struct scenario **list = plan_select(suite, options, &n, &err);
    if (!list)
        return command_error(err.text);
    for (size_t i = 0; i < n && !r.quit; i++)
        if (review_scenario(&r, list[i]))
            status = EXIT_ERROR;
    free(list);
    printf("%zu shown, %zu accepted\n", r.shown, r.accepted);
    if (r.offered > r.accepted && !r.ask)
        printf("to accept them: `runner diffs` on a terminal, one by one; `runner diffs "
               "--accept-all`, all; `make scenario NAME=... ACCEPT=1`, one scenario's\n");
    return status;
}
