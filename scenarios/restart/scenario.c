/* Services that end: never, on failure or always started again, given up; what their clients hear.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The services of system.json take turns, so that init's lines have one order. The last one but the
 * servers calls one that crashes three times, and is started again twice.
 */
#include "harness/scenario.h"

#include <stdio.h>
#include <string.h>

/* The time that the log gives the line, which stands behind FROM; and where it ends. */
static double line_time(const char **from, const char *line)
{
    const char *at = strstr(*from, line), *begin = at;
    double seconds;

    check(at, "the line \"%s\"", line);
    while (begin > *from && begin[-1] != '\n')
        begin--;
    check(sscanf(begin, "[%lf]", &seconds) == 1, "a time before \"%s\"", line);
    *from = at + strlen(line);
    return seconds;
}

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: never: ended, exit code 3\n");
    stream_expect(console, "init: good: ended, exit code 0\n");
    stream_expect(console, "init: bad: ended, exit code 3; restart 1 of 3 in 1 ms");
    stream_expect(console, "init: bad: ended, exit code 3; restart 3 of 3 in 4 ms");
    stream_expect(console, "init: bad: ended, exit code 3; given up, restarts 3 of 3");
    machine_expect_fault(machine, "\\(worker\\): invalid opcode at instruction");
    machine_expect_fault(machine, "\\(worker\\): invalid opcode at instruction");
    stream_expect(console, "init: faulting: ended by fault 6; given up, restarts 1 of 1");
    stream_expect(console, "init: better: ended, exit code 0\n");
    stream_expect(console, "init: always: ended, exit code 0; given up, restarts 2 of 2");
    stream_expect(console, "customer: a call that the service crashes in: refused");
    stream_expect(console, "customer: the next call, which waits for the next instance: done");
    stream_expect(console, "init: crasher: ended, exit code 9; given up, restarts 2 of 2");
    stream_expect(console, "customer: a call when the service has been given up: refused");
    stream_expect(console, "init: turns was essential: the system ends");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");

    const char *log = stream_text(console, &(size_t){0});
    double ended = line_time(&log, "init: bad: ended, exit code 3; restart 3 of 3 in 4 ms\n");
    double started = line_time(&log, "init: bad: started\n");
    check(started - ended >= 0.003999, "a pause of 4 ms, not of %f s", started - ended);
}
