/*
 * What init has in tests.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "graph.h"

/* A "console" and a "timer", a good deal of everything that is counted, and a package of the programs
 * "init", "shell" and "files". */
extern const struct holdings test_holdings;
