/*
 * Segment descriptors, and the task state that names the stacks for traps.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

/* Indices into the interrupt stack table; a gate that names none stays on the current stack. */
#define STACK_CURRENT      0
#define STACK_DOUBLE_FAULT 1
#define STACK_NMI          2

/* Loads the kernel's own descriptors and reloads every segment register. */
void segments_init(void);
