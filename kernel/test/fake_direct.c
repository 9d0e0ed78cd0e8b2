/*
 * The direct map of a host test: fresh memory that begins at physical address 0.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "test/fake_direct.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

uintptr_t fake_direct_base;

static uint64_t memory_len;

static void protect(paddr_t from, paddr_t to, int protection)
{
    if (mprotect(direct(from), to - from, protection) == 0)
        return;
    perror("fake_direct: mprotect");
    abort();
}

void fake_direct_start(uint64_t len)
{
    void *memory;

    fake_direct_end();
    memory =
        mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) {
        perror("fake_direct: mmap");
        abort();
    }
    fake_direct_base = (uintptr_t)memory;
    memory_len = len;
}

void fake_direct_forbid(paddr_t from, paddr_t to)
{
    protect(from, to, PROT_NONE);
}

void fake_direct_allow(paddr_t from, paddr_t to)
{
    protect(from, to, PROT_READ | PROT_WRITE);
}

void fake_direct_end(void)
{
    if (memory_len)
        munmap(direct(0), memory_len);
    fake_direct_base = 0;
    memory_len = 0;
}
