/* A machine's plan as libvirt's domain XML.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What libvirt has an element for stands as an element; the rest (networks and their captures,
 * disks, deterministic clocks, debug ports) goes through the qemu:commandline name space.
 */
#pragma once

#include "harness/base/buffer.h"
#include "harness/manifest/manifest.h"

#include <stdbool.h>

struct domain_place {
    const char *name;  /* the domain's, unique on the host */
    const char *root;  /* the project's, absolute */
    const char *build; /* the build folder, absolute */
    const char
        *io; /* folder of the sockets and FIFOs: "MACHINE.SERIAL", "MACHINE.trace", "NETWORK" */
    const char *run; /* the run folder, absolute: captures, logs */
    bool alone;      /* in its scenario: its files leave its name out */
    bool kvm;
    bool debug; /* a gdb stub listens on IO/MACHINE.gdb */
};

/* UEFI's code and the variables with which each machine begins: Debian's package ovmf. */
#define UEFI_CODE      "/usr/share/OVMF/OVMF_CODE_4M.fd"
#define UEFI_VARIABLES "/usr/share/OVMF/OVMF_VARS_4M.fd"

/* A path of the manifest as an absolute one: "build/…" lies under the build folder, everything else
 * under the project's root. Caller frees. */
char *domain_path(const struct domain_place *, const char *path);

void domain_xml(const struct machine_plan *, const struct domain_place *, struct buffer *out);
