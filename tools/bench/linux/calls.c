/*
 * Single system calls, and the life of a page.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stddef.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "samples.h"

#define PAGE_LEN 4096

uint64_t sample_null_call(void)
{
    uint64_t from = tsc();

    syscall(SYS_getppid);
    return tsc() - from;
}

uint64_t sample_clock(void)
{
    struct timespec now;
    uint64_t from = tsc();

    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
    return tsc() - from;
}

static volatile char *page_map(void)
{
    volatile char *page =
        mmap(NULL, PAGE_LEN, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (page == MAP_FAILED)
        _exit(1);
    *page = 1;
    return page;
}

uint64_t sample_page_map(void)
{
    static volatile char *neighbour; /* keeps the page table from coming and going with the page */

    if (!neighbour)
        neighbour = page_map();

    uint64_t from = tsc();

    munmap((void *)page_map(), PAGE_LEN);
    return tsc() - from;
}
