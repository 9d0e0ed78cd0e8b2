/*
 * The architecture's part of a processor, a thread and an address space, for host tests.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A test that needs them links fake_machine.c (processors and threads) and fake_space.c.
 */
#pragma once

#include "lib/types.h"

#define PAGE_SIZE 0x1000

struct arch_cpu {
    bool interrupted; /* by another processor, and has not entered the kernel yet */
};

struct arch_cpu *arch_cpu_self(void);

struct arch_thread {
    uint64_t fs_base;
    uint64_t result; /* of its last system call */
};

#define FAKE_SPACE_BUCKETS 64

struct fake_page;

struct arch_space {
    paddr_t root; /* a frame that stands for all page tables */
    struct fake_page *pages[FAKE_SPACE_BUCKETS];
};
