/*
 * Writes indices into its ring that cannot be, and over the words that are the kernel's.
 * SPDX-License-Identifier: Apache-2.0
 *
 * cap_enter must refuse each lie, take nothing, and go on as before once the truth is written
 * again.
 */
#include "capos/capos.h"

struct lie {
    const char *words;
    uint32_t submission_tail, completion_head; /* added to the truth */
};

static const struct lie lies[] = {
    {"submission tail 33 ahead", RING_SUBMISSIONS + 1, 0},
    {"submission tail 1 behind", UINT32_MAX, 0},
    {"submission tail 33 behind", -(uint32_t)(RING_SUBMISSIONS + 1), 0},
    {"submission tail half way around", 1u << 31, 0},
    {"completion head 1 ahead", 0, 1},
    {"completion head 33 ahead", 0, RING_COMPLETIONS + 1},
    {"completion head 33 behind", 0, -(uint32_t)(RING_COMPLETIONS + 1)},
    {"completion head half way around", 0, 1u << 31},
    {"both tail and head", RING_SUBMISSIONS + 1, 1},
};

static void tell(const struct lie *lie)
{
    struct ring *ring = ring_mine()->ring;
    uint32_t tail = ring->sq_tail, head = ring->cq_head;
    int64_t one, many;

    __atomic_store_n(&ring->sq_tail, tail + lie->submission_tail, __ATOMIC_RELEASE);
    __atomic_store_n(&ring->cq_head, head + lie->completion_head, __ATOMIC_RELEASE);
    one = syscall_cap_enter(1, 0, 0);
    many = syscall_cap_enter(UINT64_MAX, RING_COMPLETIONS, RING_NEVER);
    __atomic_store_n(&ring->sq_tail, tail, __ATOMIC_RELEASE);
    __atomic_store_n(&ring->cq_head, head, __ATOMIC_RELEASE);
    check(one == -ERR_BAD_RING && many == -ERR_BAD_RING, "%s: a refusal, not %ld", lie->words, one);
    check(ring_held(ring_mine()) == 0, "nothing to come of it");
    console_printf("%s: %s", lie->words, err_sentence(ERR_BAD_RING));
}

/* The kernel keeps the truth for itself: what stands in its words is for the thread to read. */
static void overwrite(void)
{
    struct ring *ring = ring_mine()->ring;
    uint32_t sq_head = ring->sq_head, cq_tail = ring->cq_tail;
    struct ring_completion *completion = &ring->cq[cq_tail % RING_COMPLETIONS];
    uint8_t *words = (uint8_t *)&ring->sq_head;
    size_t len = offsetof(struct ring, sq) - offsetof(struct ring, sq_head);
    uint8_t saved[sizeof(struct ring)];

    memcpy(saved, words, len);
    memset(words, 0xff, len);
    ring->sq[sq_head % RING_SUBMISSIONS] = (struct ring_submission){.argument = 77};
    __atomic_store_n(&ring->sq_tail, sq_head + 1, __ATOMIC_RELEASE);
    check(syscall_cap_enter(1, 1, RING_NEVER) == 1, "a submission to be taken");
    check(ring->sq_head == sq_head + 1 && ring->cq_tail == cq_tail + 1, "the kernel's own count");
    check(completion->status == 0 && completion->value == 77, "a completion where it belongs");
    memcpy(words + 8, saved + 8, len - 8);
    __atomic_store_n(&ring->cq_head, cq_tail + 1, __ATOMIC_RELEASE);
    console_printf("0xff over all that the kernel writes: it knows better");
}

/* Completions that are not consumed may be overwritten, too. */
static void scribble(void)
{
    struct ring *ring = ring_mine()->ring;

    memset(ring->cq, 0xff, sizeof(ring->cq));
    memset(ring->sq, 0xff, sizeof(ring->sq));
    console_printf("0xff over both queues: what comes next is written anew");
}

/* What cap_enter is asked for. */
static void arguments(void)
{
    check(syscall_cap_enter(UINT64_MAX, 0, 0) == 0, "nothing to take");
    console_printf("taking 2^64 - 1 submissions of none: none taken");
    check(syscall_cap_enter(0, UINT64_MAX, 0) == -ERR_BAD_ARGUMENT, "a refusal");
    check(syscall_cap_enter(0, 1ull << 32, 0) == -ERR_BAD_ARGUMENT, "a refusal");
    console_printf("waiting for more completions than there are places: %s",
                   err_sentence(ERR_BAD_ARGUMENT));
}

int main(void)
{
    for (unsigned i = 0; i < sizeof(lies) / sizeof(lies[0]); i++)
        tell(&lies[i]);
    overwrite();
    scribble();
    arguments();
    return 0;
}
