/*
 * Page tables of programs: the lower half of an address space.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each table's number of used entries stands in the entry that points to it, in bits that the processor ignores
 * (Intel SDM volume 3, 4.5.5), so that a table goes back when its last entry does. A leaf of which the
 * frame belongs to the space is marked OWNED; the others are a memory object's.
 */
#include "arch/arch.h"
#include "arch/x86_64/arch_types.h"
#include "arch/x86_64/cpu.h"
#include "arch/x86_64/paging.h"
#include "diag/panic.h"
#include "ledger/ledger.h"
#include "lib/string.h"
#include "mem/direct.h"
#include "mem/frames.h"
#include "mem/space.h"

#define LOWER_HALF  256
#define PTE_OWNED   0x200ull
#define PTE_LEAVING 0x400ull /* not present any more; the frame is still here */

#define COUNT_SHIFT 52
#define COUNT_ONE   (1ull << COUNT_SHIFT)
#define COUNT_MASK  (0x3ffull << COUNT_SHIFT)

#define TOP_LEVEL 3

static uint64_t *top_table(const struct space *space)
{
    return direct(space->arch.root);
}

static uint64_t *table_of(uint64_t entry)
{
    return direct(entry & PTE_ADDRESS);
}

static err_t new_table(struct space *space, paddr_t *at)
{
    err_t error = ledger_charge(space->ledger, LEDGER_FRAMES, 1);

    if (error)
        return error;
    error = frame_alloc(0, at);
    if (error)
        ledger_credit(space->ledger, LEDGER_FRAMES, 1);
    else
        clear_page(direct(*at));
    return error;
}

static void free_table(struct space *space, paddr_t at)
{
    frame_free(at, 0);
    ledger_credit(space->ledger, LEDGER_FRAMES, 1);
}

/* The way down to an address: entries[level] is the entry in the table of that level. */
struct path {
    uint64_t *entries[TOP_LEVEL + 1];
};

/* Goes down as far as tables exist; returns the lowest level reached. */
static unsigned descend(const struct space *space, uint64_t address, struct path *path)
{
    uint64_t *table = top_table(space);
    unsigned level = TOP_LEVEL;

    for (;; level--) {
        path->entries[level] = &table[slot(address, level)];
        if (level == 0 || !(*path->entries[level] & PTE_PRESENT))
            return level;
        table = table_of(*path->entries[level]);
    }
}

/* One entry more, or less, in the table of LEVEL. The top-level table is not counted. */
static void count(struct path *path, unsigned level, uint64_t by)
{
    if (level < TOP_LEVEL)
        *path->entries[level + 1] += by;
}

/* Gives back the tables that hold nothing, from LEVEL up. */
static void prune(struct space *space, struct path *path, unsigned level)
{
    for (; level < TOP_LEVEL && !(*path->entries[level + 1] & COUNT_MASK); level++) {
        uint64_t *entry = path->entries[level + 1];
        paddr_t at = *entry & PTE_ADDRESS;

        *entry = 0;
        count(path, level + 1, -COUNT_ONE);
        free_table(space, at);
    }
}

/* Makes the tables from LEVEL, which lacks its entry, down to the leaf's. */
static err_t extend(struct space *space, uint64_t address, struct path *path, unsigned level)
{
    for (; level > 0; level--) {
        paddr_t at;
        err_t error = new_table(space, &at);

        if (error) {
            prune(space, path, level);
            return error;
        }
        *path->entries[level] = at | PTE_PRESENT | PTE_WRITE | PTE_USER | PTE_ACCESSED;
        count(path, level, COUNT_ONE);
        path->entries[level - 1] = (uint64_t *)direct(at) + slot(address, level - 1);
    }
    return ERR_OK;
}

static uint64_t access_bits(enum access access)
{
    switch (access) {
    case ACCESS_READ:
        return PTE_PRESENT | PTE_USER | PTE_NX;
    case ACCESS_READ_WRITE:
        return PTE_PRESENT | PTE_USER | PTE_WRITE | PTE_NX;
    case ACCESS_READ_EXECUTE:
        return PTE_PRESENT | PTE_USER;
    default: /* kept, out of the program's reach: the supervisor never follows it */
        return PTE_PRESENT | PTE_NX;
    }
}

static enum access access_of(uint64_t entry)
{
    if (!(entry & PTE_USER))
        return ACCESS_NONE;
    if (entry & PTE_WRITE)
        return ACCESS_READ_WRITE;
    return entry & PTE_NX ? ACCESS_READ : ACCESS_READ_EXECUTE;
}

err_t arch_space_init(struct space *space)
{
    err_t error = new_table(space, &space->arch.root);

    if (!error)
        memcpy(top_table(space) + LOWER_HALF, (uint64_t *)direct(paging_root()) + LOWER_HALF,
               LOWER_HALF * sizeof(uint64_t));
    return error;
}

