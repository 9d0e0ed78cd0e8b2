/*
 * The kernel's stacks, and the walk along the frame pointers in them.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "arch/x86_64/layout.h"
#include "lib/types.h"

/* Where the kernel boots: a page that paging_init() unmaps, and above it the stack. */
extern uint8_t boot_stack[PAGE_SIZE + BOOT_STACK_SIZE];

/* For traps that may come before stack_create() can work. */
extern uint8_t early_trap_stack[TRAP_STACK_SIZE];

/* A stack of SIZE bytes above an unmapped page; returns its top. Panics without memory. */
uint64_t stack_create(size_t size);
