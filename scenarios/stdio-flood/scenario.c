/* Too much: programs that write without end, more programs and more names than the shell can keep.
 * SPDX-License-Identifier: Apache-2.0
 *
 * How much is written depends on the host, so the terminal has no golden.
 */
#include "harness/scenario.h"

#define FIRST 7 /* number of the first program that waits */

static struct stream *terminal;

static void enter(const char *line)
{
    stream_expect(terminal, "capos> ");
    stream_type(terminal, text("%s\r", line));
}

static void in_front(void)
{
    enter("run flood");
    stream_expect(terminal, "################");
    stream_type(terminal, "\x03");
    stream_expect(terminal, "flood was terminated\r\n");
}

/* Two of them at once; the command is typed between their lines. */
static void behind(void)
{
    enter("run flood &");
    enter("run flood &");
    stream_expect(terminal, "[2] ################");
    stream_expect(terminal, "[3] ################");
    enter("kill 2");
    stream_expect(terminal, "[2] flood was terminated\r\n");
    stream_expect(terminal, "[3] ################");
    enter("kill 3");
    stream_expect(terminal, "[3] flood was terminated\r\n");
}

/* Typed all at once: the shell and each program get what is theirs. */
static void ahead(void)
{
    enter("run hello one\rrun cat\rfor cat\r\x04run hello two");
    stream_expect(terminal, "hello, one\r\n");
    stream_expect(terminal, "hello, two\r\n");
    check(stream_count(terminal, "for cat\r\n") >= 2, "the echo of a line, and cat's copy");
    check(stream_count(terminal, "there is no command") == 0, "no line for the wrong reader");
}

/* Programs that wait for ever: 16 of them can, and when they have ended, others can. */
static void programs(void)
{
    const char *line =
        "run cat with stdin=$2 budget frames=80,objects=16,calls=8,timers=2,caps=24 &";

    enter("call endpoints.create {\"interfaceId\": \"0xe9ba666a2859c441\"}");
    for (int i = FIRST; i < FIRST + 16; i++) {
        enter(line);
        stream_expect(terminal, text("[%d] cat\r\n", i));
    }
    enter(line);
    stream_expect(terminal, "cat: refused, 16 programs run already\r\n");
    for (int i = FIRST; i < FIRST + 16; i++) {
        enter(text("kill %d", i));
        stream_expect(terminal, text("[%d] cat was terminated\r\n", i));
    }
}

/* 64 names; what finds no room is dropped. */
static void names(void)
{
    for (int i = 0; i < 32; i++)
        enter("call endpoints.create {\"interfaceId\": 1}");
    stream_expect(terminal, "\"a capability that there is no room for\"");
    enter("drop $2");
    enter("call frames.allocate {\"pages\": 1}");
    stream_expect(terminal, "{ \"memory\": \"$");
}

SCENARIO
{
    struct machine *machine = machine_boot("machine");

    terminal = machine_serial(machine, "terminal");
    in_front();
    behind();
    ahead();
    programs();
    names();
    enter("run hello");
    stream_expect(terminal, "hello, world\r\n");
    enter("exit");
    stream_expect(machine_serial(machine, "console"),
                  "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
}
