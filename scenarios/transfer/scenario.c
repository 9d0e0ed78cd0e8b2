/* Capabilities copied and moved, in calls, answers and grants: all or nothing, whatever fails.
 * SPDX-License-Identifier: Apache-2.0
 *
 * under_way.guest.c has the calls that wait, denied.guest.c what is refused at once,
 * answers.guest.c the answers; sender.guest.c and keeper.guest.c do it between two processes. A
 * line for each attempt is in the golden.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "under_way: using what is about to move: malformed");
    stream_expect(console, "under_way: using it after that: done");
    stream_expect(console, "under_way: two copied and two moved with one call");
    stream_expect(console, "denied: moving the same one twice: malformed");
    stream_expect(console, "owner: the memory is mine");
    stream_expect(console, "answers: answering with a move, without room for it: malformed");
    stream_expect(console, "sender: 200 moves to another process and back");
    stream_expect(console, "sender: a move in line behind it: refused");
    stream_expect(console, "init: receiving what a process sent that has ended: malformed");
    stream_expect(console, "init: nothing is left over: the ledger is as before");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
