/* What the harness says about runs that fail, one by one.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The runner is run on the scenarios of fixtures/harness/, each of which fails on purpose, in a
 * build folder of its own below this run's. What it prints, and its exit status, are what a person
 * or a CI service would see: 0 for a pass, 1 for a failure, 2 when the host could not run it.
 */
#include "harness/scenario.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { PASSED = 0, FAILED = 1, HOST_ERROR = 2, NEEDLES = 8 };

static const struct {
    const char *scenario;
    int status;
    const char *says[NEEDLES];
} cases[] = {
    {"passes", PASSED, {"PASS", "1 passed, 0 failed"}},

    /* Goldens. */
    {"golden-differs", FAILED, {"FAIL", "-power on", "+power off", "0 passed, 1 failed"}},
    {"golden-missing", FAILED, {"FAIL", "golden-missing/console.txt does not exist", "ACCEPT=1"}},
    {"golden-unused", FAILED, {"FAIL", "golden-unused/nobody.txt belongs to no stream"}},

    /* Assertions and expectations, with the place in the scenario and what came instead. */
    {"assertion", FAILED, {"FAIL", "two boots", "does not hold", "assertion/scenario.c:"}},
    {"early-end", FAILED, {"FAIL", "/^login: /", "the machine powered off before it came"}},
    {"silence", FAILED, {"HANG", "on console: \"login: \"", "processor 0: halted", "kernel: halt"}},
    {"script", FAILED, {"FAIL", "greet.expect.py:9: the other side timed out", "good morning"}},

    /* A scenario that proves nothing. */
    {"nothing", FAILED, {"FAIL", "it made no call at all"}},
    {"unwaited", FAILED, {"FAIL", "false was started and never waited for"}},

    /* The machine misbehaves: each is a verdict of its own, with functions instead of addresses. */
    {"panic", FAILED, {"PANIC", "the kernel panicked: provoked", "panic_inner", "provoke.c:"}},
    {"late-panic", FAILED, {"PANIC", "the kernel panicked: provoked"}},
    {"reset", FAILED, {"RESET", "a triple fault", "arch_break_triple_fault", "RIP="}},
    {"hang", FAILED, {"HANG", "interrupts off", "spin_outer", "kernel_main (kernel/main.c:"}},

    /* Processes misbehave: every assertion holds, or what is expected does not come. */
    {"fault",
     FAILED,
     {"FAIL", "12 processes faulted and nobody expected it, first: process 2 (crasher): divide",
      " divide_by_zero (", "scenarios/faults/crasher.guest.c:"}},
    {"fault-one-more",
     FAILED,
     {"FAIL", "a process faulted and nobody expected it: process 13 (crasher): general protection",
      " read_descriptor_table ("}},
    {"fault-missing",
     FAILED,
     {"FAIL", "/divide error/", "first: process 3 (crasher)",
      "; the machine powered off before it came"}},

    /* The host or the scenario itself is at fault: never a pass, never a failure of what is tested.
     */
    {"wrong-key",
     HOST_ERROR,
     {"ERROR", "manifest.json:5: machine.memroy: unknown key", "\"memory\""}},
    {"no-emulator",
     HOST_ERROR,
     {"ERROR", "/usr/bin/qemu-system-nothing", "install qemu-system-x86"}},
    {"no-initrd", HOST_ERROR, {"ERROR", "cannot read the initrd", "No such file", "system.initrd"}},
    {"folder-initrd", HOST_ERROR, {"ERROR", "the initrd", "is not a file"}},
    {"port-in-use",
     HOST_ERROR,
     {"ERROR", "port 48123 of the host", "in use", "0 for any free one"}},
    {"no-program", HOST_ERROR, {"ERROR", "cannot run no-such-program", "not installed"}},
    {"crash", HOST_ERROR, {"ERROR", "signal 11", "harness.log"}},
    {"early-exit", HOST_ERROR, {"ERROR", "result.json"}},
};

static void says(struct program *runner, const char *name, const char *what)
{
    size_t len;
    const char *output = stream_text(host_output(runner), &len);
    check(memmem(output, len, what, strlen(what)), "%s: \"%s\" in what the runner says:\n%s", name,
          what, output);
}

static struct program *run(const char *name, const char *option, const char *value)
{
    const char *const words[] = {"run",  name,  "--goldens", text("%s/goldens", run_folder()),
                                 option, value, NULL};
    const char *const *argv = runner_arguments(words);
    return host_start(text("%s%s", name, option ? option : ""), argv);
}

SCENARIO
{
    const char *const copy[] = {"cp", "-r", "fixtures/harness/goldens", run_folder(), NULL};
    check(host_run("copy-goldens", copy) == 0, "goldens of this run's own, to be changed");

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct program *runner = run(cases[i].scenario, NULL, NULL);
        int status = host_wait(runner);
        for (size_t k = 0; k < NEEDLES && cases[i].says[k]; k++)
            says(runner, cases[i].scenario, cases[i].says[k]);
        check(status == cases[i].status, "%s to end with status %d, not %d", cases[i].scenario,
              cases[i].status, status);
    }

    /* A result that changes from run to run is FLAKY, and never a pass. */
    struct program *flaky = run("flaky", "--repeat", "2");
    check(host_wait(flaky) == FAILED, "a flaky scenario to fail");
    says(flaky, "flaky", "FLAKY");
    says(flaky, "flaky", "0 passed, 1 failed");

    /* A golden that differs is accepted on request, once; after that the scenario passes. */
    struct program *accept = run("golden-differs", "--accept", NULL);
    check(host_wait(accept) == PASSED, "a run that accepts to pass");
    says(accept, "accept", "+power off");
    check(host_wait(run("golden-differs", "--keep", "5")) == PASSED, "the accepted golden to hold");

    /* An exact golden is of bytes, times included: a deterministic machine says them again. */
    check(host_wait(run("golden-exact", NULL, NULL)) == FAILED, "a missing golden to fail");
    check(host_wait(run("golden-exact", "--accept", NULL)) == PASSED, "its bytes to be accepted");
    check(host_wait(run("golden-exact", "--keep", "5")) == PASSED, "the same bytes again");

    /* But not the golden of a run that failed. */
    check(host_wait(run("panic", "--accept", NULL)) == FAILED, "a panic to stay a failure");
}
