/*
 * Address spaces for host tests: a table of pages instead of page tables.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "test/fake_space.h"

#include <stdlib.h>

#include "arch/arch.h"
#include "diag/panic.h"
#include "mem/frames.h"
#include "mem/space.h"
#include "sched/cpu.h"
#include "test/fake_memory.h"

#define CLEAR_PAGES 8

struct fake_page {
    struct fake_page *next;
    uint64_t address;
    struct page page;
    bool leaving;
};

static unsigned bucket_of(uint64_t address)
{
    return address / PAGE_SIZE % FAKE_SPACE_BUCKETS;
}

static struct fake_page **find(struct fake_page *const *pages, uint64_t address)
{
    struct fake_page **at = (struct fake_page **)&pages[bucket_of(address)];

    while (*at && (*at)->address != address)
        at = &(*at)->next;
    return at;
}

static struct fake_page *page_of(const struct space *space, uint64_t address)
{
    struct fake_page *page = *find(space->arch.pages, address);

    kernel_assert(page);
    return page;
}

err_t arch_space_init(struct space *space)
{
    err_t error = ledger_charge(space->ledger, LEDGER_FRAMES, 1);

    if (error)
        return error;
    error = frame_alloc(0, &space->arch.root);
    if (error)
        ledger_credit(space->ledger, LEDGER_FRAMES, 1);
    return error;
}

void arch_space_fini(struct space *space)
{
    frame_free(space->arch.root, 0);
    ledger_credit(space->ledger, LEDGER_FRAMES, 1);
}

/* Stands for a page table that cannot be had. */
static bool lacks_memory(void)
{
    return fake_memory_fails_after >= 0 && fake_memory_fails_after-- == 0;
}

err_t arch_space_map(struct space *space, uint64_t address, paddr_t frame, enum access access,
                     bool owned)
{
    struct fake_page **at = find(space->arch.pages, address);

    kernel_assert(!*at && address % PAGE_SIZE == 0 && address >= USER_MIN && address < USER_END);
    if (lacks_memory())
        return ERR_NO_MEMORY;
    *at = calloc(1, sizeof(**at));
    (*at)->address = address;
    (*at)->page = (struct page){frame, access, owned};
    return ERR_OK;
}

bool arch_space_page(const struct space *space, uint64_t address, struct page *page)
{
    const struct fake_page *found = *find(space->arch.pages, address);

    if (!found || found->leaving)
        return false;
    *page = found->page;
    return true;
}

void arch_space_protect(struct space *space, uint64_t address, enum access access)
{
    page_of(space, address)->page.access = access;
}

void arch_space_unmap_begin(struct space *space, uint64_t address)
{
    struct fake_page *page = page_of(space, address);

    kernel_assert(!page->leaving);
    page->leaving = true;
}

/* What mem/space.h promises of space_flush(). */
static void check_nobody_uses(const struct space *space)
{
    for (unsigned id = 0; id < cpus_found(); id++) {
        const struct cpu *cpu = cpu_at(id);

        kernel_assert(cpu == cpu_self() || cpu->space != space || !cpu->in_user);
    }
}

static void free_page(struct space *space, struct fake_page **at)
{
    struct fake_page *page = *at;

    *at = page->next;
    if (page->page.owned) {
        frame_free(page->page.frame, 0);
        ledger_credit(space->ledger, LEDGER_FRAMES, 1);
    }
    free(page);
}

void arch_space_unmap_end(struct space *space, uint64_t address)
{
    page_of(space, address);
    check_nobody_uses(space);
    free_page(space, find(space->arch.pages, address));
}

bool arch_space_clear_step(struct space *space)
{
    unsigned n = 0;

    check_nobody_uses(space);
    for (unsigned i = 0; i < FAKE_SPACE_BUCKETS; i++) {
        for (; n < CLEAR_PAGES && space->arch.pages[i]; n++)
            free_page(space, &space->arch.pages[i]);
    }
    return n != 0;
}

void arch_space_load(const struct space *space)
{
    (void)space;
}

void arch_space_flush(void)
{
}

void arch_space_flush_page(uint64_t address)
{
    (void)address;
}

uint32_t fake_space_frames(const struct space *space)
{
    uint32_t n = space->arch.root ? 1 : 0;

    for (unsigned i = 0; i < FAKE_SPACE_BUCKETS; i++) {
        for (const struct fake_page *page = space->arch.pages[i]; page; page = page->next)
            n += page->page.owned;
    }
    return n;
}
