/*
 * The kernel's own page tables: the upper half of every address space.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Built once at boot from the assembler's early tables. All of the upper half's top-level entries that will ever be
 * used are present from then on, so address spaces share them by copying (see user_pages.c), and nothing there is
 * unmapped afterwards. Writable pages are never executable, and nor is any page through which the same memory
 * could be written.
 */
#pragma once

#include "arch/x86_64/layout.h"
#include "boot/boot_info.h"
#include "lib/types.h"

/* Page-table entries (Intel SDM volume 3, 4.5) */
#define PTE_PRESENT  0x001ull
#define PTE_WRITE    0x002ull
#define PTE_USER     0x004ull
#define PTE_UNCACHED 0x018ull /* cache disable, write through */
#define PTE_ACCESSED 0x020ull
#define PTE_DIRTY    0x040ull
#define PTE_LARGE    0x080ull
#define PTE_GLOBAL   0x100ull
#define PTE_NX       (1ull << 63)
#define PTE_ADDRESS  0x000ffffffffff000ull

#define PTE_KERNEL_DATA (PTE_PRESENT | PTE_WRITE | PTE_ACCESSED | PTE_DIRTY | PTE_GLOBAL | PTE_NX)

#define N_ENTRIES 512 /* of a table */

/* The index of ADDRESS's entry in a table of LEVEL: 0 maps 4 KiB, 1 maps 2 MiB, 2 maps 1 GiB. */
static inline unsigned slot(uint64_t address, unsigned level)
{
    return address >> (12 + 9 * level) & (N_ENTRIES - 1);
}

/* Switches to the final tables. Call once on the boot processor, with the frame allocator ready; panics when it
 * has no frames. The direct map then covers what INFO calls memory, and nothing else. */
void paging_init(const struct boot_info *info);

/* Switches this processor's protections on (NX, SMEP, SMAP, write protection), and to the final tables. */
void paging_init_cpu(void);

/* Device registers at AT, uncached, never executable, never unmapped; panics when there is no room. */
void *paging_map_device(paddr_t at, size_t len);

/* Maps a kernel stack of SIZE bytes above an unmapped page; returns its top. Panics without frames. */
uint64_t paging_map_stack(size_t size);

/* Maps the page at AT to itself, executable but not writable, or unmaps it again: where other processors
 * switch paging on. */
void paging_map_identity(paddr_t at, bool present);

/* Walks all tables of the upper half and panics when a page is writable and executable, or user, or when executable memory can
 * be written through another address. Logs how many pages it saw. */
void paging_check(void);

/* Whether the direct map reaches all LEN bytes at AT, before paging_init() too. */
bool paging_reaches(paddr_t at, size_t len);

/* The kernel's top-level table. */
paddr_t paging_root(void);
