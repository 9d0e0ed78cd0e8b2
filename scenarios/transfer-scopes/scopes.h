/*
 * What the programs of this scenario do with capabilities of each scope.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/capos.h"
#include "capos/program.h"

#define INTERFACE_BOX   0xb3d07c6a1f2e9845 /* takes capabilities, and drops them */
#define INTERFACE_GIVER 0xe94a70b5c8d31f26 /* gives the capability of that number */
#define INTERFACE_THING 0x8f1d5be2036ac794 /* what is passed around */

enum { BOX_TAKE, BOX_STOP };

/* The capabilities in question, by the names under which they are granted. */
#define N_THINGS 4
static const char *const things[N_THINGS] = {"shareable", "same-session", "regrant",
                                             "user-session"};
