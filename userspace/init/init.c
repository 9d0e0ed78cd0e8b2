/*
 * The first process: starts what the manifest says, watches it, and ends the system.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "directory.h"
#include "exports.h"
#include "graph.h"
#include "package.h"
#include "watch.h"

static struct package package;
static struct capnp_message message;
static struct graph graph;
static struct watch watch;

/* --- Before anything is started --- */

static void say(const struct report *report, const struct place *place, const char *format,
                va_list list)
{
    char text[REPORT_TEXT_LEN];

    (void)report;
    format_text_list(text, sizeof(text), format, list);
    if (place->service == NO_INDEX)
        console_printf("manifest: %s", text);
    else if (place->label[0])
        console_printf("manifest: %s: %s", place->label, text);
    else
        console_printf("manifest: service %u: %s", place->service + 1, text);
}

static struct budget used_now(struct budget *limit)
{
    struct budget used;
    struct outcome outcome = ledger_read(capos_cap("system"), &used, limit);

    check(outcome_is_done(outcome), "the ledger: %s", outcome_sentence(outcome));
    return used;
}

static struct funds funds_left(void)
{
    struct budget limit, used = used_now(&limit);

    return (struct funds){limit.frames - used.frames, limit.objects - used.objects,
                          limit.calls - used.calls, limit.timers - used.timers,
                          limit.caps - used.caps};
}

/* What this process was granted, in its order. */
static uint32_t held(struct holding *holdings)
{
    uint32_t n;
    const struct grant *grants = capos_grants(&n);

    for (uint32_t i = 0; i < n; i++)
        holdings[i] = (struct holding){grants[i].name, grants[i].interface_id};
    return n;
}

static bool manifest_check(struct manifest_reader manifest)
{
    struct report report = {.say = say};
    struct holding holdings[GRANTS_MAX];
    bool good = graph_check(manifest,
                            &(struct holdings){.caps = holdings,
                                               .n_caps = held(holdings),
                                               .images = package.images,
                                               .n_images = package.n_images,
                                               .funds = funds_left()},
                            &graph, &report);

    if (report.n > REPORT_MAX)
        console_printf("manifest: and %u more", report.n - REPORT_MAX);
    if (!good)
        console_printf("nothing is started: errors in the manifest: %u", report.n);
    return good;
}

static bool prepare(struct manifest_reader manifest)
{
    struct outcome outcome;

    if (!manifest_check(manifest))
        return false;
    /* It has been read once as a whole; each start reads a part of it again. */
    capnp_trust(&message);
    outcome = exports_open(&graph);
    if (!outcome_is_done(outcome))
        console_printf("nothing is started: no endpoints: %s", outcome_sentence(outcome));
    return outcome_is_done(outcome);
}

/* --- While the system runs --- */

static void next(void)
{
    struct ring_completion completion;
    err_t error = ring_next(ring_mine(), watch_next(&watch), &completion);

    if (error == ERR_TIMED_OUT)
        return;
    check(!error, "the next event: %s", err_sentence(error));
    if (completion.user_data == DIRECTORY_USER_DATA)
        directory_take(&completion);
    else
        watch_ended(&watch, (uint32_t)completion.user_data - WATCH_USER_DATA, &completion);
}

/* What the services had is back when they are gone. */
static void leaks_check(struct budget before)
{
    struct budget limit, now = used_now(&limit);

    if (now.objects != before.objects || now.caps != before.caps)
        console_printf("left over: objects: %d, capabilities: %d",
                       (int)(now.objects - before.objects), (int)(now.caps - before.caps));
}

static void run(struct manifest_reader manifest)
{
    struct budget limit, before = used_now(&limit);
    bool when_idle = manifest_power_off(manifest) == MANIFEST_POWER_OFF_WHEN_IDLE;
    bool said = false;

    watch.graph = &graph;
    directory_open(&watch);
    for (;;) {
        watch_start_due(&watch);
        if (watch.stopping || (when_idle && watch_is_idle(&watch)))
            break;
        if (!said && watch_is_idle(&watch)) {
            console_printf("no service runs any more");
            said = true;
        }
        next();
    }
    watch_stop(&watch);
    directory_close();
    leaks_check(before);
}

int main(void)
{
    struct outcome outcome = package_load(&package);
    struct manifest_reader manifest;

    if (!outcome_is_done(outcome)) {
        console_printf("nothing is started: the boot package: %s", outcome_sentence(outcome));
        return 1;
    }
    capnp_open(&message, package.manifest, package.manifest_len);
    manifest = manifest_root(&message);
    if (!prepare(manifest))
        return 1;
    run(manifest);
    return (int)watch.exit_code;
}
