/*
 * The kernel's stacks, and the walk along the frame pointers in them.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "arch/x86_64/layout.h"
#include "lib/types.h"

/* A trap that may find the stack in any state has one of its own. */
extern uint8_t boot_stack[BOOT_STACK_SIZE];
extern uint8_t double_fault_stack[TRAP_STACK_SIZE];
extern uint8_t nmi_stack[TRAP_STACK_SIZE];
