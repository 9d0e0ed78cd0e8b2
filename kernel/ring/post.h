/*
 * Adds a completion to a thread's ring.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "ring/tap.h"
#include "sched/schedule.h"
#include "sched/thread.h"

/* THREAD, which waits in cap_enter(), has got a completion: wakes it if that is what it waits
 * for. */
static inline void ring_wake(struct thread *thread)
{
    if (ring_lacks(&thread->ring, thread->min_complete))
        return;
    timer_stop(&thread->deadline);
    schedule_wake(thread);
}

/* There is room by promise. The entry is only written, field by field and never by way of a copy:
 * this is what every operation ends with. */
static inline void ring_post(struct thread *thread, uint64_t user_data, uint32_t opcode,
                             int32_t status, uint32_t result_len, uint64_t value, uint32_t n_caps)
{
    struct ring_state *ring = &thread->ring;
    struct ring *page = ring->page;
    struct ring_completion *entry = &page->cq[ring->cq_tail % RING_COMPLETIONS];

    entry->user_data = user_data;
    entry->status = status;
    entry->result_len = result_len;
    entry->value = value;
    entry->n_caps = n_caps;
    entry->opcode = opcode;
    /* Release: the entry before the index that shows it. */
    __atomic_store_n(&page->cq_tail, ++ring->cq_tail, __ATOMIC_RELEASE);
    if (__builtin_expect(tap_is_on, 0))
        tap_write_completion(thread, &(struct ring_completion){user_data, status, result_len, value,
                                                               n_caps, opcode});
    if (thread->state == THREAD_WAITING)
        ring_wake(thread);
}
