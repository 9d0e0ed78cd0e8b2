/* Caller references: one for each session and endpoint, another one after each boot, none without
 * entropy.
 * SPDX-License-Identifier: Apache-2.0
 *
 * In the golden equal references have equal numbers.
 */
#include <stdio.h>
#include <string.h>

#include "harness/scenario.h"

#define REFERENCE_LEN 32

static struct stream *run(const char *name, const char *last)
{
    struct machine *machine = machine_boot(name);
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, last);
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
    return console;
}

/* The first one that the system's own program saw. */
static void first_reference(struct stream *console, char reference[REFERENCE_LEN + 1])
{
    size_t len;
    const char *at = strstr(stream_text(console, &len), "the first endpoint: reference ");

    check(at, "a reference");
    snprintf(reference, REFERENCE_LEN + 1, "%s", at + strlen("the first endpoint: reference "));
}

SCENARIO
{
    struct stream *first = run("first", "caller: by one that was derived there: reference");
    struct stream *second = run("second", "caller: by one that was derived there: reference");
    char reference[REFERENCE_LEN + 1];

    first_reference(first, reference);
    check(stream_count(first, reference) >= 3, "the same one by each client");
    stream_refuse(second, reference);
    run("none", "init: a session: refused, there is no source of entropy");
}
