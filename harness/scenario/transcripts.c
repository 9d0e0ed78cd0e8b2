/* The transcripts of a run's streams, and their comparison with goldens.
 * SPDX-License-Identifier: Apache-2.0
 */
#define SCENARIO_IMPLEMENTATION
#include "harness/scenario/transcripts.h"

#include "harness/base/files.h"
#include "harness/machine/symbols.h"
#include "harness/scenario/run.h"
#include "harness/transcript/golden.h"
#include "harness/transcript/normalise.h"
#include "harness/transcript/packets.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LAST_LINES = 20, MAX_STREAMS = 128, RAW_LIMIT = 256 << 20 };

/* One stream on its way to its golden. */
struct item {
    const char *name, *kind;
    char *file; /* in the run folder */
    const struct stream *stream;
    const struct machine *machine; /* of a serial port */
    const struct network *network;
};

struct items {
    struct item list[MAX_STREAMS];
    size_t n;
};

static void add_item(struct items *items, struct item item)
{
    if (items->n < MAX_STREAMS)
        items->list[items->n++] = item;
}

static void collect(struct items *items)
{
    for (size_t i = 0; i < run.n_machines; i++) {
        const struct machine *m = run.machines[i].machine;
        for (size_t k = 0; k < MACHINE_SERIALS; k++)
            if (m->serials[k])
                add_item(items,
                         (struct item){.name = m->serials[k]->name,
                                       .kind = "serial",
                                       .file = format_text("serial-%s.log", m->serials[k]->name),
                                       .stream = m->serials[k],
                                       .machine = m});
    }
    for (size_t i = 0; i < run.n_programs; i++) {
        const struct stream *s = run.programs[i]->output;
        add_item(items, (struct item){.name = s->name,
                                      .kind = "program",
                                      .file = format_text("program-%s.log", s->name),
                                      .stream = s});
    }
    for (size_t i = 0; i < run.manifest->n_networks; i++) {
        const struct network *network = &run.manifest->networks[i];
        add_item(items, (struct item){.name = network->name,
                                      .kind = "packets",
                                      .file = format_text("%s.pcap", network->name),
                                      .network = network});
    }
}

static char *in_run_folder(const char *name)
{
    return format_text("%s/%s", run.folder, name);
}

/* "frame 3 0xffffffff80100123" becomes "frame 3 provoke_run kernel/diag/provoke.c": addresses and
 * line numbers move with every change of the kernel, functions do not. */
static void add_frame(unsigned number, const struct symbol *s, struct buffer *out)
{
    buffer_printf(out, "frame %u", number);
    for (size_t k = 0; k < s->n; k++)
        buffer_printf(out, "%s %s %s", k ? ", inlined into" : "", s->places[k].function,
                      s->places[k].file);
    buffer_add_text(out, s->n ? "\n" : " unknown\n");
}

/* A console log in which the frames of a panic report are functions. */
static void symbolise(const struct machine *m, const struct stream *s, struct buffer *out)
{
    struct symbol symbols[PANIC_FRAMES];
    size_t n = 0, frame = 0;
    if (m && m->serials[0] == s && m->panic.n_frames &&
        symbols_find(m->kernel, m->panic.frames, m->panic.n_frames, symbols, NULL))
        n = m->panic.n_frames;
    const char *p = buffer_text(&s->data), *end = p + s->data.len;
    while (p < end) {
        const char *feed = memchr(p, '\n', (size_t)(end - p));
        const char *next = feed ? feed + 1 : end;
        struct log_line line;
        unsigned number;
        uint64_t address;
        if (frame < n && feed && log_line_parse(p, (size_t)(feed - p), &line) &&
            line.source_len == 5 && memcmp(line.source, "panic", 5) == 0 &&
            panic_frame_parse(&line, &number, &address)) {
            buffer_add(out, p, (size_t)(line.text - p));
            add_frame(number, &symbols[frame++], out);
        } else {
            buffer_add(out, p, (size_t)(next - p));
        }
        p = next;
    }
}

static bool make_transcript(const struct item *item, const struct stream_plan *plan,
                            struct normaliser *normaliser, struct buffer *out, struct error *err)
{
    char *path = in_run_folder(item->file);
    bool good;
    if (plan && plan->golden == GOLDEN_EXACT) {
        good = file_read(path, RAW_LIMIT, out, err);
    } else if (item->network) {
        good = transcript_packets(normaliser, path, item->network->drop_repeats, out, err);
    } else {
        struct buffer log = {0};
        size_t start = 0;
        symbolise(item->machine, item->stream, &log);
        good = (!plan || !plan->begins ||
                transcript_beginning(plan->begins, buffer_text(&log), log.len, &start, err)) &&
               transcript_console(normaliser, buffer_text(&log) + start, log.len - start,
                                  plan ? plan->by_source : item->machine != NULL, out, err);
        buffer_fini(&log);
    }
    free(path);
    return good;
}

static char *last_lines(const struct item *item, const struct buffer *transcript)
{
    if (item->stream)
        return stream_last_lines(item->stream, LAST_LINES);
    const char *text = buffer_text(transcript), *p = text + transcript->len;
    for (int feeds = 0; p > text; p--)
        if (p[-1] == '\n' && p != text + transcript->len && ++feeds == LAST_LINES)
            break;
    return copy_text(p);
}

