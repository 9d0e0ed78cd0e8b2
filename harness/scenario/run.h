/* The run of one scenario: its state, and the one way in which it ends.
 * SPDX-License-Identifier: Apache-2.0
 *
 * There is one run per process. It belongs to the main thread, except for the objects that say
 * that the loop's lock guards them.
 */
#pragma once

#include "harness/base/error.h"
#include "harness/machine/connection.h"
#include "harness/machine/machine.h"
#include "harness/machine/slot.h"
#include "harness/manifest/manifest.h"
#include "harness/network/segment.h"
#include "harness/program/program.h"
#include "harness/result/result.h"
#include "harness/stream/stream.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RUN_MACHINES = 16, RUN_NETWORKS = 16, RUN_PROGRAMS = 64 };

struct options {
    const char *manifest;
    const char *run;     /* the run folder, as given */
    const char *goldens; /* the folder of all goldens */
    const char *build;
    bool accept, watch, debug;
    bool interactive; /* a person sits at the terminal: no list of steps, no time limit */
};

struct run_machine {
    struct machine *machine;
    bool panic_wanted, reset_wanted;
};

/* What a forward of a user network became. */
struct run_port {
    const struct machine *machine;
    char protocol[8];
    unsigned guest, host;
};

struct run {
    struct options options;
    struct manifest *manifest;
    char *root;   /* the project's root, absolute: the working directory at start */
    char *folder; /* the run folder, absolute */
    char *build;  /* the build folder, absolute: slots, programs */
    char *io;     /* the folder of sockets */
    struct slot slot;
    struct connection connection;
    bool connected;

    struct run_machine machines[RUN_MACHINES];
    size_t n_machines;
    struct segment
        *segments[RUN_NETWORKS]; /* by index of the manifest's networks; NULL: a user network */
    struct program *programs[RUN_PROGRAMS];
    size_t n_programs;
    struct run_port ports[64];
    size_t n_ports;

    int64_t started, first_machine; /* milliseconds of clock_ms() */
    int64_t deadline;               /* the manifest's limit; far away with --debug */
    void (*at_end)(void);           /* called first when the run ends; may be NULL */
    char step_where[256];           /* "scenarios/boot/scenario.c:12" */
    unsigned steps;
};

extern struct run run;

/* Ends the run with this verdict; never returns. @expected may be NULL; @came is formatted like printf.
 * Lock not held. */
_Noreturn void run_end(enum verdict, const char *expected, const char *came, ...)
    __attribute__((format(printf, 3, 4)));

/* Something that no scenario can want: a QEMU that died, a stream or network that broke (the host's fault); a
 * panic, a reset (the guest's). Returns whether there is any; the host's fault comes first, for it may have
 * caused the other. Lock held. */
struct trouble {
    enum verdict verdict;
    struct error came;
};
bool run_find_trouble(struct trouble *);

/* Whether a process faulted and the scenario did not expect it, and what its report says. Lock held. */
bool run_find_fault(struct error *came);

/* Ends the run if there is trouble. @waiting is what was waited for. Lock held, given up when it ends the run. */
void run_check_trouble(const char *waiting);

/* Stops the machines, makes the transcripts, compares the goldens, writes the result, exits. */
_Noreturn void run_finish(enum verdict, const char *expected, const char *came);
