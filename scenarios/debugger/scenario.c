/* DEBUG=1 stops before the kernel's first instruction, and gdb takes it from there.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The gdb line is the one that the harness prints, with a few commands more. The machine is one that waits for a key,
 * so that it does not end while gdb still takes its leave.
 */
#include "harness/scenario.h"

#include <signal.h>
#include <string.h>

/* The words between "gdb" and "continue", of which two lines are one command. */
static const char *gdb_line(struct program *runner)
{
    size_t len;
    const char *output = stream_text(host_output(runner), &len);
    char *start = strstr(output, "gdb "), *end = start ? strstr(start, "-ex continue") : NULL;
    check(start && end, "a gdb line in:\n%s", output);
    return text("%.*s", (int)(end - start), start);
}

SCENARIO
{
    const char *const words[] = {"run", "waits", "--debug", NULL};
    struct program *runner = host_start("runner", runner_arguments(words));
    stream_expect(host_output(runner), "No time limit holds");

    const char *const gdb[] = {"sh", "-c",
                               text("%s -batch -ex continue -ex 'x/i $pc' -ex 'hbreak kernel_main' "
                                    "-ex continue -ex backtrace -ex delete -ex detach </dev/null",
                                    gdb_line(runner)),
                               NULL};
    struct program *debugger = host_start("gdb", gdb);
    stream_expect_match(host_output(debugger), "=> 0x10[0-9a-f]{4}:\\s+mov");
    stream_expect(host_output(debugger), "#0  kernel_main (");
    stream_expect(host_output(debugger), "enter_high_half () at kernel/arch/x86_64/entry.S:");
    check(host_wait(debugger) == 0, "gdb to end well");

    /* Let go, the machine runs on, until somebody presses Ctrl-C. */
    stream_expect(host_output(runner), "pause: press Enter");
    kill(host_pid(runner), SIGINT);
    check(host_wait(runner) == 130, "the runner to say that it was interrupted");
}
