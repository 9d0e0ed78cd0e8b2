/*
 * Anonymous memory, over VirtualMemory.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Memory is there, and paid for, when mmap() returns: there is no swap and no promise beyond the
 * budget. One call maps up to 1024 pages; larger pieces go, in several, to places that this file
 * chooses.
 */
#include "posix/dispatch.h"

#include <errno.h>
#include <sys/mman.h>

#include "abi/start.h"
#include "capos/page.h"

#define PAGES_AT_ONCE 1024
#define PAGES_MAX     (1ul << 27) /* 512 GiB: more than any ledger has */
#define LARGE_MIN     0x100000000000
#define LARGE_MAX     0x7f0000000000
#define TRIES         64
#define ABSENT_MAX    65536 /* pages, 256 MiB */

/* The block of the first thread's variables is asked for before all else; it lies here if it fits. Otherwise the first
 * piece does that could as well lie anywhere. */
static char first_block[PAGE_LEN] __attribute__((aligned(PAGE_LEN)));
static bool first_block_given;

static uint64_t large_next = LARGE_MIN;

static uint32_t at_once(uint64_t pages)
{
    return pages < PAGES_AT_ONCE ? (uint32_t)pages : PAGES_AT_ONCE;
}

static cap_t memory_cap(void)
{
    return posix_grant("memory", INTERFACE_VM);
}

/* -1: no access that the kernel has; writable memory is readable, and executable memory, too. */
static int access_of(long protection)
{
    if (protection == PROT_NONE)
        return ACCESS_NONE;
    if ((protection & (PROT_WRITE | PROT_EXEC)) == (PROT_WRITE | PROT_EXEC))
        return -1;
    if (protection & PROT_EXEC)
        return ACCESS_READ_EXECUTE;
    return protection & PROT_WRITE ? ACCESS_READ_WRITE : ACCESS_READ;
}

/* What is not mapped there is no error: page by page then, unless there is so much of it that nobody would see the end. */
static long unmap(uint64_t at, uint64_t pages)
{
    uint32_t absent = 0;

    for (uint32_t n; pages; pages -= n, at += (uint64_t)n * PAGE_LEN) {
        struct outcome outcome;

        n = at_once(pages);
        outcome = vm_unmap(memory_cap(), at, n);
        if (outcome.code == ERR_NOT_MAPPED) {
            n = 1;
            outcome = vm_unmap(memory_cap(), at, n);
        }
        if (outcome.code == ERR_NOT_MAPPED ? ++absent > ABSENT_MAX : !outcome_is_done(outcome))
            return posix_result(outcome);
    }
    return 0;
}

/* All of it or nothing, at AT. */
static struct outcome map_at(uint64_t at, uint64_t pages, enum access access)
{
    struct outcome outcome = {0};
    uint64_t done = 0, where;

    while (done < pages && outcome_is_done(outcome)) {
        uint32_t n = at_once(pages - done);

        outcome = vm_map(memory_cap(), at + done * PAGE_LEN, n, access, &where);
        if (outcome_is_done(outcome))
            done += n;
    }
    if (!outcome_is_done(outcome))
        unmap(at, done);
    return outcome;
}

static struct outcome map_large(uint64_t pages, enum access access, uint64_t *at)
{
    struct outcome outcome = outcome_transport(ERR_NO_MEMORY);

    for (unsigned i = 0; i < TRIES; i++) {
        *at = __atomic_fetch_add(&large_next, pages * PAGE_LEN, __ATOMIC_RELAXED);
        if (*at > LARGE_MAX - pages * PAGE_LEN) {
            __atomic_store_n(&large_next, LARGE_MIN, __ATOMIC_RELAXED);
            continue;
        }
        outcome = map_at(*at, pages, access);
        if (outcome.code != ERR_OVERLAP)
            break;
    }
    return outcome;
}

/* The kernel looks for a place step by step: IN_USE means that it has not found one yet. */
static struct outcome map_anywhere(uint64_t pages, enum access access, uint64_t *at)
{
    struct outcome outcome;

