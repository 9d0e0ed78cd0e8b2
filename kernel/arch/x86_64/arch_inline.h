/*
 * What the shortest paths ask of the processor, inline.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Found by the folder that the build names. Registers are saved and loaded always and whole, so
 * that nothing of one thread is ever in the registers of another; the general ones are saved at
 * each entry (traps.S), the rest here.
 */
#pragma once

#include "arch/x86_64/cpu.h"
#include "arch_types.h"

/* What XSAVE saves; 0: the processor has only FXSAVE. */
extern uint32_t thread_components;

static inline void arch_registers_save(struct arch_thread *thread)
{
    if (thread_components)
        __asm__ volatile("xsave64 (%0)"
                         :
                         : "r"(thread->fpu), "a"(thread_components), "d"(0)
                         : "memory");
    else
        __asm__ volatile("fxsave64 (%0)" : : "r"(thread->fpu) : "memory");
}

/* Into CPU, which is this one; entries save into THREAD from now on. */
static inline void arch_registers_load(struct arch_cpu *cpu, struct arch_thread *thread)
{
    cpu->frame_end = &thread->frame + 1;
    cpu->task.rsp[0] = (uintptr_t)(&thread->frame + 1);
    /* No selector of another thread's; a null one clears FS base, so it goes first. */
    __asm__ volatile("movl %0, %%ds; movl %0, %%es; movl %0, %%fs" : : "r"(0) : "memory");
    cpu_write_msr(MSR_FS_BASE, thread->fs_base);
    /* The header tells what an area lacks, and that is then reset. */
    if (thread_components)
        __asm__ volatile("xrstor64 (%0)"
                         :
                         : "r"(thread->fpu), "a"(thread_components), "d"(0)
                         : "memory");
    else
        __asm__ volatile("fxrstor64 (%0)" : : "r"(thread->fpu) : "memory");
}

/* Forgets all translations, too. */
static inline void arch_tables_load(const struct arch_space *space)
{
    cpu_set_cr3(space->root);
}

/* Copies LEN bytes, a multiple of 8, upwards. */
static inline void arch_copy_words(void *to, const void *from, size_t len)
{
    size_t n = len / sizeof(uint64_t);

    __asm__ volatile("rep movsq" : "+D"(to), "+S"(from), "+c"(n) : : "memory");
}

/* What the thread's system call returns. */
static inline void arch_result_set(struct arch_thread *thread, uint64_t result)
{
    thread->frame.rax = result;
}
