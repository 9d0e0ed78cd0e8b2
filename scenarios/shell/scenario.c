/* A session with the shell: help, capabilities, typed calls, programs, and the end of the system.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The golden of the terminal is what a person sees: it shows what can be done. What cannot is shell-denied's.
 */
#include "harness/scenario.h"

static struct stream *terminal;

static void enter(const char *line)
{
    stream_expect(terminal, "capos> ");
    stream_type(terminal, text("%s\r", line));
}

static void help(void)
{
    enter("help");
    enter("help run");
}

static void capabilities(void)
{
    enter("caps");
    enter("describe timer");
    enter("describe ProcessHandle.Reason");
    enter("call timer.now");
    stream_expect(terminal, "{ \"nanoseconds\": \"");
    enter("call entropy.read {\"len\": 3}");
    stream_expect(terminal, "{ \"bytes\": [ ");
    enter("call console.write {\"text\": \"the shell says hello\"}");
}

/* What calls return gets a name, and can be used in others. */
static void results(void)
{
    enter("two = call frames.allocate {\"pages\": 2}");
    stream_expect(terminal, "{ \"memory\": \"$two\" }");
    enter("call two.info");
    stream_expect(terminal, "{ \"pages\": 2 }");
    enter("call endpoints.create {\"interfaceId\": \"0x9209a6034bbc2e86\"}");
    stream_expect(terminal, "{ \"server\": \"$1\", \"client\": \"$2\" }");
    enter("caps");
    stream_expect(terminal, "$2          Timer             client  copy");
    enter("drop $1");
    enter("call $2.now");
    stream_expect(terminal, "$2.now: refused, the other side is gone");
    enter("drop $2");
    enter("drop two");
}

static void programs(void)
{
    enter("run hello");
    stream_expect(terminal, "hello, world");
    enter("run hello ada \"grace and mary\"");
    stream_expect(terminal, "hello, grace and mary");
    enter("run cat");
    stream_expect(terminal, "run cat\r\n");
    stream_type(terminal, "what is typed\r");
    stream_expect(terminal, "what is typed\r\nwhat is typed\r\n");
    stream_type(terminal, "\x04");
    enter("run cat with stdin=$3 &");
    stream_expect(terminal, "nothing here is called \"$3\"");
}

static void background(void)
{
    enter("pipe = call endpoints.create {\"interfaceId\": \"0xe9ba666a2859c441\"}");
    enter("run cat with stdin=$3 &");
    stream_expect(terminal, "[4] cat\r\n");
    enter("ps");
    enter("kill 4");
    stream_expect(terminal, "[4] cat was terminated\r\n");
    enter("ps");
}

static void the_system(void)
{
    enter("time");
    enter("time run hello");
    enter("mem");
    enter("log 1");
    stream_expect(terminal, "shell: the shell says hello");
}

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    terminal = machine_serial(machine, "terminal");
    help();
    capabilities();
    results();
    programs();
    background();
    the_system();
    enter("exit 3");
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
}
