/*
 * What "init" asks of "middle", and "middle" of "back".
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/capos.h"
#include "capos/program.h"

#define INTERFACE_HOP 0xe4ce9710e4ce9711

enum {
    HOP_REFUSE,  /* (type) -> an exception of that type, ERR_IN_USE, "back says TYPE" */
    HOP_CUT,     /* the same, but middle leaves no room for it */
    HOP_KERNEL,  /* () -> the exception that a kernel object gives back */
    HOP_DROP,    /* () -> no answer */
    HOP_DOMAIN,  /* () -> (status 7) */
    HOP_COUNT,   /* () -> (calls that have come to back, this one included) */
    HOP_UNKNOWN, /* a method that back does not have */
    HOP_STOP,    /* () -> (), and that server exits */
};