static char *golden_path(const struct stream_plan *plan)
{
    return format_text("%s/%s/%s.%s", run.options.goldens, run.manifest->scenario, plan->name,
                       plan->golden == GOLDEN_EXACT ? "bin" : "txt");
}

static bool compare(const struct item *item, bool accept, const struct buffer *actual,
                    struct stream_result *out, struct error *err)
{
    enum golden_state state;
    struct buffer diff = {0};
    bool good = golden_compare(out->golden, actual, &state, &diff, err);
    if (good && state != GOLDEN_SAME) {
        out->diff = format_text("%s.diff", item->name);
        char *path = in_run_folder(out->diff);
        good = file_write(path, buffer_text(&diff), diff.len, err);
        free(path);
    }
    if (good && accept && state != GOLDEN_SAME)
        good = golden_accept(out->golden, actual, err);
    out->state = copy_text(state == GOLDEN_SAME      ? "same"
                           : accept                  ? "accepted"
                           : state == GOLDEN_DIFFERS ? "differs"
                                                     : "missing");
    buffer_fini(&diff);
    return good;
}

static bool handle(const struct item *item, struct normaliser *normaliser, bool accept,
                   struct stream_result *out, struct error *err)
{
    const struct stream_plan *plan = manifest_stream(run.manifest, item->name);
    struct buffer transcript = {0};
    out->name = copy_text(item->name);
    out->kind = copy_text(item->kind);
    out->file = copy_text(item->file);
    char *raw = in_run_folder(item->file);
    bool there =
        file_exists(raw); /* a network's capture is not, when no machine on it was booted */
    free(raw);
    bool good = !there || make_transcript(item, plan, normaliser, &transcript, err);
    if (good && there) {
        out->transcript = format_text("transcript-%s.txt", item->name);
        char *path = in_run_folder(out->transcript);
        good = file_write(path, buffer_text(&transcript), transcript.len, err);
        free(path);
    }
    bool wanted = plan && plan->golden != GOLDEN_NONE;
    if (wanted)
        out->golden = golden_path(plan);
    if (wanted && !there)
        out->state = copy_text("absent");
    else if (good && wanted)
        good = compare(item, accept, &transcript, out, err);
    out->last = last_lines(item, &transcript);
    buffer_fini(&transcript);
    return good;
}

static bool has_golden(const struct result *result, const char *golden)
{
    for (size_t i = 0; i < result->n_streams; i++)
        if (result->streams[i].golden && strcmp(path_base(result->streams[i].golden), golden) == 0)
            return true;
    return false;
}

/* A golden that no stream is compared with proves nothing and must not look as if it did. */
static void find_unused(struct result *result, bool *differs)
{
    char *path = format_text("%s/%s", run.options.goldens, run.manifest->scenario);
    DIR *dir = opendir(path);
    free(path);
    if (!dir)
        return;
    for (struct dirent *e; (e = readdir(dir)) && result->n_streams < MAX_STREAMS;) {
        if (e->d_name[0] == '.' || has_golden(result, e->d_name))
            continue;
        struct stream_result *s = &result->streams[result->n_streams++];
        s->name = copy_text(e->d_name);
        s->kind = copy_text("golden");
        s->golden = format_text("%s/%s/%s", run.options.goldens, run.manifest->scenario, e->d_name);
        s->state = copy_text("unused");
        *differs = true;
    }
    closedir(dir);
}

/* The manifest promised a golden for a stream that this run did not have. */
static void find_absent(struct result *result, bool *differs)
{
    for (size_t i = 0; i < run.manifest->n_streams; i++) {
        const struct stream_plan *plan = &run.manifest->streams[i];
        bool seen = plan->golden == GOLDEN_NONE;
        for (size_t k = 0; k < result->n_streams && !seen; k++)
            seen = strcmp(result->streams[k].name, plan->name) == 0;
        if (seen || result->n_streams == MAX_STREAMS)
            continue;
        struct stream_result *s = &result->streams[result->n_streams++];
        s->name = copy_text(plan->name);
        s->kind = copy_text("absent");
        s->golden =
            format_text("%s/%s/%s.txt", run.options.goldens, run.manifest->scenario, plan->name);
        s->state = copy_text("absent");
        *differs = true;
    }
}

bool transcripts_compare(struct result *result, bool accept, bool *differs, struct error *err)
{
    struct items items = {0};
    *differs = false;
    collect(&items);
    result->streams = calloc(MAX_STREAMS, sizeof *result->streams);
    struct normaliser *normaliser =
        normaliser_create(run.manifest->rules, run.manifest->n_rules, err);
    bool good = result->streams && normaliser;
    for (size_t i = 0; good && i < run.n_ports; i++) {
        char port[16];
        snprintf(port, sizeof port, "%u", run.ports[i].host);
        normaliser_name(normaliser, "port", port);
    }
    for (size_t i = 0; good && i < items.n; i++) {
        struct stream_result *s = &result->streams[result->n_streams++];
        good = handle(&items.list[i], normaliser, accept, s, err);
        *differs = *differs ||
                   (s->state && strcmp(s->state, "same") != 0 && strcmp(s->state, "accepted") != 0);
    }
    if (good) {
        find_absent(result, differs);
        find_unused(result, differs);
    }
    normaliser_destroy(normaliser);
    for (size_t i = 0; i < items.n; i++)
        free(items.list[i].file);
    return good;
}
