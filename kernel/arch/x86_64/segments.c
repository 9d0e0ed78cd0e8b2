/*
 * Segment descriptors, and the task state that names the stacks for traps.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "arch/x86_64/segments.h"

#include "arch/x86_64/arch_types.h"
#include "arch/x86_64/cpu.h"

#define DESCRIPTOR_CODE      0x00af9b000000ffff /* 64-bit, ring 0, present */
#define DESCRIPTOR_DATA      0x00cf93000000ffff /* writable, ring 0, present */
#define DESCRIPTOR_USER_CODE 0x00affb000000ffff
#define DESCRIPTOR_USER_DATA 0x00cff3000000ffff
#define DESCRIPTOR_TASK      0x0000890000000000 /* 64-bit task state, available, present */

static void set_descriptors(struct arch_cpu *cpu)
{
    uint64_t base = (uintptr_t)&cpu->task;
    uint64_t *entry = &cpu->gdt[SELECTOR_TASK / sizeof(cpu->gdt[0])];

    cpu->gdt[SELECTOR_CODE / 8] = DESCRIPTOR_CODE;
    cpu->gdt[SELECTOR_DATA / 8] = DESCRIPTOR_DATA;
    cpu->gdt[SELECTOR_USER_DATA / 8] = DESCRIPTOR_USER_DATA;
    cpu->gdt[SELECTOR_USER_CODE / 8] = DESCRIPTOR_USER_CODE;
    entry[0] = DESCRIPTOR_TASK | (sizeof(cpu->task) - 1) | (base & 0xffffff) << 16 |
               (base >> 24 & 0xff) << 56;
    entry[1] = base >> 32;
}

static void reload_segments(void)
{
    /* A far return is the way to a new code segment. */
    __asm__ volatile("pushq %0\n\t"
                     "leaq 1f(%%rip), %%rax\n\t"
                     "pushq %%rax\n\t"
                     "lretq\n"
                     "1:\n\t"
                     "movl %1, %%ds\n\t"
                     "movl %1, %%es\n\t"
                     "movl %1, %%ss\n\t"
                     "movl %2, %%fs\n\t"
                     "movl %2, %%gs"
                     :
                     : "i"(SELECTOR_CODE), "r"(SELECTOR_DATA), "r"(0)
                     : "rax", "memory");
}

void segments_load(struct arch_cpu *cpu)
{
    cpu->self = cpu;
    cpu->task.io_map = sizeof(cpu->task); /* none */
    set_descriptors(cpu);

    cpu_load_gdt(cpu->gdt, sizeof(cpu->gdt) - 1);
    reload_segments();
    __asm__ volatile("lldt %w0" : : "r"(0)); /* none */
    cpu_load_task(SELECTOR_TASK);
    cpu_write_msr(MSR_GS_BASE, (uintptr_t)cpu);
    cpu_write_msr(MSR_KERNEL_GS_BASE, 0);
}
