/*
 * Single instructions of the processor that C has no words for.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "lib/types.h"

static inline uint8_t cpu_in8(uint16_t port)
{
    uint8_t value;

    __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

static inline uint16_t cpu_in16(uint16_t port)
{
    uint16_t value;

    __asm__ volatile("inw %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

static inline void cpu_out8(uint16_t port, uint8_t value)
{
    __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

static inline void cpu_out16(uint16_t port, uint16_t value)
{
    __asm__ volatile("outw %0, %1" : : "a"(value), "Nd"(port));
}

static inline void cpu_out8_all(uint16_t port, const void *bytes, size_t len)
{
    __asm__ volatile("rep outsb" : "+S"(bytes), "+c"(len) : "d"(port) : "memory");
}

static inline uint64_t cpu_tsc(void)
{
    uint32_t low, high;

    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    return (uint64_t)high << 32 | low;
}

#define CPU_CONTROL_REGISTER(name)                              \
    static inline uint64_t cpu_##name(void)                     \
    {                                                           \
        uint64_t value;                                         \
                                                                \
        __asm__ volatile("movq %%" #name ", %0" : "=r"(value)); \
        return value;                                           \
    }

CPU_CONTROL_REGISTER(cr0)
CPU_CONTROL_REGISTER(cr2)
CPU_CONTROL_REGISTER(cr3)
CPU_CONTROL_REGISTER(cr4)

static inline void cpu_set_cr3(uint64_t value)
{
    __asm__ volatile("movq %0, %%cr3" : : "r"(value) : "memory");
}

/* What LGDT and LIDT read. */
struct cpu_table_pointer {
    uint16_t limit;
    uint64_t base;
} __attribute__((packed));
_Static_assert(sizeof(struct cpu_table_pointer) == 10, "Intel SDM volume 3, 2.4");

static inline void cpu_load_idt(const void *base, uint16_t limit)
{
    struct cpu_table_pointer pointer = {limit, (uintptr_t)base};

    __asm__ volatile("lidt %0" : : "m"(pointer));
}

static inline void cpu_load_gdt(const void *base, uint16_t limit)
{
    struct cpu_table_pointer pointer = {limit, (uintptr_t)base};

    __asm__ volatile("lgdt %0" : : "m"(pointer));
}

static inline void cpu_load_task(uint16_t selector)
{
    __asm__ volatile("ltr %0" : : "r"(selector));
}
