/* Waiting at a word of memory: woken, refused, timed out, cancelled; locks built on it lose nothing.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The attempts stand in init.guest.c, and a line for each in the golden. On one, two and four
 * processors they end alike.
 */
#include "harness/scenario.h"

static void prove(const char *name)
{
    struct machine *machine = machine_boot(name);
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: three who wait at one word: woken one by one, in the order of");
    stream_expect(console, "init: a word on a page that is not mapped: malformed");
    stream_expect(console, "stranger: waking whoever waits at the same address: 0 woken");
    stream_expect(console, "init: a mutex, 4 threads, 10000 increments each: 40000");
    stream_expect(console, "init: a queue of 4 places, 2 producers, 2 consumers: ");
    stream_expect(console, "init: whoever waited is awake");
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}

SCENARIO
{
    prove("one");
    prove("two");
    prove("four");
}
