/* A host program that a scenario runs beside its machines.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/program/program.h"

#include "harness/base/clock.h"
#include "harness/base/process.h"
#include "harness/event/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { MAX_ARGUMENTS = 60, MAX_ENVIRONMENT = 1000 };

/* Found before it is started: what setpriv cannot execute looks like a program that failed. */
static bool find_program(const char *name, struct error *err)
{
    char *path = copy_text(getenv("PATH")), *rest = path;
    bool found = strchr(name, '/') && access(name, X_OK) == 0;
    for (char *folder; !found && path && (folder = strsep(&rest, ":"));) {
        char *full = format_text("%s/%s", folder, name);
        found = !strchr(name, '/') && access(full, X_OK) == 0;
        free(full);
    }
    free(path);
    return found || error_set(err, "cannot run %s: it is not installed, or not in PATH", name);
}

/* util-linux's setpriv makes the program die with us: posix_spawn has no attribute for it. */
static bool prefix_argv(const char *const argv[], const char *out[MAX_ARGUMENTS + 8],
                        struct error *err)
{
    static const char *const prefix[] = {"setpriv", "--pdeathsig", "KILL", "--"};
    size_t n = 0;
    for (; n < sizeof prefix / sizeof *prefix; n++)
        out[n] = prefix[n];
    for (size_t i = 0; argv[i]; i++) {
        if (i == MAX_ARGUMENTS)
            return error_set(err, "%s: more than %d arguments", argv[0], MAX_ARGUMENTS);
        out[n++] = argv[i];
    }
    out[n] = NULL;
    return true;
}

static char **merge_environment(const char *const added[])
{
    size_t n = 0, old = 0;
    while (old < MAX_ENVIRONMENT && environ[old])
        old++;
    char **merged = calloc(old + MAX_ARGUMENTS + 1, sizeof *merged);
    if (!merged)
        abort();
    for (size_t i = 0; added && added[i] && i < MAX_ARGUMENTS; i++)
        merged[n++] = (char *)added[i]; /* the first of two equal names counts */
    for (size_t i = 0; i < old; i++)
        merged[n++] = environ[i];
    return merged;
}

static void has_ended(int fd, bool readable, bool writable, void *arg)
{
    (void)fd;
    (void)readable;
    (void)writable;
    struct program *p = arg;
    if (waitpid(p->pid, &p->status, WNOHANG) == 0)
        return;
    p->ended = true;
    loop_unwatch(p->watch);
    loop_changed();
}

struct program *program_create(const char *name, const char *log, const char *const argv[],
                               const char *const environment[], struct error *err)
{
    const char *full[MAX_ARGUMENTS + 8];
    int fds[2];
    if (!find_program(argv[0], err) || !prefix_argv(argv, full, err))
        return NULL;
    if (pipe2(fds, O_CLOEXEC)) {
        error_set(err, "cannot make a pipe: %s", strerror(errno));
        return NULL;
    }
    struct program *p = calloc(1, sizeof *p);
    if (!p)
        abort();
    p->output = stream_create(name, "program", log, err);
    char **merged = merge_environment(environment);
    const int standard[3] = {-1, fds[1], fds[1]};
    int rc = p->output ? process_spawn(full, merged, standard, true, &p->pid) : EIO;
    free(merged);
    close(fds[1]);
    if (!p->output)
        return NULL;
    if (rc) {
        error_set(err, "cannot run %s: %s", argv[0], strerror(rc));
        return NULL;
    }
    p->pidfd = (int)syscall(SYS_pidfd_open, p->pid, 0);
    loop_lock();
    p->watch = loop_watch(p->pidfd, has_ended, p);
    bool good = p->watch >= 0 && stream_attach(p->output, fds[0], err);
    loop_unlock();
    return good ? p : NULL;
}

bool program_stop(struct program *p, struct error *err)
{
    enum { LIMIT_MS = 5000 };
    loop_lock();
    if (!(p->ended && p->output->ended))
        kill(-p->pid, SIGKILL);
    int64_t deadline = clock_ms() + LIMIT_MS;
    while (!(p->ended && p->output->ended) && loop_wait(deadline))
        ;
    bool good = p->ended && p->output->ended;
    loop_unlock();
    return good || error_set(err, "the program %s does not end", p->output->name);
}
