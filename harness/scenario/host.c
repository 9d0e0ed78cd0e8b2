/* Programs of the host that a scenario runs, and its pexpect scripts.
 * SPDX-License-Identifier: Apache-2.0
 */
#define SCENARIO_IMPLEMENTATION
#include "harness/base/clock.h"
#include "harness/base/files.h"
#include "harness/base/process.h"
#include "harness/event/loop.h"
#include "harness/scenario.h"
#include "harness/scenario/run.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Two streams of one name would share a log and a golden. */
static void refuse_name(const char *name)
{
    bool taken = strchr(name, '/') != NULL;
    for (size_t i = 0; i < run.n_programs; i++)
        taken = taken || strcmp(run.programs[i]->output->name, name) == 0;
    for (size_t i = 0; i < run.n_machines; i++)
        for (size_t k = 0; k < MACHINE_SERIALS; k++) {
            const struct stream *s = run.machines[i].machine->serials[k];
            taken = taken || (s && strcmp(s->name, name) == 0);
        }
    for (size_t i = 0; i < run.manifest->n_networks; i++)
        taken = taken || strcmp(run.manifest->networks[i].name, name) == 0;
    if (taken)
        run_end(VERDICT_ERROR, NULL,
                "a program cannot be called %s: another stream is, or it has a "
                "slash; give it a name of its own",
                name);
}

static struct program *start(const char *name, const char *const argv[],
                             const char *const environment[])
{
    struct error err;
    refuse_name(name);
    char *log = format_text("%s/program-%s.log", run.folder, name);
    if (run.n_programs == RUN_PROGRAMS)
        run_end(VERDICT_ERROR, NULL, "more than %d programs in one scenario", RUN_PROGRAMS);
    struct program *p = program_create(name, log, argv, environment, &err);
    free(log);
    if (!p)
        run_end(VERDICT_ERROR, NULL, "%s", err.text);
    p->output->echo_live = run.options.watch;
    run.programs[run.n_programs++] = p;
    return p;
}

struct program *host_start(const char *name, const char *const argv[])
{
    return start(name, argv, NULL);
}

int host_wait(struct program *p)
{
    loop_lock();
    while (!(p->ended && p->output->ended)) {
        run_check_trouble("the program to end");
        if (loop_wait(run.deadline))
            continue;
        loop_unlock();
        run_end(VERDICT_HANG, "the program to end", "%s still runs at the scenario's time limit",
                p->output->name);
    }
    int status = p->status;
    p->waited = true;
    loop_unlock();
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int host_run(const char *name, const char *const argv[])
{
    return host_wait(start(name, argv, NULL));
}

struct stream *host_output(struct program *p)
{
    return p->output;
}

const char *const *runner_arguments(const char *const words[])
{
    const char *const own[] = {
        text("%s/harness/runner", run.build),
        "--scenarios",
        "fixtures/harness/scenarios",
        "--goldens",
        "fixtures/harness/goldens",
        "--programs",
        text("%s/fixtures/bin", run.build),
        "--build",
        run.build,
        "--out",
        text("%s/inner", run.folder),
    };
    size_t n = 0, n_own = sizeof own / sizeof own[0];
    while (words[n])
        n++;
    const char **all = calloc(n_own + n + 1, sizeof *all);
    if (!all)
        abort();
    memcpy(all, own, sizeof own);
    memcpy(all + n_own, words, n * sizeof *words);
    return all;
}

int host_pid(struct program *p)
{
    return p->pid;
}

int host_find(const char *one, const char *other)
{
    DIR *proc = opendir("/proc");
    int found = 0;
    for (struct dirent *e; proc && !found && (e = readdir(proc));) {
        pid_t pid = (pid_t)atoi(e->d_name);
        if (pid > 0 && pid != getpid() && process_alive(pid, one) && process_alive(pid, other))
            found = pid;
    }
    if (proc)
        closedir(proc);
    return found;
}

/* "login.expect.py" is the stream "login". Caller frees. */
static char *script_stream(const char *script)
{
    char *name = copy_text(path_base(script));
    char *dot = strchr(name, '.');
    if (dot)
        *dot = '\0';
    return name;
}

struct program *script_start(const char *script, struct stream *serial)
{
    struct error err;
    const char *pty = "";
    if (serial) {
        loop_lock();
        pty = stream_open_pty(serial, &err);
        loop_unlock();
        if (!pty)
            run_end(VERDICT_ERROR, NULL, "%s", err.text);
    }
    char *folder = copy_text(run.manifest->path);
    *(char *)path_base(folder) = '\0';
    char *path = format_text("%s%s", folder, script);
    /* Debian's interpreter, which has Debian's pexpect, whatever else PATH offers. */
    const char *argv[] = {"/usr/bin/python3", "-u", path, NULL};
    char *left =
        format_text("CAPOS_SECONDS_LEFT=%lld", (long long)(run.deadline - clock_ms()) / 1000 - 1);
    char *python = format_text("PYTHONPATH=%s/harness/program", run.root);
    char *port = format_text("CAPOS_SERIAL_CONSOLE=%s", pty);
    const char *environment[] = {left, python, "PYTHONDONTWRITEBYTECODE=1", serial ? port : NULL,
                                 NULL};
    char *name = script_stream(script);
    struct program *p = start(name, argv, environment);
    free(name);
    free(port);
    free(python);
    free(left);
    free(path);
    free(folder);
    return p;
}

void script_expect_success(struct program *p)
{
    int status = host_wait(p);
    if (status == 0)
        return;
    loop_lock();
    char *last = stream_last_lines(p->output, 30);
    loop_unlock();
    run_end(VERDICT_FAIL, text("the script %s to succeed", p->output->name),
            "it ended with status %d:\n%s", status, last);
}
