/* What can be known to go wrong before QEMU is started, said more clearly than QEMU would.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/error.h"
#include "harness/machine/domain_xml.h"
#include "harness/manifest/manifest.h"

#include <stdbool.h>

/* Checks that all that the machine boots from can be read and that fixed host ports are free, and
 * creates the plan's empty disks in the run folder. The error says what to do. */
bool preflight(const struct machine_plan *, const struct domain_place *, struct error *);
