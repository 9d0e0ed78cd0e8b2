/*
 * Ways to break the machine on purpose.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "arch/arch.h"
#include "arch/x86_64/cpu.h"
#include "arch/x86_64/layout.h"

/* Unmapped: the lower half is empty since the identity map went, and so is this upper slot. */
#define ADDRESS_LOW  IMAGE_PHYS
#define ADDRESS_HIGH 0xffffc00000000000

void arch_break_page_fault(void)
{
    *(volatile uint32_t *)ADDRESS_LOW = 1;
}

void arch_break_divide(void)
{
    __asm__ volatile("divl %0" : : "r"(0), "a"(1), "d"(0) : "cc");
}

/*
 * The push faults, and so does the push of that fault's frame: a double fault. To ask for the frame
 * address makes GCC link a frame, without which the lost stack would hide the caller.
 */
void arch_break_stack(void)
{
    __asm__ volatile("movq %0, %%rsp\n\t"
                     "pushq %1"
                     :
                     : "r"(ADDRESS_HIGH), "r"(__builtin_frame_address(0))
                     : "memory");
}

void arch_break_triple_fault(void)
{
    cpu_load_idt(NULL, 0);
    for (;;)
        __asm__ volatile("int3");
}
