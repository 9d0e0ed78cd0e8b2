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

/* For the few variables that every stay in the kernel looks at, so that they are on one page with
 * the processors' records: each further page costs a translation after each change of address
 * spaces. They begin as zero. */
#define HOT __attribute__((section(".bss.hot")))
