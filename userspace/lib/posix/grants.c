/*
 * What the program was granted, by name and interface.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "posix/posix.h"

#include "capos/start.h"

cap_t posix_grant(const char *name, uint64_t interface_id)
{
    const struct grant *grant = capos_grant(name);

    return grant && grant->interface_id == interface_id ? grant->cap : CAP_NONE;
}
