/* Streams of programs: lines, their end, Ctrl-C, modes, garbage, a server that is gone.
 * SPDX-License-Identifier: Apache-2.0
 *
 * cat is the default system's; the others stand beside this. Whatever they do, the shell's next prompt comes.
 */
#include "harness/scenario.h"

static struct stream *terminal;

static void enter(const char *line)
{
    stream_expect(terminal, "capos> ");
    stream_type(terminal, text("%s\r", line));
    stream_expect(terminal, text("%s\r\n", line));
}

/* Lines go in and come out, one of them edited; Ctrl-D ends the input. */
static void input(void)
{
    enter("run cat");
    stream_type(terminal, "one\r");
    stream_expect(terminal, "one\r\none\r\n");
    stream_type(terminal, "t\x1b[Dwo\x7f\x05!\r");
    stream_expect(terminal, "wt!\r\n");
    stream_type(terminal, "\x04");
}

/* A program that is ended while it reads; what is typed next is the shell's. */
static void interrupted(void)
{
    enter("run cat");
    stream_type(terminal, "half a li\x03");
    stream_expect(terminal, "cat was terminated\r\n");
    enter("run hello after");
    stream_expect(terminal, "hello, after\r\n");
}

static void modes(void)
{
    enter("run modes");
    stream_expect(terminal, "password: ");
    stream_type(terminal, "correct\x7f horse\r");
    stream_expect(terminal, "keys:");
    stream_type(terminal, "a\x03\x04\x1b[A\r");
    stream_expect(terminal, " 61 03 04 1b 5b 41 0d");
    stream_type(terminal, "q");
    stream_expect(terminal, " 71\r\n");
    enter("run modes");
    stream_expect(terminal, "password: ");
    stream_type(terminal, "\r");
    stream_expect(terminal, "keys:");
    stream_type(terminal, "\x1c");
    stream_expect(terminal, "modes was terminated\r\n");
}

static void garbage(void)
{
    enter("run garbage with console");
    stream_expect(terminal, "a line: ");
    stream_type(terminal, "fine\r");
}

/* In the background there is nothing to read, and what is written comes in lines, as text. */
static void background(void)
{
    enter("run cat &");
    stream_expect(terminal, "exited with code 0\r\n");
    stream_type(terminal, "run paint &\r");
    stream_expect(terminal, "] paint exited with code 0\r\n");
}

/* The server of a stream goes: who reads from it is told. */
static void server_gone(void)
{
    stream_type(terminal, "call endpoints.create {\"interfaceId\": \"0xe9ba666a2859c441\"}\r");
    stream_expect(terminal, "{ \"server\": \"$1\", \"client\": \"$2\" }\r\n");
    enter("run cat with stdin=$2 &");
    enter("drop $1");
    stream_expect(terminal, "] cat: stdin: ");
    stream_expect(terminal, "] cat exited with code 1\r\n");
    stream_type(terminal, "run cat with stdin=$2\r");
    stream_expect(terminal, "cat exited with code 1\r\n");
}

/* Of all that ran, the shell holds nothing any more: the golden has the numbers. */
static void nothing_left(void)
{
    enter("call system.ledger");
    stream_expect(terminal, "{ \"used\": ");
}

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    terminal = machine_serial(machine, "terminal");
    input();
    interrupted();
    modes();
    garbage();
    background();
    server_gone();
    nothing_left();
    enter("exit");
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
    stream_refuse(terminal, "horse");
}
