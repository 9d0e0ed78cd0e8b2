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
#include "mem/pool.h"
#include "object/memory_object.h"
#include "sched/cpu.h"
#include "sched/work.h"

/* Programs are linked low; what they map later begins behind them, in the same page tables if it fits. */
#define ANYWHERE_MIN 0x400000

#define FLUSH_PAGES_MAX 8  /* single translations that are forgotten one by one */
#define PROBES_MAX      64 /* places tried for memory without a wish */

static struct pool mappings = POOL("mapping", struct mapping);

err_t space_init(struct space *space, struct ledger *ledger)
{
    *space = (struct space){.ledger = ledger, .next = ANYWHERE_MIN, .next_ring = USER_MAX};
    return arch_space_init(space);
}

static uint64_t page_at(uint64_t address, uint32_t i)
{
    return address + (uint64_t)i * PAGE_SIZE;
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

/* Where the new pages go: ADDRESS checked, or a free place. */
static err_t place(struct space *space, uint32_t n_pages, uint64_t *address)
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
    err_t error = place(space, n_pages, address);

    return error ? error : space_map_kernel_placed(space, *address, n_pages, access);
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

/* Whether another processor may hold translations. This one uses none before it leaves the kernel, so its own can be
 * forgotten after the frames have gone. */
static bool is_elsewhere(const struct space *space)
{
    return space->residents & ~(1ull << cpu_self()->id);
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

static bool mapping_before(const struct tree_node *a, const struct tree_node *b)
{
    return TREE_ENTRY(a, struct mapping, node)->address <
           TREE_ENTRY(b, struct mapping, node)->address;
}

static struct mapping *find_mapping(const struct space *space, uint64_t address)
{
    struct tree_node *node = space->mappings.root;

    while (node) {
        struct mapping *mapping = TREE_ENTRY(node, struct mapping, node);

        if (mapping->address == address)
            return mapping;
        node = address < mapping->address ? node->left : node->right;
    }
    return NULL;
}

static err_t new_mapping(struct space *space, struct memory_object *memory,
                         struct mapping **mapping)
{
    err_t error = ledger_charge(space->ledger, LEDGER_OBJECTS, 1);

    if (error)
        return error;
    *mapping = pool_alloc(&mappings);
    if (!*mapping) {
        ledger_credit(space->ledger, LEDGER_OBJECTS, 1);
        return ERR_NO_MEMORY;
    }
    (*mapping)->memory = memory;
    (*mapping)->ledger = space->ledger;
    object_get(&memory->object);
    return ERR_OK;
}

/* Counts a mapping that comes (1) or goes (-1). */
static void count_access(struct memory_object *memory, enum access access, int by)
{
    if (access == ACCESS_READ_WRITE)
        memory->n_writable += (uint32_t)by;
    if (access == ACCESS_READ_EXECUTE)
        memory->n_executable += (uint32_t)by;
}

static err_t check_access(const struct memory_object *memory, enum access access)
{
    if ((access == ACCESS_READ_WRITE && memory->n_executable) ||
        (access == ACCESS_READ_EXECUTE && memory->n_writable))
        return ERR_WRITE_EXECUTE;
    return ERR_OK;
}

static void free_mapping(struct mapping *mapping)
{
    struct ledger *ledger = mapping->ledger;

    count_access(mapping->memory, mapping->access, -1);
    object_put(&mapping->memory->object);
    pool_free(&mappings, mapping);
    ledger_credit(ledger, LEDGER_OBJECTS, 1);
}

static err_t map_object_pages(struct space *space, const struct memory_object *memory,
                              uint32_t first, uint32_t n_pages, uint64_t address,
                              enum access access)
{
    for (uint32_t i = 0; i < n_pages; i++) {
        err_t error = arch_space_map(space, page_at(address, i),
                                     memory_object_frame(memory, first + i), access, false);

        if (error) {
            space_drop(space, address, i);
            return error;
        }
    }
    return ERR_OK;
}

err_t space_map_object(struct space *space, struct memory_object *memory, uint32_t first,
                       uint32_t n_pages, uint64_t *address, enum access access)
{
    struct mapping *mapping;
    err_t error;

    if (first > memory->n_pages || n_pages > memory->n_pages - first)
        return ERR_OUT_OF_BOUNDS;
    error = check_access(memory, access);
    if (error)
        return error;
    error = place(space, n_pages, address);
    if (error)
        return error;
    error = new_mapping(space, memory, &mapping);
    if (error)
        return error;
    error = map_object_pages(space, memory, first, n_pages, *address, access);
    if (error) {
        free_mapping(mapping);
        return error;
    }
    mapping->address = *address;
    mapping->n_pages = n_pages;
    mapping->access = access;
    count_access(memory, access, 1);
    tree_insert(&space->mappings, &mapping->node, mapping_before);
    return ERR_OK;
}

err_t space_unmap_object(struct space *space, struct memory_object *memory, uint64_t address)
{
    struct mapping *mapping = find_mapping(space, address);

    if (!mapping || mapping->memory != memory)
        return ERR_NOT_MAPPED;
    space_drop(space, address, mapping->n_pages);
    tree_remove(&space->mappings, &mapping->node);
    free_mapping(mapping);
    return ERR_OK;
}

bool space_clear_step(struct space *space)
{
    if (arch_space_clear_step(space))
        return true;
    if (space->mappings.root) {
        struct mapping *mapping = TREE_ENTRY(tree_first(&space->mappings), struct mapping, node);

        tree_remove(&space->mappings, &mapping->node);
        free_mapping(mapping);
        return true;
    }
    if (space->residents) /* a processor still has these tables loaded */
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
    uint64_t others = space->residents & ~(1ull << cpu_self()->id);
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

uint64_t space_mappings(void)
{
    return pool_used(&mappings);
}
