/*
 * An address space: what a process's addresses mean.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The page tables are the truth about single pages. A page either belongs to the space (anonymous memory, rings,
 * the image), or to a memory object, of which struct mapping then tells where it is mapped; such a mapping goes as a
 * whole. Programs place pages in [USER_MIN, USER_MAX), the kernel in [USER_MAX, USER_END).
 *
 * Other processors may hold translations of a space that they run. Whoever takes a permission away calls space_flush()
 * before the frames go elsewhere; see there. All under the kernel lock.
 */
#pragma once

#include "abi/err.h"
#include "abi/start.h"
#include "arch_types.h"
#include "ledger/ledger.h"
#include "lib/list.h"
#include "lib/tree.h"
#include "lib/types.h"

/* Pages that one operation may touch: what bounds the stay in the kernel. */
#define SPACE_PAGES_MAX 1024

/* Enum Access of kernel.capnp, with its values. */
enum access {
    ACCESS_NONE,
    ACCESS_READ,
    ACCESS_READ_WRITE,
    ACCESS_READ_EXECUTE,
    ACCESSES,
};

struct page {
    paddr_t frame;
    enum access access;
    bool owned;
};

struct memory_object;

/* A memory object's pages, mapped. Charged as an object, holds a reference to the memory. */
struct mapping {
    struct tree_node node; /* in the space, by address */
    struct memory_object *memory;
    struct ledger *ledger;
    uint64_t address;
    uint32_t n_pages;
    enum access access;
};

struct space {
    struct arch_space arch;
    struct ledger *ledger;
    struct tree mappings;
    struct tree parked;  /* operations that wait at an address: ring/park.c */
    uint64_t next;       /* where memory without a wish for an address goes */
    uint64_t next_ring;  /* where the kernel places the next thread's ring */
    uint64_t residents;  /* processors whose tables are these, one bit each */
    uint64_t generation; /* counts what was taken away */
};

err_t space_init(struct space *space, struct ledger *ledger);

/* Gives back some of what the space holds; true while there may be more. */
bool space_clear_step(struct space *space);

/* Whether programs may place N pages at ADDRESS. */
err_t space_check_range(uint64_t address, uint64_t n_pages);

/* Maps N fresh zeroed pages, at *ADDRESS or, when that is 0, at a free place, which *ADDRESS then names.
 * Nothing has changed when it fails. */
err_t space_map_anonymous(struct space *space, uint64_t *address, uint32_t n_pages,
                          enum access access);

/* The same at an address that the caller vouches for, without a check of the range. */
err_t space_map_kernel_placed(struct space *space, uint64_t address, uint32_t n_pages,
                              enum access access);

/* All N pages must be anonymous memory of the space. */
err_t space_unmap_anonymous(struct space *space, uint64_t address, uint32_t n_pages);
err_t space_protect(struct space *space, uint64_t address, uint32_t n_pages, enum access access);

/* Maps N pages of MEMORY from its page FIRST on. ERR_WRITE_EXECUTE: somebody can execute what would become writable, or the
 * other way around. */
err_t space_map_object(struct space *space, struct memory_object *memory, uint32_t first,
                       uint32_t n_pages, uint64_t *address, enum access access);

/* Takes away the mapping of MEMORY that begins at ADDRESS. */
err_t space_unmap_object(struct space *space, struct memory_object *memory, uint64_t address);

/* The kernel's way to a user page: NULL when it is not mapped, or not for READ (and WRITE). */
void *space_reach(const struct space *space, uint64_t address, bool write);

/* Unmaps N pages that the space owns, without asking. */
void space_drop(struct space *space, uint64_t address, uint32_t n_pages);

/*
 * Makes sure that no processor uses a translation of SPACE that is older than this call. Others that are in user mode
 * with it are interrupted, and waited for until they have entered the kernel: there they touch no user
 * address, and on the way out they see that `generation` has moved on and forget their translations.
 */
void space_flush(struct space *space, uint64_t address, uint32_t n_pages);

/* Mappings in the whole system. */
uint64_t space_mappings(void);
