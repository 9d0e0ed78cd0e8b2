/* All of 16 GiB is there to use, also on a processor without pages of 1 GiB.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The host gives memory only for what the guest touches.
 */
#include "harness/scenario.h"

static void has_all(const char *name)
{
    struct machine *machine = machine_boot(name);
    struct stream *console = machine_serial(machine, "console");

    stream_expect_match(console, "kernel: memory: 1638[0-9] MiB usable");
    stream_expect(console, "none writable and executable");
    stream_expect(console, "init: all of it can be had");
    stream_expect(console, "init: memory above 4 GiB keeps what is written");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
}

SCENARIO
{
    has_all("huge-pages");
    has_all("large-pages");
}
