/* A running machine: one libvirt domain, its serial streams, and how it ended.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Life: machine_create() makes the streams, which listen; machine_start() boots; then events move
 * it from RUNNING to one of the ends, in which it stays. machine_stop() ends QEMU and waits until
 * every byte it said has arrived. A machine belongs to the scenario's process and lives until that
 * ends.
 */
#pragma once

#include "harness/base/error.h"
#include "harness/machine/connection.h"
#include "harness/machine/domain_xml.h"
#include "harness/machine/qemu_trace.h"
#include "harness/manifest/manifest.h"
#include "harness/stream/faults.h"
#include "harness/stream/kernel_log.h"
#include "harness/stream/stream.h"

#include <stdbool.h>
#include <sys/types.h>

enum { MACHINE_SERIALS = 4 };

enum machine_state {
    MACHINE_CREATED,
    MACHINE_RUNNING,
    MACHINE_OFF,     /* the guest powered it off */
    MACHINE_RESET,   /* the guest reset it: reboot or triple fault */
    MACHINE_DIED,    /* QEMU ended by itself */
    MACHINE_STOPPED, /* the harness ended it */
};

struct machine {
    const struct machine_plan *plan;
    bool alone;      /* in its scenario: its name is left out of its files' and streams' */
    char *words;     /* machine_words() */
    const char *run; /* the run folder, absolute */
    char *kernel;    /* path of the kernel's ELF file, absolute */
    char *programs;  /* folder of its processes' PROGRAM.elf, absolute; NULL: not known */
    char *name;      /* of the domain */
    struct connection *connection;
    virDomainPtr domain;
    pid_t pid; /* of QEMU when the connection is embedded, else 0 */
    int pid_watch;

    /* Guarded by the loop's lock. */
    enum machine_state state;
    bool stopping; /* the harness ends it: QEMU's death is no surprise */
    bool reported; /* libvirt has reported its end, so every event before that has been handled */
    bool reaped;   /* QEMU's process is gone */
    struct stream *serials[MACHINE_SERIALS];
    struct qemu_trace trace;
    struct panic_report panic; /* from the first serial port, as what follows */
    struct fault_log faults;
};

/* "the machine" when it is alone in its scenario, else "machine NAME". */
const char *machine_words(const struct machine *);

/* The end's name for people: "running", "powered off", "reset", … */
const char *machine_state_name(enum machine_state);

/* @place gives the folders; its name, kvm and alone are filled in here and kept. NULL on an error
 * of the host. */
struct machine *machine_create(const struct machine_plan *, struct connection *,
                               const struct domain_place *, struct error *);

/* Boots it; with @paused, it waits before the first instruction. Lock not held. */
bool machine_start(struct machine *, const struct domain_place *, bool paused, struct error *);

/* Ends QEMU, if it still runs, and waits (at most 10 s) until all that it said and reported has arrived: a panic
 * or a reset that was under way is then known. Lock not held. */
bool machine_stop(struct machine *, struct error *);

/* The panic report in full, or what there is of it @deadline ms after it began. Lock held. */
void machine_await_panic_report(struct machine *, int64_t deadline);
