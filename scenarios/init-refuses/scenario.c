/* init refuses manifests whole and by name: full of errors, empty, cut, too long.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The first one is broken.txt; its errors are the golden. The program "other" would say so if it
 * were started.
 */
#include "harness/scenario.h"

static void expect_refusal(const char *name, const char *why)
{
    struct machine *machine = machine_boot(name);
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, why);
    stream_expect(console, "kernel: init exited with code 1");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "was started");
}

SCENARIO
{
    expect_refusal("broken", "init: manifest: files: a cycle: files -> disk -> files");
    expect_refusal("empty", "init: manifest: there are no services");
    expect_refusal("cut", "init: manifest: it is not a valid message");
    expect_refusal("long", "init: nothing is started: the boot package: a manifest of 70000 bytes");
}
