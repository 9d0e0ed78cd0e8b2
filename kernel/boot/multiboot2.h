/*
 * Reads the information with which a Multiboot2 loader enters the kernel.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The format is the boot information of the Multiboot2 Specification 2.0, 3.4 to 3.6.
 */
#pragma once

#include "abi/err.h"
#include "boot/boot_info.h"

/* No loader says more; beyond it something is wrong. */
#define MULTIBOOT2_LEN_MAX 0x100000

/*
 * Copies the boot information at AT into INFO, which is valid whatever the result. The root pointer
 * is the loader's copy, for the original's address is not told; then the information is kept. A
 * module or range that is out of bounds is logged and left out, a malformed tag with all that
 * follow it. ERR_OUT_OF_BOUNDS or ERR_BAD_LENGTH: there is no information at AT.
 */
err_t multiboot2_read(paddr_t at, struct boot_info *info);
