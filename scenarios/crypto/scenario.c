/* BearSSL and libsodium as Debian compiled them: published vectors, tampering is refused.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The vectors stand in vectors.h, each with its source.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "BearSSL ECDSA P-256, signed: as published");
    stream_expect(console, "libsodium Ed25519, signed: as published");
    stream_expect(console, "libsodium Argon2id in 64 MiB: as published");
    stream_expect(console, "init: both libraries find what was published");
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "WRONG");
    stream_refuse(console, "ACCEPTED");
}
