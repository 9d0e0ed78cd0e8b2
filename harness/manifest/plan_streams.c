/* Streams: what a manifest says about them, matched with what there is.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/base/files.h"
#include "harness/manifest/plan.h"

#include <stdlib.h>
#include <string.h>

enum stream_kind {
    STREAM_UNKNOWN,
    STREAM_SERIAL,
    STREAM_NETWORK,
    STREAM_PROGRAM,
};

/* The name of a serial port's stream, in @out. */
static const char *serial_name(const struct plan *plan, const struct machine_plan *machine,
                               const char *serial, struct buffer *out)
{
    out->len = 0;
    if (plan->several)
        buffer_printf(out, "%s.", machine->name);
    buffer_add_text(out, serial);
    return buffer_text(out);
}

/* The machine that has the serial port whose stream is called @name, or NULL. */
static const struct machine_plan *machine_of(const struct plan *plan, const char *name)
{
    const struct machine_plan *found = NULL;
    struct buffer serial = {0};
    for (size_t i = 0; i < plan->out->n_machines; i++) {
        const struct machine_plan *machine = &plan->out->machines[i];
        for (size_t j = 0; j < machine->n_serials; j++)
            if (strcmp(serial_name(plan, machine, machine->serials[j], &serial), name) == 0)
                found = machine;
    }
    buffer_fini(&serial);
    return found;
}

static bool is_network(const struct plan *plan, const char *name)
{
    for (size_t i = 0; i < plan->out->n_networks; i++)
        if (strcmp(plan->out->networks[i].name, name) == 0)
            return true;
    return false;
}

/* A program that scenario.c starts bears a name that stands there in quotes. Whether it is really
 * started, only the run knows; this finds what was mistyped. */
static bool in_source(const struct plan *plan, const char *name)
{
    char *path = format_text("%s/scenario.c", plan->folder);
    char *quoted = format_text("\"%s\"", name);
    struct buffer source = {0};
    bool found = file_read(path, SOURCE_LEN_MAX, &source, NULL) && source.len &&
                 memmem(source.data, source.len, quoted, strlen(quoted));
    buffer_fini(&source);
    free(quoted);
    free(path);
    return found;
}

static bool is_program(const struct plan *plan, const char *name)
{
    char *script = format_text("%s/%s.expect.py", plan->folder, name);
    bool exists = file_exists(script);
    free(script);
    return exists || in_source(plan, name);
}

static enum stream_kind kind_of(const struct plan *plan, const char *name)
{
    if (machine_of(plan, name))
        return STREAM_SERIAL;
    if (is_network(plan, name))
        return STREAM_NETWORK;
    return is_program(plan, name) ? STREAM_PROGRAM : STREAM_UNKNOWN;
}

static bool refuse_unknown(struct plan *plan, const char *name)
{
    struct buffer names = {0}, serial = {0};
    for (size_t i = 0; i < plan->out->n_machines; i++) {
        const struct machine_plan *machine = &plan->out->machines[i];
        for (size_t j = 0; j < machine->n_serials; j++)
            buffer_printf(&names, "%s, ", serial_name(plan, machine, machine->serials[j], &serial));
    }
    for (size_t i = 0; i < plan->out->n_networks; i++)
        buffer_printf(&names, "%s, ", plan->out->networks[i].name);
    plan_refuse(plan,
                "no stream has this name; expected one of: %sor a program of the scenario "
                "(%s.expect.py, or \"%s\" in scenario.c)",
                buffer_text(&names), name, name);
    buffer_fini(&names);
    buffer_fini(&serial);
    return false;
}

/* A stream's bytes only repeat if every machine that has a part in them is deterministic. */
static bool check_exact(struct plan *plan, const struct stream_plan *stream, enum stream_kind kind)
{
    const struct machine_plan *only = machine_of(plan, stream->name);
    bool exact = kind != STREAM_PROGRAM;
    for (size_t i = 0; i < plan->out->n_machines; i++) {
        const struct machine_plan *machine = &plan->out->machines[i];
        if (!machine->deterministic && (!only || only == machine))
            exact = false;
    }
    if (stream->golden != GOLDEN_EXACT || exact)
        return true;
    key_push(&plan->at, "golden");
    return plan_refuse(plan, "\"exact\" on a stream that is not deterministic; expected true, or "
                             "\"deterministic\": true in the machine");
}

static bool check_by_source(struct plan *plan, const struct stream_plan *stream,
                            enum stream_kind kind)
{
    if (!stream->by_source || kind == STREAM_SERIAL)
        return true;
    key_push(&plan->at, "by-source");
    return plan_refuse(plan, "true on a stream that is no serial port; expected none");
}

/* A capture has no text to begin in, and exact bytes are all bytes. */
static bool check_begins(struct plan *plan, const struct stream_plan *stream, enum stream_kind kind)
{
    if (!stream->begins || (kind != STREAM_NETWORK && stream->golden != GOLDEN_EXACT))
        return true;
    key_push(&plan->at, "begins");
    return plan_refuse(plan, "on %s; expected none",
                       kind == STREAM_NETWORK ? "a network" : "a stream with an exact golden");
}

static enum golden_mode golden_mode(struct json_object *golden)
{
    if (json_object_is_type(golden, json_type_string))
        return GOLDEN_EXACT;
    return json_object_get_boolean(golden) ? GOLDEN_TEXT : GOLDEN_NONE;
}

static bool plan_stream(struct plan *plan, struct stream_plan *stream, const char *name,
                        struct json_object *json)
{
    enum stream_kind kind = kind_of(plan, name);
    bool said = plan_member(json, "by-source");
    stream->name = arena_text(plan->arena, name);
    stream->golden = golden_mode(plan_member(json, "golden"));
    stream->by_source = said ? plan_flag(json, "by-source") : kind == STREAM_SERIAL;
    stream->begins = plan_text(plan, json, "begins");
    if (kind == STREAM_UNKNOWN)
        return refuse_unknown(plan, name);
    return check_exact(plan, stream, kind) && check_by_source(plan, stream, kind) &&
           check_begins(plan, stream, kind);
}

bool plan_streams(struct plan *plan, struct json_object *streams)
{
    struct manifest *m = plan->out;
    m->streams = arena_alloc(plan->arena, plan_count(streams) * sizeof *m->streams);
    key_push(&plan->at, "streams");
    json_object_object_foreach(streams, name, stream)
    {
        key_push(&plan->at, name);
        if (!plan_stream(plan, &m->streams[m->n_streams++], name, stream))
            return false;
        key_pop(&plan->at);
    }
    key_pop(&plan->at);
    return true;
}
