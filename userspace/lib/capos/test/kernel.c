/*
 * A small kernel for host tests: takes submissions, and lets the test say what becomes of them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "kernel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capos/syscall.h"

static union {
    struct ring ring;
    uint8_t bytes[4096 + KERNEL_ARENA_LEN];
} region __attribute__((aligned(4096)));

struct kernel kernel;

static uint32_t held(void)
{
    return region.ring.cq_tail - region.ring.cq_head;
}

void kernel_start(void (*take)(const struct ring_submission *))
{
    memset(&region, 0, sizeof(region));
    kernel = (struct kernel){.take = take};
    region.ring.arena_len = KERNEL_ARENA_LEN;
    region.ring.tsc_mult = 1;
    ring_init(ring_mine(), &region.ring);
}

void *kernel_at(uint32_t offset)
{
    if (offset > KERNEL_ARENA_LEN)
        abort();
    return region.bytes + 4096 + offset;
}

void kernel_complete(const struct ring_submission *submission, struct ring_completion completion)
{
    if (held() >= RING_COMPLETIONS)
        abort();
    completion.user_data = submission->user_data;
    completion.opcode = submission->opcode;
    region.ring.cq[region.ring.cq_tail % RING_COMPLETIONS] = completion;
    region.ring.cq_tail++;
}

void kernel_keep(const struct ring_submission *submission)
{
    kernel.flying[kernel.n_flying++] = *submission;
}

const struct ring_submission *kernel_kept(uint8_t opcode)
{
    for (uint32_t i = 0; i < kernel.n_flying; i++) {
        if (kernel.flying[i].opcode == opcode)
            return &kernel.flying[i];
    }
    return NULL;
}

void kernel_end(const struct ring_submission *kept, struct ring_completion completion)
{
    uint32_t i = (uint32_t)(kept - kernel.flying);
    struct ring_submission submission = *kept;

    kernel.n_flying--;
    memmove(&kernel.flying[i], &kernel.flying[i + 1],
            (kernel.n_flying - i) * sizeof(kernel.flying[0]));
    kernel_complete(&submission, completion);
}

uint32_t kernel_released(cap_t cap)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < kernel.n_released; i++)
        n += kernel.released[i] == cap;
    return n;
}

static int32_t cancel(uint64_t user_data)
{
    for (uint32_t i = 0; i < kernel.n_flying; i++) {
        if (kernel.flying[i].user_data != user_data)
            continue;
        kernel_end(&kernel.flying[i], (struct ring_completion){.status = -ERR_CANCELLED});
        kernel.n_cancelled++;
        return 0;
    }
    return -ERR_NOT_FOUND;
}

static void take(const struct ring_submission *submission)
{
    struct ring_completion completion = {.value = submission->argument};

    kernel.n_taken++;
    switch (submission->opcode) {
    case RING_RELEASE:
        kernel.released[kernel.n_released++ % KERNEL_NOTES] = submission->cap;
        kernel_complete(submission, completion);
        return;
    case RING_CANCEL:
        completion.status = cancel(submission->argument);
        kernel_complete(submission, completion);
        return;
    case RING_NOP:
        kernel_complete(submission, completion);
        return;
    default:
        kernel.take(submission);
    }
}

int64_t syscall_cap_enter(uint64_t submit, uint64_t min_complete, uint64_t deadline)
{
    struct ring *ring = &region.ring;
    int64_t taken = 0;

    kernel.n_entered++;
    if (min_complete > RING_COMPLETIONS)
        return -ERR_BAD_ARGUMENT;
    for (; submit > 0; submit--, taken++) {
        if (kernel.n_flying + held() >= RING_COMPLETIONS)
            return taken;
        take(&ring->sq[ring->sq_head % RING_SUBMISSIONS]);
        ring->sq_head++;
    }
    if (held() < min_complete && kernel.n_early > 0) {
        kernel.n_early--;
        return taken;
    }
    while (held() < min_complete && (!kernel.idle || !kernel.idle())) {
        if (deadline != RING_NEVER)
            return taken;
        printf("not ok: a wait that nothing can end\n");
        exit(1);
    }
    return taken;
}