void arch_space_fini(struct space *space)
{
    free_table(space, space->arch.root);
}

/* The leaf's entry and, in *PARENT, the one that points to its table; NULL when there is no such table. Straight down,
 * for this is what most operations on pages do. */
static inline uint64_t *leaf_of(const struct space *space, uint64_t address, uint64_t **parent)
{
    uint64_t *entry = &top_table(space)[slot(address, 3)];

    if (!(*entry & PTE_PRESENT))
        return NULL;
    entry = &table_of(*entry)[slot(address, 2)];
    if (!(*entry & PTE_PRESENT))
        return NULL;
    entry = &table_of(*entry)[slot(address, 1)];
    if (!(*entry & PTE_PRESENT))
        return NULL;
    *parent = entry;
    return &table_of(*entry)[slot(address, 0)];
}

err_t arch_space_map(struct space *space, uint64_t address, paddr_t frame, enum access access,
                     bool owned)
{
    uint64_t *parent, *leaf = leaf_of(space, address, &parent);

    if (!leaf) {
        struct path path;
        err_t error = extend(space, address, &path, descend(space, address, &path));

        if (error)
            return error;
        leaf = path.entries[0];
        parent = path.entries[1];
    }
    kernel_assert(*leaf == 0);
    *leaf = frame | access_bits(access) | (owned ? PTE_OWNED : 0);
    *parent += COUNT_ONE;
    return ERR_OK;
}

bool arch_space_page(const struct space *space, uint64_t address, struct page *page)
{
    uint64_t *parent, *leaf = leaf_of(space, address, &parent);

    if (!leaf || !(*leaf & PTE_PRESENT))
        return false;
    page->frame = *leaf & PTE_ADDRESS;
    page->access = access_of(*leaf);
    page->owned = *leaf & PTE_OWNED;
    return true;
}

void arch_space_protect(struct space *space, uint64_t address, enum access access)
{
    uint64_t *parent, *leaf = leaf_of(space, address, &parent);

    *leaf = (*leaf & (PTE_ADDRESS | PTE_OWNED)) | access_bits(access);
}

void arch_space_unmap_begin(struct space *space, uint64_t address)
{
    uint64_t *parent, *leaf = leaf_of(space, address, &parent);

    *leaf = (*leaf & ~PTE_PRESENT) | PTE_LEAVING;
}

void arch_space_unmap_end(struct space *space, uint64_t address)
{
    uint64_t *parent, *leaf = leaf_of(space, address, &parent);
    uint64_t entry = *leaf;

    *leaf = 0;
    *parent -= COUNT_ONE;
    if (!(*parent & COUNT_MASK)) {
        struct path path;

        descend(space, address, &path);
        prune(space, &path, 0);
    }
    if (entry & PTE_OWNED) {
        frame_free(entry & PTE_ADDRESS, 0);
        ledger_credit(space->ledger, LEDGER_FRAMES, 1);
    }
}

/* Frees the frames that a leaf table holds N entries of. */
static void free_leaves(struct space *space, uint64_t *table, unsigned n)
{
    for (unsigned i = 0; n; i++) {
        uint64_t entry = table[i];

        if (!entry)
            continue;
        n--;
        if (entry & PTE_OWNED) {
            frame_free(entry & PTE_ADDRESS, 0);
            ledger_credit(space->ledger, LEDGER_FRAMES, 1);
        }
    }
}

static unsigned count_of(uint64_t entry)
{
    return (entry & COUNT_MASK) >> COUNT_SHIFT;
}

/* A table that is present holds something, or prune() would have taken it: the scans end. */
bool arch_space_clear_step(struct space *space)
{
    struct path path;
    uint64_t *table = top_table(space);

    for (unsigned level = TOP_LEVEL; level > 0; level--) {
        unsigned i = level == TOP_LEVEL ? space->arch.cleared : 0;
        unsigned n = level == TOP_LEVEL ? LOWER_HALF : N_ENTRIES;

        while (i < n && !table[i])
            i++;
        if (level == TOP_LEVEL) {
            space->arch.cleared = i;
            if (i == n)
                return false;
        }
        path.entries[level] = &table[i];
        table = table_of(table[i]);
    }
    free_leaves(space, table, count_of(*path.entries[1]));
    *path.entries[1] &= ~COUNT_MASK;
    prune(space, &path, 0);
    return true;
}

void arch_space_load(const struct space *space)
{
    cpu_set_cr3(space ? space->arch.root : paging_root());
}

void arch_space_flush(void)
{
    cpu_set_cr3(cpu_cr3());
}

void arch_space_flush_page(uint64_t address)
{
    cpu_invalidate(address);
}
