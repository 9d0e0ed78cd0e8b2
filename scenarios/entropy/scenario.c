/* Unpredictable bytes from a processor that has a source of them; none from one that has not.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The attempts stand in init.guest.c, a line for each in the goldens.
 */
#include "harness/scenario.h"

static struct stream *boot(const char *name, struct machine **machine)
{
    *machine = machine_boot(name);
    return machine_serial(*machine, "console");
}

static void end(struct machine *machine, struct stream *console)
{
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}

static void prove_bytes(const char *name)
{
    struct machine *machine;
    struct stream *console = boot(name, &machine);

    stream_expect(console, "init: 1024 bytes: done");
    stream_expect(console, "init: 1025 bytes: refused");
    stream_expect(console, "init: 1000 times 16 bytes: no two alike");
    stream_expect(console, "init: two processes: ");
    end(machine, console);
    stream_refuse(console, "kernel: entropy:");
}

static void prove_none(const char *name)
{
    struct machine *machine;
    struct stream *console = boot(name, &machine);

    stream_expect(console, "kernel: entropy: there is no source of entropy");
    stream_expect(console, "init: 32 bytes: refused, there is no source of entropy");
    stream_expect(console, "init: 100 attempts: no byte has come");
    end(machine, console);
}

SCENARIO
{
    prove_bytes("both");
    prove_bytes("rdrand");
    prove_none("none");
}
