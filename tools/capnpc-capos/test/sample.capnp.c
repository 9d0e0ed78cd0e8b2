/*
 * sample.capnp in C: constants and defaults.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Made by tools/capnpc-capos, whose README says what is what.
 */
#include "sample.capnp.h"

/* clang-format off */

const uint64_t origin_words[5] = {
    0x0001000200000000, 0xffffffff00000000, 0x0000000000000000, 0x0000003a00000001,
    0x00006e696769726f,
};

