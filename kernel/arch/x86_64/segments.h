/*
 * Segment descriptors, and the task state that names the stacks for traps.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "lib/types.h"

/* Entries of the interrupt stack table (Intel SDM volume 3, 6.14.5); 0 stays on the current one. */
#define STACK_CURRENT      0
#define STACK_DOUBLE_FAULT 1
#define STACK_NMI          2

#define N_DESCRIPTORS 7 /* null, four segments, the task's two */

/* Intel SDM volume 3, 8.7 */
struct task_state {
    uint32_t reserved0;
    uint64_t rsp[3];
    uint64_t reserved1;
    uint64_t ist[7];
    uint64_t reserved2;
    uint16_t reserved3;
    uint16_t io_map;
} __attribute__((packed));
_Static_assert(sizeof(struct task_state) == 104, "Intel SDM volume 3, 8.7");

struct arch_cpu;

/* Loads this processor's descriptors and makes CPU its GS base. CPU's stacks must be set. */
void segments_load(struct arch_cpu *cpu);
