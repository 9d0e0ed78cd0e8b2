/*
 * Where things are in the kernel's address space; read by C, assembly and the linker script.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   0xffff800000000000  direct map: physical memory from 0, never executable
 *   0xffffffff00000000  device registers, uncached
 *   0xffffffff40000000  kernel stacks, each with an unmapped page below
 *   0xffffffff80000000  kernel image: physical memory from 0, as far as the image may reach
 */
#pragma once

#define DIRECT_BASE 0xffff800000000000
#define DIRECT_SIZE 0x100000000 /* as far as the assembler's tables map it */
#define DIRECT_MAX  0x8000000000

#define DEVICE_BASE 0xffffffff00000000
#define DEVICE_SIZE 0x1000000
#define STACK_BASE  0xffffffff40000000

#define IMAGE_BASE 0xffffffff80000000
#define IMAGE_PHYS 0x100000 /* where the loader puts the image */
#define IMAGE_SIZE 0x1000000

#define PAGE_SIZE       0x1000
#define LARGE_PAGE_SIZE 0x200000

/* Slots of a top-level page table (512 GiB each) and of the second level (1 GiB each). */
#define DIRECT_SLOT   256
#define IMAGE_SLOT    511
#define IMAGE_SLOT_1G 510

#define BOOT_STACK_SIZE 0x4000
#define CPU_STACK_SIZE  0x4000
#define TRAP_STACK_SIZE 0x2000

/* Segment selectors: entries of the descriptor table, times eight, and the privilege level. The order is
 * SYSCALL's and SYSRET's (Intel SDM volume 2, SYSRET). */
#define SELECTOR_CODE      0x08
#define SELECTOR_DATA      0x10
#define SELECTOR_USER_DATA 0x1b
#define SELECTOR_USER_CODE 0x23
#define SELECTOR_TASK      0x28

/* Where other processors begin, in real mode: a page below 1 MiB (Intel SDM volume 3, 8.4.4). */
#define TRAMPOLINE_PHYS 0x8000
