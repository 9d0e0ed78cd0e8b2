/* Memory of a process: mapped, protected, shared, refused; and faults that end only who made them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The attempts stand in init.guest.c and refusals.guest.c, the faults in faulter.guest.c; a line
 * for each is in the golden.
 */
#include "harness/scenario.h"

/* What the kernel reports of faulter.guest.c, in its order. */
/* clang-format off */
static const char *const faults[] = {
    "fetch from 0x[0-9a-f]+, not allowed",
    "fetch from 0x[0-9a-f]+, not allowed",
    "fetch from 0x[0-9a-f]+, not allowed",
    "write to 0x[0-9a-f]+, not allowed",
    "write to 0x[0-9a-f]+, not allowed",
    "write to 0x[0-9a-f]+, not allowed",
    "read from 0x[0-9a-f]+, not allowed",
    "read from 0x8, not mapped",
    "read from 0x500000000000, not mapped",
    "read from 0xffffffff80000000, not mapped",
    "write to 0x[0-9a-f]+, not mapped",
    "write to 0x[0-9a-f]+, not allowed",
    "read from 0x[0-9a-f]+, not mapped",
};
/* clang-format on */

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: memory that was used before comes back zeroed");
    stream_expect(console, "refusals: mapping over the ring: refused");
    stream_expect(console, "refusals: mapping over the kernel: refused");
    stream_expect(console, "init: a jump into data: page fault");
    stream_expect(console, "init: beyond the end of the first thread's stack: page fault");
    stream_expect(console, "init: memory that another thread unmaps: page fault");
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        machine_expect_fault(machine, text("\\(faulter\\): page fault: %s, at", faults[i]));
    stream_expect(console, "init: nobody is the worse for it");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
