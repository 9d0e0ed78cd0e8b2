/*
 * Floating-point fields of Cap'n Proto messages; not for the kernel, which has no such registers.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A field's default is xored by the caller as its bits, so fields are converted from and to bits.
 */
#pragma once

#include <stdint.h>

static inline float capnp_f32_of(uint32_t bits)
{
    float value;

    __builtin_memcpy(&value, &bits, sizeof(value));
    return value;
}

static inline double capnp_f64_of(uint64_t bits)
{
    double value;

    __builtin_memcpy(&value, &bits, sizeof(value));
    return value;
}

static inline uint32_t capnp_f32_bits(float value)
{
    uint32_t bits;

    __builtin_memcpy(&bits, &value, sizeof(bits));
    return bits;
}

static inline uint64_t capnp_f64_bits(double value)
{
    uint64_t bits;

    __builtin_memcpy(&bits, &value, sizeof(bits));
    return bits;
}
