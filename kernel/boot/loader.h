/*
 * Which loader entered the kernel: the number that arch/x86_64/entry.S hands to kernel_main().
 * SPDX-License-Identifier: Apache-2.0
 *
 * Read by C and assembly.
 */
#pragma once

/* The start info's own magic number (Xen, public/arch-x86/hvm/start_info.h). */
#define LOADER_PVH 0x336ec578

/* What the loader leaves in EAX (Multiboot2 Specification 2.0, 3.3). */
#define LOADER_MULTIBOOT2 0x36d76289
