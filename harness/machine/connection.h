/* The connection to libvirt: its embedded QEMU driver by default, or the one that HARNESS_URI
 * names.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/error.h"
#include "harness/machine/slot.h"

#include <libvirt/libvirt.h>
#include <stdbool.h>

struct connection {
    virConnectPtr libvirt;
    bool embedded; /* QEMU's processes are then descendants of this one */
    bool kvm;      /* machines use KVM unless they are deterministic */
};

/* Opens the connection; the loop runs already. @uri NULL: the embedded driver in @slot. Asks QEMU's
 * capabilities of @emulator, so that the first machine starts at once. */
bool connection_open(struct connection *, const struct slot *, const char *uri,
                     const char *emulator, struct error *);

/* Fills @err with "what: " and what libvirt said last. Always false. */
bool connection_error(struct error *err, const char *what);
