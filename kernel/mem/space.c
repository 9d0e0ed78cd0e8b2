/*
 * An address space: what a process's addresses mean.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mem/space.h"

#include "arch/arch.h"
#include "diag/panic.h"
#include "lib/string.h"
#include "mem/direct.h"
#include "mem/frames.h"
#include "mem/mapping.h"
#include "process/process.h"
#include "sched/cpu.h"
#include "sched/thread.h"
#include "sched/work.h"

/* Programs are linked low; what they map later begins behind them, in the same page tables if it
 * fits. */
#define ANYWHERE_MIN 0x400000

#define FLUSH_PAGES_MAX 8  /* single translations that are forgotten one by one */
#define PROBES_MAX      64 /* places tried for memory without a wish */

err_t space_init(struct space *space, struct ledger *ledger)
{
    *space = (struct space){.ledger = ledger, .next = ANYWHERE_MIN, .next_ring = USER_MAX};
    return arch_space_init(space);
}

err_t space_check_range(uint64_t address, uint64_t n_pages)
{
    if (n_pages == 0 || n_pages > SPACE_PAGES_MAX)
        return ERR_BAD_ARGUMENT;
    if (address % PAGE_SIZE || address < USER_MIN || address >= USER_MAX ||
        n_pages * PAGE_SIZE > USER_MAX - address)
        return ERR_BAD_ADDRESS;
    return ERR_OK;
}

/* The first of N pages that is mapped, or N. */
static uint32_t first_mapped(const struct space *space, uint64_t address, uint32_t n_pages)
{
    struct page page;
    uint32_t i = 0;

    while (i < n_pages && !arch_space_page(space, page_at(address, i), &page))
        i++;
    return i;
}

static err_t find_place(struct space *space, uint32_t n_pages, uint64_t *address)
{
    uint64_t at = space->next;

    for (unsigned probe = 0; probe < PROBES_MAX; probe++) {
        uint32_t i;

        if (space_check_range(at, n_pages)) /* past the end, where programs can be linked, too */
            at = ANYWHERE_MIN;
        i = first_mapped(space, at, n_pages);
        work_add((i + 1) * WORK_PROBE);
        if (i == n_pages) {
            *address = at;
            space->next = page_at(at, n_pages);
            return ERR_OK;
        }
        at = page_at(at, i + 1);
    }
    /* The next search goes on from here, and begins anew at the end of all addresses. */
    space->next = space_check_range(at, n_pages) ? ANYWHERE_MIN : at;
    return ERR_IN_USE;
}

err_t space_place(struct space *space, uint32_t n_pages, uint64_t *address)
{
    if (*address == 0)
        return n_pages && n_pages <= SPACE_PAGES_MAX ? find_place(space, n_pages, address)
                                                     : ERR_BAD_ARGUMENT;

    err_t error = space_check_range(*address, n_pages);

    if (!error && first_mapped(space, *address, n_pages) != n_pages)
        error = ERR_OVERLAP;
    return error;
}

static err_t map_fresh(struct space *space, uint64_t address, enum access access)
{
    paddr_t frame;
    err_t error = frame_alloc(0, &frame);

    if (error)
        return error;
    clear_page(direct(frame));
    work_add(WORK_PAGE);
    error = arch_space_map(space, address, frame, access, true);
    if (error)
        frame_free(frame, 0);
    return error;
}

/* The frame charges are the ledger's at first, then each page's. */
err_t space_map_kernel_placed(struct space *space, uint64_t address, uint32_t n_pages,
                              enum access access)
{
    err_t error = ledger_charge(space->ledger, LEDGER_FRAMES, n_pages);
    uint32_t i = 0;

    if (error)
        return error;
    for (; i < n_pages && !error; i++)
        error = map_fresh(space, page_at(address, i), access);
    if (error) {
        ledger_credit(space->ledger, LEDGER_FRAMES, n_pages - (i - 1));
        space_drop(space, address, i - 1);
    }
    return error;
}

err_t space_map_anonymous(struct space *space, uint64_t *address, uint32_t n_pages,
                          enum access access)
{
    bool anywhere = *address == 0;
    err_t error = space_place(space, n_pages, address);

    if (error)
        return error;
    error = space_map_kernel_placed(space, *address, n_pages, access);
    if (error && anywhere)
        space->next =
            *address; /* not one place further for each refusal, and into new page tables */
    return error;
}

/* All N pages are the space's own memory. */
static err_t check_anonymous(const struct space *space, uint64_t address, uint32_t n_pages)
{
    err_t error = space_check_range(address, n_pages);

    for (uint32_t i = 0; i < n_pages && !error; i++) {
        struct page page;

        if (!arch_space_page(space, page_at(address, i), &page))
            error = ERR_NOT_MAPPED;
        else if (!page.owned)
            error = ERR_IN_USE;
    }
    return error;
}

