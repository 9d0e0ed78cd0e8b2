/*
 * What init has in tests.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "holdings.h"

#include "abi/kernel.capnp.h"

static const struct holding caps[] = {{"console", INTERFACE_CONSOLE}, {"timer", INTERFACE_TIMER}};
static const char *const images[] = {"init", "shell", "files"};

const struct holdings test_holdings = {
    .caps = caps,
    .n_caps = 2,
    .images = images,
    .n_images = 3,
    .funds = {.frames = 9000, .objects = 2000, .calls = 1000, .timers = 300, .caps = 8000},
};
