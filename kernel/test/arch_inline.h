/*
 * What the shortest paths ask of the processor, for host tests: there are no registers.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <string.h>

#include "arch_types.h"

static inline void arch_registers_save(struct arch_thread *thread)
{
    (void)thread;
}

static inline void arch_registers_load(struct arch_cpu *cpu, struct arch_thread *thread)
{
    (void)cpu;
    (void)thread;
}

static inline void arch_tables_load(const struct arch_space *space)
{
    (void)space;
}

static inline void arch_copy_words(void *to, const void *from, size_t len)
{
    memcpy(to, from, len);
}

static inline void arch_result_set(struct arch_thread *thread, uint64_t result)
{
    thread->result = result;
}
