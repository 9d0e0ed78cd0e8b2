/* However a run is ended, it leaves no QEMU, no janitor and no lock behind.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The runner runs a scenario that waits for ever; then somebody is interrupted, killed, or crashes.
 * Each time, QEMU must be gone and the slot that it ran in free, which is awaited, not slept for.
 */
#include "harness/scenario.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { GONE_MS = 30000 };

struct victim {
    struct program *runner;
    int scenario, qemu;   /* process numbers */
    int qemu_handle;      /* readable when QEMU is gone */
    char slot_lock[4096]; /* the lock file of its slot */
};

/* QEMU's arguments name its slot: …/lv/3/lib/qemu/… */
static void find_slot(struct victim *v)
{
    char arguments[16384];
    int fd = open(text("/proc/%d/cmdline", v->qemu), O_RDONLY);
    ssize_t len = read(fd, arguments, sizeof arguments - 1);
    close(fd);
    check(len > 0, "QEMU's arguments");
    char *end = memmem(arguments, (size_t)len, "/lib/qemu/", 10), *start = end;
    check(end, "a path of the slot in QEMU's arguments");
    while (start > arguments && start[-1] != '"' && start[-1] != '=' && start[-1] != '\0')
        start--;
    snprintf(v->slot_lock, sizeof v->slot_lock, "%.*s.lock", (int)(end - start), start);
}

static const char *const *runner_on(const char *scenario)
{
    const char *const words[] = {"run", scenario, "--watch", NULL};
    return runner_arguments(words);
}

static struct victim start_waiting(const char *name)
{
    struct victim v = {.runner = host_start(name, runner_on("waits"))};
    stream_expect(host_output(v.runner), "pause: press Enter");
    v.scenario = host_find("fixtures/bin/waits", run_folder());
    v.qemu = host_find("qemu-system-x86_64", text("capos-%d-", v.scenario));
    check(v.scenario && v.qemu, "the scenario's process and QEMU, not %d and %d", v.scenario,
          v.qemu);
    v.qemu_handle = (int)syscall(SYS_pidfd_open, v.qemu, 0);
    find_slot(&v);
    return v;
}

static void leaves_nothing(struct victim *v, const char *how)
{
    struct pollfd gone = {.fd = v->qemu_handle, .events = POLLIN};
    check(poll(&gone, 1, GONE_MS) == 1, "QEMU gone after %s", how);
    close(v->qemu_handle);

    /* Whoever holds the slot's lock is either the janitor, which is about to end, or another run,
     * which ends too. */
    int lock = open(v->slot_lock, O_RDWR | O_CLOEXEC);
    check(lock >= 0 && flock(lock, LOCK_EX) == 0, "the slot free after %s", how);
    close(lock);
    check(host_find("fixtures/bin/waits", run_folder()) == 0, "no scenario process after %s", how);
}

SCENARIO
{
    struct victim v = start_waiting("interrupt");
    kill(host_pid(v.runner), SIGINT);
    check(host_wait(v.runner) == 130, "the runner to say that it was interrupted");
    leaves_nothing(&v, "Ctrl-C");

    v = start_waiting("kill-runner");
    kill(host_pid(v.runner), SIGKILL);
    check(host_wait(v.runner) == 128 + SIGKILL, "the runner to be killed");
    leaves_nothing(&v, "the runner was killed");

    v = start_waiting("kill-scenario");
    kill(v.scenario, SIGKILL);
    check(host_wait(v.runner) == 2, "a killed scenario to be an error");
    leaves_nothing(&v, "the scenario's process was killed");

    v = start_waiting("crash-scenario");
    kill(v.scenario, SIGSEGV);
    check(host_wait(v.runner) == 2, "a crashed scenario to be an error");
    leaves_nothing(&v, "the scenario's process crashed");

    v = start_waiting("kill-both");
    kill(host_pid(v.runner), SIGKILL);
    kill(v.scenario, SIGKILL);
    check(host_wait(v.runner) == 128 + SIGKILL, "the runner to be killed");
    leaves_nothing(&v, "both were killed");

    v = start_waiting("kill-qemu");
    kill(v.qemu, SIGKILL);
    check(host_wait(v.runner) == 2, "a killed QEMU to be an error");
    stream_expect(host_output(v.runner), "ended by itself");
    leaves_nothing(&v, "QEMU itself was killed");

    /* Programs of the host, and what they started, go too. */
    struct program *runner = host_start("kill-programs", runner_on("orphans"));
    stream_expect(host_output(runner), "host_run(\"sleep\"");
    int slept = host_find("sleep", "301");
    check(slept, "a grandchild of the scenario that sleeps");
    int handle = (int)syscall(SYS_pidfd_open, slept, 0);
    kill(host_find("fixtures/bin/orphans", run_folder()), SIGKILL);
    check(host_wait(runner) == 2, "a killed scenario to be an error");
    struct pollfd gone = {.fd = handle, .events = POLLIN};
    check(poll(&gone, 1, GONE_MS) == 1, "the grandchild gone");
}
