/* A terminal as POSIX sees it: lines, keys, a password; a thread is cancelled while it reads.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What is asked for stands in init.posix.c; the golden of the terminal is what a person would see.
 */
#include "harness/scenario.h"

static struct stream *terminal;

static void answer(const char *prompt, const char *keys)
{
    stream_expect(terminal, prompt);
    stream_type(terminal, keys);
}

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    terminal = machine_serial(machine, "terminal");
    answer("name: ", "adda\b\ba\r");
    stream_expect(terminal, "hello ada");
    answer("number: ", "21\r");
    stream_expect(terminal, "twice that is 42");
    answer("one by one: ", "xyz\r");
    stream_expect(terminal, "<x><y><z>");
    answer("password: ", "secret\r");
    stream_expect(terminal, "it has 6 letters");
    answer("keys: ", "a");
    answer("61 ", "\x1b[A");
    answer("1b 5b 41 ", "q");
    stream_expect(terminal, "a thread that reads: cancelled");
    answer("end of the input: ", "\x04");
    stream_expect(terminal, "seen");
    stream_expect(console, "kernel: init exited with code 0");
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(terminal, "secret");
}
