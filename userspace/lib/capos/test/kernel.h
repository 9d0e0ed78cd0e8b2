/*
 * A small kernel for host tests: takes submissions, and lets the test say what becomes of them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * RELEASE, CANCEL and NOP work by themselves, and what was released is noted. All others go to the
 * test's own `take`. When a thread waits for more completions than there are, `idle` is called
 * until it has them; a wait that nothing can end stops the test. The clock is late for any deadline
 * of a test's.
 */
#pragma once

#include "capos/ring.h"

#define KERNEL_ARENA_LEN (4 * 4096)
#define KERNEL_NOTES     64

struct kernel {
    void (*take)(const struct ring_submission *);
    bool (*idle)(void); /* false: nothing more will happen */
    uint32_t n_early;   /* so many waits end before anything happens */
    uint32_t n_taken, n_entered;
    cap_t released[KERNEL_NOTES];
    uint32_t n_released;
    uint32_t n_cancelled;
    struct ring_submission flying[RING_COMPLETIONS]; /* in flight */
    uint32_t n_flying;
};
extern struct kernel kernel;

/* A fresh ring and arena for ring_mine(), and nothing in flight. */
void kernel_start(void (*take)(const struct ring_submission *));

/* Ends what was submitted with that user_data. */
void kernel_complete(const struct ring_submission *, struct ring_completion);

/* Keeps it in flight; the oldest one with that opcode, or NULL; ends it. */
void kernel_keep(const struct ring_submission *);
const struct ring_submission *kernel_kept(uint8_t opcode);
void kernel_end(const struct ring_submission *kept, struct ring_completion);

/* A place in the arena. */
void *kernel_at(uint32_t offset);

/* How often that capability was released. */
uint32_t kernel_released(cap_t);
