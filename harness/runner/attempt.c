/* One run of one scenario.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/attempt.h"

#include "harness/base/buffer.h"
#include "harness/base/clock.h"
#include "harness/runner/foreground.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int lifeline = -1; /* the scenarios' end; ours is never closed */

bool lifeline_open(struct error *err)
{
    int fds[2];
    if (pipe2(fds, O_CLOEXEC))
        return error_set(err, "cannot make a pipe: %s", strerror(errno));
    lifeline = fds[0];
    char number[16];
    snprintf(number, sizeof number, "%d", lifeline);
    setenv("CAPOS_LIFELINE", number, 1);
    return true;
}

/* The argument vector, for free(); the strings belong to others. */
static const char **arguments(const struct attempt *a, const struct options *o, const char *program)
{
    const char **argv = calloc(o->n_extra + 16, sizeof *argv);
    size_t n = 0;
    if (!argv)
        abort();
    argv[n++] = program;
    argv[n++] = "--manifest";
    argv[n++] = a->scenario->manifest_path;
    argv[n++] = "--run";
    argv[n++] = a->folder.path;
    argv[n++] = "--goldens";
    argv[n++] = o->goldens;
    argv[n++] = "--build";
    argv[n++] = o->build;
    if (o->accept)
        argv[n++] = "--accept";
    if (o->watch)
        argv[n++] = "--watch";
    if (o->debug)
        argv[n++] = "--debug";
    if (o->interactive)
        argv[n++] = "--interactive";
    for (size_t i = 0; i < o->n_extra; i++)
        argv[n++] = o->extra[i];
    return argv;
}

static void set_up_files(posix_spawn_file_actions_t *actions, const struct options *o,
                         const char *log)
{
    posix_spawn_file_actions_init(actions);
    /* Onto itself: that takes close-on-exec away, in the child only. */
    posix_spawn_file_actions_adddup2(actions, lifeline, lifeline);
    if (!o->interactive)
        posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
    else if (foreground_is_ours())
        posix_spawn_file_actions_addtcsetpgrp_np(actions, 0);
    if (!options_attended(o)) {
        posix_spawn_file_actions_addopen(actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0644);
        posix_spawn_file_actions_adddup2(actions, 1, 2);
    }
}

static void set_up_signals(posix_spawnattr_t *attr)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_init(attr);
    posix_spawnattr_setpgroup(attr, 0);
    posix_spawnattr_setsigmask(attr, &none);
    posix_spawnattr_setsigdefault(attr, &all);
    posix_spawnattr_setflags(attr, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                       POSIX_SPAWN_SETSIGDEF);
}

/* 0, or an error number. */
static int spawn(struct attempt *a, const struct options *o, const char *program)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attr;
    char *log = format_text("%s/harness.log", a->folder.path);
    const char **argv = arguments(a, o, program);
    set_up_files(&actions, o, log);
    set_up_signals(&attr);
    int rc = posix_spawn(&a->pid, program, &actions, &attr, (char *const *)argv, environ);
    if (rc)
        a->pid = 0;
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&actions);
    free(argv);
    free(log);
    return rc;
}

static void start_program(struct attempt *a, const struct options *o)
{
    char *program = format_text("%s/%s", o->programs, a->scenario->name);
    int rc = spawn(a, o, program);
    if (rc) {
        char *came = format_text("cannot run %s: %s; `make scenario NAME=%s` builds it", program,
                                 strerror(rc), a->scenario->name);
        a->result = judge_error(a->scenario, a->folder.path, 0, "a program that can be run", came);
        free(came);
    }
    free(program);
}

void attempt_start(struct attempt *a, const struct scenario *scenario, const struct options *o)
{
    struct error err = {0};
    *a = (struct attempt){
        .scenario = scenario, .folder = {.lock = -1}, .started = clock_ms(), .deadline = INT64_MAX};
    if (!run_folder_create(&a->folder, o->out, scenario->name, &err)) {
        a->result = judge_error(scenario, NULL, 0, "a folder for the run", err.text);
        return;
    }
    if (!scenario->manifest) {
        a->result = judge_error(scenario, a->folder.path, 0, "a manifest that can be read",
                                scenario->error);
        return;
    }
    a->ceiling = scenario->manifest->limit + o->ceiling;
    if (!o->debug && !o->interactive) /* a person has all the time in the world */
        a->deadline = a->started + (int64_t)a->ceiling * 1000;
    start_program(a, o);
}

void attempt_stop(struct attempt *a, enum stop why)
{
    if (!a->pid)
        return;
    if (a->stop != STOP_NONE) {
        kill(-a->pid, SIGKILL);
        a->deadline = INT64_MAX;
        return;
    }
    a->stop = why;
    a->deadline = clock_ms() + STOP_SECONDS * 1000;
    kill(a->pid, SIGTERM);
}

/* Reaps the process if it has ended. Its group goes first, while the zombie keeps the number from
 * being used again: a scenario leaves no process of its group behind. */
static bool reap(struct attempt *a, int *status)
{
    siginfo_t info = {0};
    if (waitid(P_PID, (id_t)a->pid, &info, WEXITED | WSTOPPED | WNOHANG | WNOWAIT) || !info.si_pid)
        return false;
    if (info.si_code == CLD_STOPPED) { /* Ctrl-Z would leave the terminal to nobody */
        waitid(P_PID, (id_t)a->pid, &info, WSTOPPED | WNOHANG);
        kill(-a->pid, SIGCONT);
        return false;
    }
    kill(-a->pid, SIGKILL);
    return waitpid(a->pid, status, 0) == a->pid;
}

bool attempt_poll(struct attempt *a, int64_t now)
{
    int status;
    if (a->result)
        return true;
    if (reap(a, &status)) {
        a->pid = 0;
        struct ending ending = {.status = status,
                                .stop = a->stop,
                                .seconds = (double)(now - a->started) / 1000,
                                .ceiling = a->ceiling};
        a->result = judge_ending(a->scenario, a->folder.path, &ending);
        return true;
    }
    if (now >= a->deadline)
        attempt_stop(a, STOP_CEILING);
    return false;
}

void attempt_fini(struct attempt *a)
{
    result_free(a->result);
    run_folder_fini(&a->folder);
    *a = (struct attempt){.folder = {.lock = -1}};
}
