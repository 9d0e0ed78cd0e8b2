/* Memory of a process: mapped, protected, shared, refused; and faults that end only who made them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The attempts stand in init.guest.c and refusals.guest.c, the faults in faulter.guest.c; a line
 * for each is in the golden.
 */
#include "harness/scenario.h"

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
    stream_expect(console, "init: nobody is the worse for it");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
