/*
 * An address space: what a process's addresses mean.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The page tables are the truth about single pages. A page either belongs to the space (anonymous
 * memory, rings, the image), or to a memory object (mem/mapping.h). Programs place pages in
 * [USER_MIN, USER_MAX), the kernel in [USER_MAX, USER_END).
 *
 * Other processors may hold translations of a space that they run. Whoever takes a permission away
 * calls space_flush() before the frames go elsewhere; see there. All under the kernel lock.
 */
#pragma once

#include "abi/err.h"
#include "abi/kernel.capnp.h"
#include "abi/start.h"
#include "arch_types.h"
#include "ledger/ledger.h"
#include "lib/list.h"
#include "lib/tree.h"
#include "lib/types.h"

/* Pages that one operation may touch: what bounds the stay in the kernel. */
#define SPACE_PAGES_MAX 1024

static inline uint64_t page_at(uint64_t address, uint32_t i)
{
    return address + (uint64_t)i * PAGE_SIZE;
}

struct page {
    paddr_t frame;
    enum access access;
    bool owned;
};

struct space {
    struct arch_space arch;
    struct ledger *ledger;
    struct tree mappings;
    struct tree parked;  /* operations that wait at a word of its own: ring/park.c */
    uint64_t next;       /* where memory without a wish for an address goes */
    uint64_t next_ring;  /* where the kernel places the next thread's ring */
    uint64_t generation; /* counts what was taken away */
};

/* Processors that may hold translations of SPACE, a bit each: those with its tables, and those that
 * are about to load them. */
uint64_t space_residents(const struct space *space);

err_t space_init(struct space *space, struct ledger *ledger);

/* Gives back some of what the space holds, which no processor has loaded; true while there may be
 * more. */
bool space_clear_step(struct space *space);

/* Whether programs may place N pages at ADDRESS. */
err_t space_check_range(uint64_t address, uint64_t n_pages);

/* Where N new pages go: checks *ADDRESS, or finds a free place when it is 0. */
err_t space_place(struct space *space, uint32_t n_pages, uint64_t *address);

/* Maps N fresh zeroed pages, at *ADDRESS or, when that is 0, at a free place, which *ADDRESS then
 * names. Nothing has changed when it fails. */
err_t space_map_anonymous(struct space *space, uint64_t *address, uint32_t n_pages,
                          enum access access);

/* The same at an address that the caller vouches for, without a check of the range. */
err_t space_map_kernel_placed(struct space *space, uint64_t address, uint32_t n_pages,
                              enum access access);

/* All N pages must be anonymous memory of the space. */
err_t space_unmap_anonymous(struct space *space, uint64_t address, uint32_t n_pages);
err_t space_protect(struct space *space, uint64_t address, uint32_t n_pages, enum access access);

/* The kernel's way to a user page: NULL when it is not mapped, or not for READ (and WRITE). */
void *space_reach(const struct space *space, uint64_t address, bool write);

/* Unmaps N pages that the space owns, without asking. */
void space_drop(struct space *space, uint64_t address, uint32_t n_pages);

/*
 * Makes sure that no processor uses a translation of SPACE that is older than this call. Others
 * that are in user mode with it are interrupted, and waited for until they have entered the kernel:
 * there they touch no user address, and on the way out they see that `generation` has moved on and
 * forget their translations.
 */
void space_flush(struct space *space, uint64_t address, uint32_t n_pages);
