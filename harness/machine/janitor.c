/* The janitor: ends the machines of a scenario's process that is gone, however it went.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/machine/janitor.h"

#include "harness/base/buffer.h"
#include "harness/base/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define JANITOR "capos-janitor"

enum {
    ROUNDS = 200, /* of looking for processes: bounds a fork race, never reached in practice */
    KILL_WAIT_MS = 5000 /* for one killed process to be gone */
};

/* A killed process is waited for, so that the slot's files are no longer written when it is reused.
 */
static void end_process(pid_t pid)
{
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    kill(pid, SIGKILL);
    if (fd < 0)
        return;
    struct pollfd gone = {.fd = fd, .events = POLLIN};
    poll(&gone, 1, KILL_WAIT_MS);
    close(fd);
}

static bool ours(pid_t pid)
{
    char path[64];
    struct stat st;
    snprintf(path, sizeof path, "/proc/%d", (int)pid);
    return stat(path, &st) == 0 && st.st_uid == getuid();
}

/* Whether /proc/PID/NAME holds @mark. Neither file has an end that could be waited for: what is read is what is
 * there, up to a bound. */
static bool proc_holds(pid_t pid, const char *name, const char *mark, size_t len)
{
    char path[64];
    struct buffer text = {0};
    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
    bool holds =
        file_read(path, 1 << 20, &text, NULL) && text.len && memmem(text.data, text.len, mark, len);
    buffer_fini(&text);
    return holds;
}

/* One pass over /proc; returns how many processes it had to end. */
static int end_processes(const char *machine, const char *program)
{
    DIR *proc = opendir("/proc");
    if (!proc)
        return 0;
    int ended = 0;
    for (struct dirent *e; (e = readdir(proc));) {
        pid_t pid = (pid_t)atoi(e->d_name);
        if (pid <= 0 || pid == getpid() || !ours(pid))
            continue;
        /* The variable is matched with the NUL that ends it: slot 1 is not slot 12. A scenario that a scenario
         * runs has a janitor of its own, which has work to do. */
        if (!proc_holds(pid, "cmdline", machine, strlen(machine)) &&
            (!proc_holds(pid, "environ", program, strlen(program) + 1) ||
             proc_holds(pid, "comm", JANITOR, strlen(JANITOR))))
            continue;
        end_process(pid);
        ended++;
    }
    closedir(proc);
    return ended;
}

void janitor_sweep(const char *root)
{
    static const char *const state[] = {"run", "lib", "io"};
    /* QEMU's own arguments name ROOT/lib/qemu/…; nobody else's do. */
    char *mark = format_text("%s/lib/qemu/", root);
    char *program = format_text("CAPOS_SLOT=%s", root);
    /* Ends with a pass that finds nothing after one that did: a process may fork while it is looked for. */
    for (int i = 0, quiet = 0; i < ROUNDS && quiet < 2; i++)
        quiet = end_processes(mark, program) > 0 ? 0 : quiet + 1;
    free(program);
    free(mark);
    for (size_t i = 0; i < sizeof state / sizeof *state; i++) {
        char *path = format_text("%s/%s", root, state[i]);
        folder_remove(path, NULL);
        free(path);
    }
}

static _Noreturn void serve(const char *root, int slot_lock, int pipe_end)
{
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE};
    setsid(); /* a signal to the scenario's process group must not reach the janitor */
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
        signal(ignored[i], SIG_IGN);
    prctl(PR_SET_NAME, JANITOR);
    for (int fd = (int)sysconf(_SC_OPEN_MAX) > 4096 ? 4096 : (int)sysconf(_SC_OPEN_MAX); fd >= 0;
         fd--)
        if (fd != slot_lock && fd != pipe_end)
            close(fd);
    char byte;
    while (read(pipe_end, &byte, 1) < 0 && errno == EINTR)
        ;
    janitor_sweep(root);
    _exit(0); /* closes the slot's lock */
}

bool janitor_start(const char *root, int slot_lock, struct error *err)
{
    int fds[2];
    if (pipe2(fds, O_CLOEXEC))
        return error_set(err, "cannot make a pipe: %s", strerror(errno));
    pid_t pid = fork();
    if (pid < 0)
        return error_set(err, "cannot start the janitor: %s", strerror(errno));
    if (pid == 0) {
        /* Forked twice: the janitor is nobody's child, so nobody has to wait for it. */
        pid_t second = fork();
        if (second == 0)
            serve(root, slot_lock, fds[0]);
        _exit(second < 0);
    }
    close(fds[0]);
    int status = -1;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    /* fds[1] stays open until this process ends: that is the point. */
    return status == 0 || error_set(err, "cannot start the janitor");
}
