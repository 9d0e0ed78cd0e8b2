/*
 * Segment descriptors, and the task state that names the stacks for traps.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "arch/x86_64/segments.h"

#include "arch/x86_64/cpu.h"
#include "arch/x86_64/layout.h"
#include "arch/x86_64/stack.h"

#define DESCRIPTOR_CODE 0x00af9b000000ffff /* 64-bit, ring 0, present */
#define DESCRIPTOR_DATA 0x00cf93000000ffff /* writable, ring 0, present */
#define DESCRIPTOR_TASK 0x0000890000000000 /* 64-bit task state, available, present */

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

static struct task_state task;

/* The task's descriptor takes two entries. */
static uint64_t gdt[] = {0, DESCRIPTOR_CODE, DESCRIPTOR_DATA, 0, 0};

static void set_task_descriptor(uint64_t *entry)
{
    uint64_t base = (uintptr_t)&task;

    entry[0] =
        DESCRIPTOR_TASK | (sizeof(task) - 1) | (base & 0xffffff) << 16 | (base >> 24 & 0xff) << 56;
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
                     "movl %1, %%ss"
                     :
                     : "i"(SELECTOR_CODE), "r"(SELECTOR_DATA)
                     : "rax", "memory");
}

void segments_init(void)
{
    task.ist[STACK_DOUBLE_FAULT - 1] = (uintptr_t)double_fault_stack + TRAP_STACK_SIZE;
    task.ist[STACK_NMI - 1] = (uintptr_t)nmi_stack + TRAP_STACK_SIZE;
    task.io_map = sizeof(task); /* none */
    set_task_descriptor(&gdt[SELECTOR_TASK / sizeof(gdt[0])]);

    cpu_load_gdt(gdt, sizeof(gdt) - 1);
    reload_segments();
    cpu_load_task(SELECTOR_TASK);
}
