/* What the shell refuses: foreign names, forged handles, wrong calls, missing grants, empty budgets.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each refusal has words, and the next prompt follows. What can be done is in the scenario shell.
 */
#include "harness/scenario.h"

static struct stream *terminal;

static void refused(const char *line, const char *words)
{
    stream_expect(terminal, "capos> ");
    stream_type(terminal, text("%s\r", line));
    stream_expect(terminal, words);
}

static void lines(void)
{
    refused("format", "there is no command \"format\"");
    refused("help format", "there is no command \"format\"");
    refused("run \"hello", "a quote has no end");
    refused("call timer.now {\"a\": [", "a brace has no end");
    refused("x = run hello", "only what \"call\" returns can be given a name");
    refused("1x = call timer.now", "\"1x\" is no name");
    refused("timer = call frames.allocate {\"pages\": 1}",
            "\"timer\" is the name of a capability already");
    refused("exit now", "an exit code is a number");
}

static void names(void)
{
    refused("call disk.format", "nothing here is called \"disk\"");
    refused("call $1.now", "nothing here is called \"$1\"");
    refused("call 4294967297.now", "nothing here is called \"4294967297\"");
    refused("drop disk", "nothing here is called \"disk\"");
    refused("describe Disk", "neither a capability nor a type is called \"Disk\"");
    refused("run hello with disk", "nothing here is called \"disk\"");
}

static void calls(void)
{
    refused("call timer.set", "Timer has no method \"set\"");
    refused("call timer.sleep {\"until\": 1", "a brace has no end");
    refused("call timer.sleep {until: 1}", "this is no JSON");
    refused("call timer.sleep {\"til\": 1}", "til");
    refused("call timer.sleep {\"until\": \"soon\"}", "until");
    refused("call timer.sleep {\"until\": -1}", "until");
    refused("call terminal.readLine {\"maxLen\": 8, \"echo\": \"loud\"}", "echo");
    refused("call frames.allocate {\"pages\": 5000}", "frames.allocate: refused");
    refused("call console.write {\"text\": 5}", "text");
    refused("call terminal.read {\"maxLen\": 8}", "terminal.read: refused");
    refused("call caps.describe {\"handle\": \"0x700000001\"}", "caps.describe: refused");
}

/* A capability is said by a name; no number, and no name of another interface, becomes one. */
static void forgeries(void)
{
    refused("call chat.join {\"room\": 7}", "nothing here is called \"chat\"");
    refused(
        "call processes.spawn {\"image\": \"hello\", \"grants\": [{\"name\": \"x\", \"cap\": 9}]}",
        "processes.spawn: ");
}

static void programs(void)
{
    refused("run", "usage: run");
    refused("run nothing", "nothing: refused");
    refused("run hello with timer,timer", "\"timer\" is granted twice");
    refused("run hello with", "something is missing behind");
    refused("run hello budget pages=3", "a budget has no \"pages\"");
    refused("run hello budget frames=0", "frames of a budget is a number from 1 on");
    refused("run hello budget frames=4000000", "hello: refused");
    refused("run hello budget frames=2", "hello: refused");
    refused("kill 1", "no program that was started here has the number 1");
    refused("kill init", "usage: kill");
}

/* A shell with fewer grants, started by this one: what it lacks, it cannot do. */
static void lesser_shell(void)
{
    refused("run shell with caps,terminal", "\"help\" lists the commands.");
    refused("caps", "caps        CapTable");
    refused("call terminal.readLine {\"maxLen\": 8}", "terminal.readLine: refused, in use");
    refused("call terminal.write {\"bytes\": [7]}", "terminal.write: refused, in use");
    refused("call terminal.close", "terminal.close: refused, in use");
    refused("time", "this needs \"timer\", which the shell was not granted");
    refused("mem", "this needs \"system\", which the shell was not granted");
    refused("log", "this needs \"log\", which the shell was not granted");
    refused("run hello", "this needs \"processes\", which the shell was not granted");
    refused("call timer.now", "nothing here is called \"timer\"");
    refused("exit 9", "shell exited with code 9");
}

SCENARIO
{
    struct machine *machine = machine_boot("machine");

    terminal = machine_serial(machine, "terminal");
    lines();
    names();
    calls();
    forgeries();
    programs();
    lesser_shell();
    stream_expect(terminal, "capos> ");
    stream_type(terminal, "exit\r");
    stream_expect(machine_serial(machine, "console"),
                  "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
}
