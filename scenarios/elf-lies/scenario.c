/* Programs that lie about themselves are refused, each for its reason; those at the edges run.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The lies are the fuzzer's corpus (kernel/process/fuzz/corpus-elf): one file for each field that can be wrong. The
 * reasons are in the golden.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console,
                  "kernel: image write-execute is refused: a segment is writable and executable");
    stream_expect(console, "init: every lie is refused, and has left nothing");
    stream_expect(console, "init: the file that the lies were made from: runs");
    stream_expect(console, "edges: the lowest and the highest page are there");
    stream_expect(console, "edges: memory anywhere: done");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
    check(stream_count(console, " is refused: ") >= 60, "60 lies, each with its reason");
}
