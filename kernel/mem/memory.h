/*
 * Hands the machine's memory to the frame allocator.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "boot/boot_info.h"

/* All that INFO calls usable, but for the kernel's image and what the loader has put there. */
void memory_init(const struct boot_info *info);
