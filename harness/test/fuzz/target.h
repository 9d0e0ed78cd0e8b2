/* What a fuzz target is: one function that takes any bytes and must come back.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Linked with clang's -fsanitize=fuzzer it is fuzzed; linked with replay.c it is a test.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
