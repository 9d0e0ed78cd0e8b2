/*
 * The kernel's side of a thread's ring (abi/ring.h).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring/ring.h"

#include "arch/arch.h"
#include "diag/panic.h"
#include "lib/string.h"
#include "mem/direct.h"
#include "mem/frames.h"
#include "mem/space.h"
#include "process/process.h"
#include "ring/post.h"
#include "sched/schedule.h"
#include "sched/thread.h"
#include "sched/work.h"

/* An unmapped page between the rings of two threads. */
#define GAP_PAGES 1

static unsigned order_of(uint32_t pages)
{
    return (unsigned)__builtin_ctz(pages);
}

static err_t alloc_pages(struct ring_state *ring, uint32_t pages)
{
    paddr_t page, arena;
    err_t error = frame_alloc(0, &page);

    if (error)
        return error;
    error = frame_alloc(order_of(pages), &arena);
    if (error) {
        frame_free(page, 0);
        return error;
    }
    ring->page = direct(page);
    ring->arena = direct(arena);
    ring->arena_len = pages * PAGE_SIZE;
    work_add((1 + pages) * WORK_PAGE);
    memset(ring->page, 0, PAGE_SIZE);
    memset(ring->arena, 0, ring->arena_len);
    return ERR_OK;
}

static void free_pages(struct ring_state *ring)
{
    frame_free(direct_phys(ring->page), 0);
    frame_free(direct_phys(ring->arena), order_of(ring->arena_len / PAGE_SIZE));
    ring->page = NULL;
}

static paddr_t frame_of(const struct ring_state *ring, uint32_t i)
{
    return i == 0 ? direct_phys(ring->page)
                  : direct_phys(ring->arena) + (uint64_t)(i - 1) * PAGE_SIZE;
}

static err_t map_pages(struct space *space, const struct ring_state *ring, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        err_t error = arch_space_map(space, ring->address + (uint64_t)i * PAGE_SIZE,
                                     frame_of(ring, i), ACCESS_READ_WRITE, false);

        if (error) {
            space_drop(space, ring->address, i);
            return error;
        }
    }
    return ERR_OK;
}

/* What the kernel tells the thread once. */
static void fill_page(const struct thread *thread)
{
    const struct ring_state *state = &thread->ring;
    struct ring *page = state->page;

    page->version = RING_VERSION;
    page->arena_len = state->arena_len;
    page->thread_id = thread->id;
    arch_clock_scale(&page->tsc_mult, &page->tsc_shift, &page->tsc_base);
}

err_t ring_create(struct process *process, uint32_t pages, struct thread *thread)
{
    struct ring_state *ring = &thread->ring;
    struct space *space = &process->space;
    uint32_t n = 1 + pages;

    if (pages == 0 || pages > RING_ARENA_PAGES_MAX || pages & (pages - 1))
        return ERR_BAD_ARGUMENT;
    ring->address = space->next_ring;
    if ((uint64_t)(n + GAP_PAGES) * PAGE_SIZE > USER_END - ring->address)
        return ERR_NO_OBJECTS; /* there are 2^27 pages of them */

    err_t error = ledger_charge(process->ledger, LEDGER_FRAMES, n);

    if (error)
        return error;
    error = alloc_pages(ring, pages);
    if (error)
        goto credit;
    error = map_pages(space, ring, n);
    if (error)
        goto free;
    space->next_ring += (uint64_t)(n + GAP_PAGES) * PAGE_SIZE;
    fill_page(thread);
    return ERR_OK;

free:
    free_pages(ring);
credit:
    ledger_credit(process->ledger, LEDGER_FRAMES, n);
    return error;
}

void ring_destroy(struct process *process, struct thread *thread)
{
    struct ring_state *ring = &thread->ring;
    uint32_t n = 1 + ring->arena_len / PAGE_SIZE;

    space_drop(&process->space, ring->address, n);
    free_pages(ring);
    ledger_credit(process->ledger, LEDGER_FRAMES, n);
    if (process->space.next_ring == ring->address + (uint64_t)(n + GAP_PAGES) * PAGE_SIZE)
        process->space.next_ring = ring->address; /* the next one can have the same tables */
}
