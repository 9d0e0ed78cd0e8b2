/* Vector and floating-point registers: each thread has its own, whole, and fresh ones at its start.
 * SPDX-License-Identifier: Apache-2.0
 *
 * With the two instructions that the kernel may save them with, and the two widths that they can
 * have. The attempts stand in init.guest.c, fresh.guest.c and holder.guest.c.
 */
#include "harness/scenario.h"

static void prove(const char *name, const char *registers)
{
    struct machine *machine = machine_boot(name);
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, registers);
    stream_expect(console, "fresh: first thread: ");
    stream_expect(console, "fresh: another thread: ");
    stream_expect(console, "init: registers held over a system call that waits: ");
    stream_expect(console, "init: two programs with two threads each, that never wait: ");
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}

SCENARIO
{
    prove("avx", "init: 16 registers of 256 bits, saved with XSAVE");
    prove("sse", "init: 16 registers of 128 bits, saved with XSAVE");
    prove("fxsave", "init: 16 registers of 128 bits, saved with FXSAVE");
    prove("two", "init: 16 registers of 256 bits, saved with XSAVE");
}
