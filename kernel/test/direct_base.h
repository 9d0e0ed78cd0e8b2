/*
 * Where the direct map is in a host test: a test sets it so that its own memory begins at physical
 * address 0.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stdint.h>

extern uintptr_t fake_direct_base;

#define DIRECT_BASE fake_direct_base
