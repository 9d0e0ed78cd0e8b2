/* Expecting and typing on streams.
 * SPDX-License-Identifier: Apache-2.0
 */
#define SCENARIO_IMPLEMENTATION
#include "harness/base/clock.h"
#include "harness/event/loop.h"
#include "harness/scenario.h"
#include "harness/scenario/run.h"
#include "harness/stream/match.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_ALTERNATIVES = 16 };

/* What is waited for, in words. Caller frees. */
static char *describe(const struct stream *s, const struct pattern *patterns, size_t n)
{
    struct buffer b = {0};
    buffer_printf(&b, "on %s: ", s->name);
    for (size_t i = 0; i < n; i++) {
        char quote = patterns[i].regex ? '/' : '"';
        buffer_printf(&b, "%s%c", i ? ", or " : "", quote);
        buffer_add_escaped(&b, patterns[i].text, strlen(patterns[i].text));
        buffer_add_char(&b, quote);
    }
    return b.data;
}

static const struct machine *owner(const struct stream *s)
{
    for (size_t i = 0; i < run.n_machines; i++)
        for (size_t k = 0; k < MACHINE_SERIALS; k++)
            if (run.machines[i].machine->serials[k] == s)
                return run.machines[i].machine;
    return NULL;
}

static _Noreturn void stream_over(const struct stream *s, const char *wanted)
{
    const struct machine *m = owner(s);
    enum machine_state state = m ? m->state : MACHINE_STOPPED;
    loop_unlock();
    if (m)
        run_end(VERDICT_FAIL, wanted, "%s %s before it came", machine_words(m),
                machine_state_name(state));
    run_end(VERDICT_FAIL, wanted, "the program ended before it came");
}

/* Whether nothing more can come, and why is known: a machine's serial port may read as closed a
 * moment before libvirt reports how the machine ended. */
static bool nothing_follows(const struct stream *s)
{
    const struct machine *m = owner(s);
    return s->ended && (!m || m->state != MACHINE_RUNNING);
}

static size_t wait_for(struct stream *s, const struct pattern *patterns, size_t n, int64_t deadline)
{
    struct error err;
    struct match match;
    struct matcher *matcher = matcher_create(patterns, n, &err);
    if (!matcher)
        run_end(VERDICT_ERROR, NULL, "%s", err.text);
    char *wanted = describe(s, patterns, n);
    deadline = deadline < run.deadline ? deadline : run.deadline;
    loop_lock();
    while (!matcher_find(matcher, buffer_text(&s->data), s->cursor, s->data.len, &match)) {
        if (owner(s) == NULL || owner(s)->state == MACHINE_RUNNING || nothing_follows(s))
            run_check_trouble(wanted);
        if (nothing_follows(s))
            stream_over(s, wanted);
        if (loop_wait(deadline))
            continue;
        double waited = (double)(clock_ms() - run.started) / 1000;
        loop_unlock();
        run_end(VERDICT_HANG, wanted, "it did not come; the scenario is %.1f s old", waited);
    }
    s->cursor = match.end;
    loop_unlock();
    matcher_destroy(matcher);
    free(wanted);
    return match.which;
}

void stream_expect(struct stream *s, const char *wanted)
{
    wait_for(s, &(struct pattern){.text = wanted}, 1, INT64_MAX);
}

void stream_expect_match(struct stream *s, const char *expression)
{
    wait_for(s, &(struct pattern){.text = expression, .regex = true}, 1, INT64_MAX);
}

size_t stream_expect_any(struct stream *s, const char *const expressions[])
{
    struct pattern patterns[MAX_ALTERNATIVES];
    size_t n = 0;
    for (; n < MAX_ALTERNATIVES && expressions[n]; n++)
        patterns[n] = (struct pattern){.text = expressions[n], .regex = true};
    return wait_for(s, patterns, n, INT64_MAX);
}

void stream_expect_within(struct stream *s, const char *wanted, unsigned seconds)
{
    wait_for(s, &(struct pattern){.text = wanted}, 1, clock_ms() + (int64_t)seconds * 1000);
}

size_t stream_count(struct stream *s, const char *wanted)
{
    size_t n = 0, len = strlen(wanted);
    loop_lock();
    const char *p = buffer_text(&s->data), *end = p + s->data.len;
    while (len && (p = memmem(p, (size_t)(end - p), wanted, len))) {
        p += len;
        n++;
    }
    loop_unlock();
    return n;
}

void stream_refuse(struct stream *s, const char *unwanted)
{
    if (stream_count(s, unwanted) > 0)
        run_end(VERDICT_FAIL, "a stream without it", "\"%s\" stands in %s", unwanted, s->name);
}

void stream_type(struct stream *s, const char *typed)
{
    loop_lock();
    stream_send(s, typed, strlen(typed));
    loop_unlock();
}

const char *stream_text(struct stream *s, size_t *len)
{
    loop_lock();
    struct buffer copy = {
        0}; /* the loop's thread may move the data: hand out a copy that lives on */
    buffer_add(&copy, buffer_text(&s->data), s->data.len);
    loop_unlock();
    *len = copy.len;
    return copy.data;
}