static bool is_resident(const struct cpu *cpu, const struct space *space)
{
    /* Acquire: what a processor has left it does not use any more. */
    return __atomic_load_n(&cpu->space, __ATOMIC_ACQUIRE) == space ||
           (cpu->current && &cpu->current->process->space == space);
}

uint64_t space_residents(const struct space *space)
{
    uint64_t residents = 0;

    for (unsigned id = 0; id < cpus_found(); id++)
        residents |= (uint64_t)is_resident(cpu_at(id), space) << id;
    return residents;
}

/* Whether another processor may hold translations. This one uses none before it leaves the kernel,
 * so its own can be forgotten after the frames have gone. */
static bool is_elsewhere(const struct space *space)
{
    return space_residents(space) & ~(1ull << cpu_self()->id);
}

void space_drop(struct space *space, uint64_t address, uint32_t n_pages)
{
    bool elsewhere = is_elsewhere(space);

    if (n_pages == 0)
        return;
    if (elsewhere) {
        for (uint32_t i = 0; i < n_pages; i++)
            arch_space_unmap_begin(space, page_at(address, i));
        space_flush(space, address, n_pages);
    }
    for (uint32_t i = 0; i < n_pages; i++)
        arch_space_unmap_end(space, page_at(address, i));
    if (!elsewhere)
        space_flush(space, address, n_pages);
    else if (cpu_self()->space == space)
        arch_space_flush_page(
            address); /* also the way to tables that have gone since (SDM volume 3, 4.10.4.1) */
    if (space->next == page_at(address, n_pages))
        space->next = address; /* the next one can have the same tables */
}

err_t space_unmap_anonymous(struct space *space, uint64_t address, uint32_t n_pages)
{
    err_t error = check_anonymous(space, address, n_pages);

    if (!error)
        space_drop(space, address, n_pages);
    return error;
}

err_t space_protect(struct space *space, uint64_t address, uint32_t n_pages, enum access access)
{
    err_t error = check_anonymous(space, address, n_pages);

    if (error)
        return error;
    for (uint32_t i = 0; i < n_pages; i++)
        arch_space_protect(space, page_at(address, i), access);
    space_flush(space, address, n_pages);
    return ERR_OK;
}

bool space_clear_step(struct space *space)
{
    if (arch_space_clear_step(space))
        return true;
    if (mapping_clear_step(space))
        return true;
    if (space->arch.root)
        arch_space_fini(space);
    space->arch.root = 0;
    return false;
}

void *space_reach(const struct space *space, uint64_t address, bool write)
{
    struct page page;

    if (address < USER_MIN || address >= USER_END ||
        !arch_space_page(space, address & ~(uint64_t)(PAGE_SIZE - 1), &page))
        return NULL;
    if (page.access == ACCESS_NONE || (write && page.access != ACCESS_READ_WRITE))
        return NULL;
    return (char *)direct(page.frame) + address % PAGE_SIZE;
}

static void flush_here(struct space *space, uint64_t address, uint32_t n_pages)
{
    struct cpu *cpu = cpu_self();

    if (cpu->space != space)
        return;
    /* What others took away while this processor waited for the lock is forgotten with it. */
    if (n_pages > FLUSH_PAGES_MAX || cpu->space_generation + 1 != space->generation) {
        arch_space_flush();
    } else {
        for (uint32_t i = 0; i < n_pages; i++)
            arch_space_flush_page(page_at(address, i));
    }
    cpu->space_generation = space->generation;
}

/* `in_user` becomes true only under the kernel lock, which we hold. */
void space_flush(struct space *space, uint64_t address, uint32_t n_pages)
{
    uint64_t others = space_residents(space) & ~(1ull << cpu_self()->id);
    uint64_t waiting = 0;

    space->generation++;
    flush_here(space, address, n_pages);
    for (; others; others &= others - 1) {
        struct cpu *cpu = cpu_at((unsigned)__builtin_ctzll(others));

        if (__atomic_load_n(&cpu->in_user, __ATOMIC_SEQ_CST)) {
            arch_cpu_interrupt(cpu);
            waiting |= 1ull << cpu->id;
        }
    }
    for (; waiting; waiting &= waiting - 1) {
        struct cpu *cpu = cpu_at((unsigned)__builtin_ctzll(waiting));

        while (__atomic_load_n(&cpu->in_user, __ATOMIC_SEQ_CST))
            arch_relax();
    }
}
