/*
 * Writes a CapException (kernel.capnp) for an error of the kernel's own objects.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "abi/err.h"
#include "lib/types.h"

struct exception {
    int32_t status; /* RING_STATUS_EXCEPTION or RING_STATUS_TRUNCATED */
    uint32_t len;   /* bytes written */
};

/* Writes into the LEN bytes at SPACE (may be NULL), which are only written, never read. */
struct exception exception_write(void *space, uint32_t len, err_t error);