    if (pages > PAGES_AT_ONCE)
        return map_large(pages, access, at);
    for (unsigned i = 0; i < TRIES; i++) {
        outcome = vm_map(memory_cap(), 0, (uint32_t)pages, access, at);
        if (outcome.code != ERR_IN_USE)
            break;
    }
    return outcome;
}

/* In place of what is there. */
static struct outcome map_fixed(uint64_t pages, enum access access, uint64_t at, bool replace)
{
    struct outcome outcome = map_at(at, pages, access);

    if (outcome.code == ERR_OVERLAP && replace) {
        if (unmap(at, pages) == 0)
            outcome = map_at(at, pages, access);
    }
    return outcome;
}

static bool is_range(uint64_t at, uint64_t len)
{
    return len && at % PAGE_LEN == 0 && len <= PAGES_MAX * PAGE_LEN && at <= USER_MAX &&
           len <= USER_MAX - at;
}

static uint64_t pages_of(uint64_t len)
{
    return (len + PAGE_LEN - 1) / PAGE_LEN;
}

static bool is_first_block(uint64_t len, bool fixed, int access)
{
    return !fixed && len <= sizeof(first_block) && access == ACCESS_READ_WRITE &&
           !__atomic_exchange_n(&first_block_given, true, __ATOMIC_RELAXED);
}

/* (address, len, protection, flags, fd, offset) */
long memory_mmap(const long *arguments)
{
    uint64_t at = (uint64_t)arguments[0], len = (uint64_t)arguments[1];
    long flags = arguments[3];
    bool fixed = flags & (MAP_FIXED | MAP_FIXED_NOREPLACE);
    int access = access_of(arguments[2]);
    struct outcome outcome;

    if (len == 0 || (fixed && at % PAGE_LEN))
        return -EINVAL;
    if (!(flags & MAP_ANONYMOUS))
        return -ENODEV;
    if (access < 0)
        return -ENOTSUP;
    if (len > PAGES_MAX * PAGE_LEN || (fixed && !is_range(at, len)))
        return -ENOMEM;
    if (is_first_block(len, fixed, access))
        return (long)first_block;
    if (memory_cap() == CAP_NONE)
        return -ENOMEM;
    if (fixed)
        outcome = map_fixed(pages_of(len), (enum access)access, at, flags & MAP_FIXED);
    else
        outcome = map_anywhere(pages_of(len), (enum access)access, &at);
    if (outcome_is_done(outcome))
        return (long)at;
    return outcome.code == ERR_OVERLAP ? -EEXIST : -ENOMEM;
}

/* (address, len) */
long memory_munmap(const long *arguments)
{
    uint64_t at = (uint64_t)arguments[0], len = (uint64_t)arguments[1];

    if (!is_range(at, len))
        return -EINVAL;
    return memory_cap() ? unmap(at, pages_of(len)) : -EINVAL;
}

/* (address, len, protection) */
long memory_mprotect(const long *arguments)
{
    uint64_t at = (uint64_t)arguments[0], len = (uint64_t)arguments[1], pages;
    int access = access_of(arguments[2]);
    long result = 0;

    if (at % PAGE_LEN || (len && !is_range(at, len)))
        return -EINVAL;
    if (access < 0)
        return -ENOTSUP;
    if (memory_cap() == CAP_NONE)
        return -EACCES;
    pages = pages_of(len);
    for (uint32_t n; pages && result == 0; pages -= n, at += (uint64_t)n * PAGE_LEN) {
        n = at_once(pages);
        result = posix_result(vm_protect(memory_cap(), at, n, (enum access)access));
    }
    return result;
}

/* (address, len, new len, flags): nothing grows or moves, so that realloc() copies. It is also how
 * musl asks how far the first thread's stack goes: below it nothing is mapped. */
long memory_mremap(const long *arguments)
{
    uint64_t at = (uint64_t)arguments[0];

    return at >= USER_MAX && at < posix_stack_low ? -EFAULT : -ENOMEM;
}

/* (address, len, advice): to forget the contents would be more than advice. */
long memory_madvise(const long *arguments)
{
    return arguments[2] == MADV_DONTNEED ? -EINVAL : 0;
}

/* (address): the break never moves, so that musl takes its memory from mmap(). */
long memory_brk(const long *arguments)
{
    (void)arguments;
    return 0;
}
