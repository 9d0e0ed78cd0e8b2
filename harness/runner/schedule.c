/* The suite as it runs.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/schedule.h"

#include "harness/base/buffer.h"
#include "harness/base/clock.h"
#include "harness/runner/foreground.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#define LIVE_MS 500 /* how often the live line is redrawn */

struct slot {
    struct attempt attempt;
    struct task *task; /* NULL: free */
};

struct pool {
    struct schedule *schedule;
    struct slot *slots;
    unsigned n;
    int signals; /* a signalfd */
};

/* The task whose turn it is: every task runs once before any runs again. */
static struct task *next_task(const struct schedule *s)
{
    struct task *best = NULL;
    for (size_t i = 0; i < s->n; i++) {
        struct task *t = &s->tasks[i];
        if (t->started < t->planned && (!best || t->started < best->started))
            best = t;
    }
    return best;
}

static void fill(struct pool *pool)
{
    for (unsigned i = 0; i < pool->n && !pool->schedule->interrupted; i++) {
        struct slot *slot = &pool->slots[i];
        if (slot->task)
            continue;
        slot->task = next_task(pool->schedule);
        if (!slot->task)
            return;
        slot->task->started++;
        attempt_start(&slot->attempt, slot->task->scenario, pool->schedule->options);
        free(slot->task->last);
        slot->task->last = copy_text(slot->attempt.folder.path);
    }
}

static void prune(const struct schedule *s, const char *name)
{
    struct error err;
    if (!run_folders_prune(s->options->out, name, s->options->keep, &err))
        fprintf(stderr, "runner: %s\n", err.text);
}

static void finish(struct pool *pool, struct slot *slot)
{
    struct schedule *s = pool->schedule;
    struct task *task = slot->task;
    slot->task = NULL;
    if (slot->attempt.stop == STOP_INTERRUPT) {
        attempt_fini(&slot->attempt);
        return;
    }
    task_add(task, &slot->attempt, s->retries);
    prune(s, task->scenario->name);
    if (task_done(task)) {
        s->n_done++;
        screen_live(s->screen, "");
        s->done(task, s->context);
    }
}

/* Whether any attempt was over. */
static bool poll_attempts(struct pool *pool)
{
    bool any = false;
    int64_t now = clock_ms();
    for (unsigned i = 0; i < pool->n; i++)
        if (pool->slots[i].task && attempt_poll(&pool->slots[i].attempt, now)) {
            foreground_restore();
            finish(pool, &pool->slots[i]);
            any = true;
        }
    return any;
}

static void draw(struct pool *pool)
{
    struct schedule *s = pool->schedule;
    struct buffer line = {0};
    int64_t now = clock_ms();
    buffer_printf(&line, "%zu/%zu  %s", s->n_done, s->n, s->interrupted ? "stopping" : "running");
    for (unsigned i = 0; i < pool->n; i++)
        if (pool->slots[i].task)
            buffer_printf(&line, "  %s %d s", pool->slots[i].task->scenario->name,
                          (int)((now - pool->slots[i].attempt.started) / 1000));
    screen_live(s->screen, buffer_text(&line));
    buffer_fini(&line);
}

/* Milliseconds until something is due even if no signal comes. */
static int patience(const struct pool *pool)
{
    int64_t next = clock_ms() + 60000;
    for (unsigned i = 0; i < pool->n; i++)
        if (pool->slots[i].task && pool->slots[i].attempt.deadline < next)
            next = pool->slots[i].attempt.deadline;
    return clock_left(next, pool->schedule->screen->live ? LIVE_MS : 60000);
}

static void interrupt(struct pool *pool)
{
    struct buffer names = {0};
    for (unsigned i = 0; i < pool->n; i++)
        if (pool->slots[i].task) {
            buffer_printf(&names, "%s%s", names.len ? ", " : "",
                          pool->slots[i].task->scenario->name);
            attempt_stop(&pool->slots[i].attempt, STOP_INTERRUPT);
        }
    if (!pool->schedule->interrupted)
        pool->schedule->interrupted = copy_text(buffer_text(&names));
    buffer_fini(&names);
}

/* Sleeps until a child ends, a signal asks to stop, or something is due. */
static void wait_event(struct pool *pool)
{
    struct signalfd_siginfo info;
    struct pollfd wait = {.fd = pool->signals, .events = POLLIN};
    if (poll(&wait, 1, patience(pool)) <= 0)
        return;
    while (read(pool->signals, &info, sizeof info) == sizeof info)
        if (info.ssi_signo != SIGCHLD)
            interrupt(pool);
}

static bool running(const struct pool *pool)
{
    for (unsigned i = 0; i < pool->n; i++)
        if (pool->slots[i].task)
            return true;
    return false;
}

/* SIGCHLD and the signals that stop us come through a descriptor, in the loop and nowhere else. */
static bool open_signals(struct pool *pool, struct error *err)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
    pool->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    return pool->signals >= 0 || error_set(err, "cannot make a signalfd: %s", strerror(errno));
}

bool schedule_run(struct schedule *s, struct error *err)
{
    struct pool pool = {.schedule = s, .n = s->options->jobs};
    if (!open_signals(&pool, err))
        return false;
    pool.slots = calloc(pool.n, sizeof *pool.slots);
    if (!pool.slots)
        abort();
    if (s->options->interactive)
        foreground_save();
    for (;;) {
        fill(&pool);
        if (poll_attempts(&pool))
            continue;
        if (!running(&pool))
            break;
        draw(&pool);
        wait_event(&pool);
    }
    screen_live(s->screen, "");
    free(pool.slots);
    close(pool.signals);
    return true;
}
