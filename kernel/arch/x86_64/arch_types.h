/*
 * The architecture's part of a processor, a thread and an address space.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Found by the folder that the build names; only arch/x86_64 looks inside.
 */
#pragma once

#include "arch/x86_64/layout.h"
#include "arch/x86_64/segments.h"
#include "arch/x86_64/traps.h"
#include "lib/types.h"

/*
 * The first fields of struct cpu, at GS base while the kernel runs. Assembly knows the offsets. Written by its
 * own processor only, after smp_start() has prepared it.
 */
struct arch_cpu {
    struct arch_cpu *self;
    struct trap_frame *frame_end; /* end of the current thread's registers: where entries push */
    uint64_t user_rsp;            /* scratch of the system call's entry */
    uint64_t stack_top;
    uint32_t apic_id;
    uint64_t gdt[N_DESCRIPTORS];
    struct task_state task;
};
#define ARCH_CPU_FRAME_END 8
#define ARCH_CPU_USER_RSP  16
#define ARCH_CPU_STACK_TOP 24

/* The record of this processor. */
static inline struct arch_cpu *arch_cpu_self(void)
{
    struct arch_cpu *cpu;

    __asm__("movq %%gs:0, %0" : "=r"(cpu));
    return cpu;
}

/* A thread's registers. While it runs in user mode they are the processor's. */
struct arch_thread {
    struct trap_frame frame __attribute__((aligned(16)));
    uint64_t fs_base;
    void *fpu; /* what XSAVE or FXSAVE wrote */
};
_Static_assert(sizeof(struct trap_frame) % 16 == 0, "the processor aligns the stack it pushes to");

struct arch_space {
    paddr_t root;     /* top-level page table */
    unsigned cleared; /* its entries below are empty: how far arch_space_clear_step() is */
};
