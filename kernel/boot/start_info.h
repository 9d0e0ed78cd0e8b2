/*
 * Reads the start info with which a PVH loader enters the kernel.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The format is struct hvm_start_info of Xen, public/arch-x86/hvm/start_info.h.
 */
#pragma once

#include "abi/err.h"
#include "boot/boot_info.h"

/*
 * Copies the start info at AT into INFO, which is valid whatever the result. A part that is out of
 * bounds is logged and left out. ERR_OUT_OF_BOUNDS or ERR_BAD_SIGNATURE: there is none at AT.
 */
err_t start_info_read(paddr_t at, struct boot_info *info);
