/*
 * Scalar types that carry a meaning.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A physical address. It is reached through arch_phys(), never by a cast. */
typedef uint64_t paddr_t;
