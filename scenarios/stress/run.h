/* Starts the players in a machine with a seed and a size, and waits for their end.
 * SPDX-License-Identifier: Apache-2.0
 *
 * SEED=number repeats the choices of a run; SIZE=number is how many operations each worker does.
 * For scenarios: they include harness/scenario.h before this.
 */
#pragma once

#include <stdlib.h>
#include <time.h>

static const char *stress_new_seed(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return text("%lld", (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000);
}

static void stress_run(const char *usual_size)
{
    static const char *const ends[] = {"init: the ledger is as before", "check failed", NULL};
    const char *seed = getenv("SEED") ? getenv("SEED") : stress_new_seed();
    const char *size = getenv("SIZE") ? getenv("SIZE") : usual_size;
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");
    struct stream *terminal = machine_serial(machine, "terminal");

    stream_expect(terminal, "seed and size: ");
    stream_type(terminal, text("%s %s\r", seed, size));
    stream_expect(console, text("seed %s, size %s", seed, size));
    check(stream_expect_any(console, ends) == 0, "an end without a failed check");
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
