/* The boot package: its manifest byte for byte, its images with hashes; a spoilt one does not run.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The packages are made by guests.mk; those that the kernel refuses altogether are boot-package-hostile's.
 */
#include "harness/scenario.h"

#define ORDINARY "kernel/process/fuzz/corpus-elf/ordinary"

/* The hash that the host computes of the file, as hexadecimal digits. */
static const char *host_hash(const char *path)
{
    struct program *program = host_start("sha256sum", (const char *[]){"sha256sum", path, NULL});
    size_t len;

    check(host_wait(program) == 0, "a hash of %s", path);
    const char *output = stream_text(host_output(program), &len);
    check(len > 64, "64 digits");
    return text("%.64s", output);
}

SCENARIO
{
    const char *hash = host_hash(ORDINARY);

    struct machine *whole = machine_boot("whole");
    struct stream *console = machine_serial(whole, "console");
    stream_expect(console, "init: a manifest of 13893 bytes, and 3 images");
    stream_expect(console, "init: the manifest in chunks of 4096: the bytes that were packed");
    stream_expect(console, "init: the manifest in chunks of 7: the bytes that were packed");
    stream_expect(console, "init: reading one byte behind its end: refused");
    stream_expect(console, text("init: image ordinary: 560 bytes, SHA-256 %s", hash));
    stream_expect(console, "init: starting the image \"ordinary\": done");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(whole);
    stream_refuse(console, "check failed");

    /* One bit of that image is another one; what the package says of it is the same. */
    struct machine *spoilt = machine_boot("spoilt");
    console = machine_serial(spoilt, "console");
    stream_expect(console, text("init: image ordinary: 560 bytes, SHA-256 %s", hash));
    stream_expect(console, "init: starting the image \"ordinary\": refused, wrong checksum");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(spoilt);
    stream_refuse(console, "check failed");

    /* The system ends with its first process, however that ends. */
    struct machine *faulting = machine_boot("faulting");
    console = machine_serial(faulting, "console");
    machine_expect_fault(faulting, "process 1 \\(init\\): invalid opcode at instruction");
    stream_expect(console, "kernel: init was ended by fault 6");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(faulting);
}
