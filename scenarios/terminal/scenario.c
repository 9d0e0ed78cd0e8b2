/* The terminal: lines typed, hidden and cancelled; one holder, who may die; floods and waits.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What is asked for stands in init.guest.c. The golden of the terminal is what a person would see,
 * that of the console what the programs got.
 */
#include "harness/scenario.h"

#include <string.h>

#define FLOOD_LEN 10000
#define LINE_MAX  16

static struct stream *terminal;

static void answer(const char *prompt, const char *keys)
{
    stream_expect(terminal, prompt);
    stream_type(terminal, keys);
}

static void lines(void)
{
    answer("name: ", "ada\r");
    answer("edited: ", "wrong\x15"
                       "ba\b\x7f"
                       "charles\r");
    answer("keys: ", "k\x1b[A\te\x1b[1;5C\x1bOPy\x1b[3~s\r");
    answer("umlaut: ", "gr\xc3\xbc\xc3\x9f\x7f\r");
    answer("feed: ", "unix\n");
    answer("cancelled: ", "half a li\x03");
    answer("ended: ", "\x04");
    answer("ahead: ", "one\r\ntwo\r\n");
}

static void passwords(void)
{
    answer("password: ", "corect\b\b\brect horse\r");
    answer("again, but cancelled: ", "correct horse\x03");
}

/* Each byte that the line has no room for rings. */
static void flood(void)
{
    static char keys[FLOOD_LEN + 2];

    memset(keys, 'x', FLOOD_LEN);
    keys[FLOOD_LEN] = '\r';
    answer("flood: ", keys);
    stream_expect(terminal, "\r\n");
    check(stream_count(terminal, "\a") == FLOOD_LEN - LINE_MAX, "a bell for each byte too many");
}

/* Each byte comes to the program, and none is shown. */
static void keys(void)
{
    answer("bytes: ", "k\x1b[A\x7f\x03\x04\x15\r");
}

static void others(struct machine *machine)
{
    answer("holder: ", "mine\r");
    machine_expect_fault(machine, "\\(holder\\): page fault: write to 0x8, not mapped");
    answer("after its death: ", "ours again\r");
}

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    terminal = machine_serial(machine, "terminal");
    lines();
    passwords();
    flood();
    keys();
    others(machine);
    stream_expect(console, "init: the terminal is as it should be");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
    stream_refuse(terminal, "horse");
    stream_refuse(terminal, "last");
}
