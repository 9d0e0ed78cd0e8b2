/*
 * Messages through a ring in shared memory, whose ends trust each other, and wait by futex when it
 * is full or empty.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <inttypes.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "samples.h"

#define MESSAGES 100000
#define SLOTS    512
#define LEN      64

struct ring {
    _Alignas(64) _Atomic uint32_t put;
    _Alignas(64) _Atomic uint32_t taken;
    uint64_t drained_at;
    _Alignas(64) char slots[SLOTS][LEN];
};

/* Tells the other side of our index, and waits until its own is not SEEN. */
static void turn(_Atomic uint32_t *ours, _Atomic uint32_t *theirs, uint32_t seen)
{
    syscall(SYS_futex, ours, FUTEX_WAKE, 1);
    syscall(SYS_futex, theirs, FUTEX_WAIT, seen, NULL);
}

static void produce(struct ring *ring)
{
    static const char message[LEN];
    uint32_t taken = 0;

    for (uint32_t put = 0; put < MESSAGES;) {
        if (put - taken == SLOTS) {
            taken = atomic_load_explicit(&ring->taken, memory_order_acquire);
            if (put - taken == SLOTS)
                turn(&ring->put, &ring->taken, taken);
            continue;
        }
        memcpy(ring->slots[put % SLOTS], message, LEN);
        atomic_store_explicit(&ring->put, ++put, memory_order_release);
    }
    syscall(SYS_futex, &ring->put, FUTEX_WAKE, 1);
}

static void consume(struct ring *ring)
{
    char message[LEN];
    uint32_t put = 0;

    for (uint32_t taken = 0; taken < MESSAGES;) {
        if (put == taken) {
            put = atomic_load_explicit(&ring->put, memory_order_acquire);
            if (put == taken)
                turn(&ring->taken, &ring->put, put);
            continue;
        }
        memcpy(message, ring->slots[taken % SLOTS], LEN);
        __asm__ volatile("" : : "r"(message) : "memory"); /* it is wanted */
        atomic_store_explicit(&ring->taken, ++taken, memory_order_release);
    }
    ring->drained_at = tsc();
}

void measure_channel(void)
{
    struct ring *ring =
        mmap(NULL, sizeof(*ring), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    uint64_t from;

    if (ring == MAP_FAILED)
        _exit(1);
    memset(ring, 0, sizeof(*ring));
    if (fork() == 0) {
        consume(ring);
        _exit(0);
    }
    from = tsc();
    produce(ring);
    wait(NULL);
    printf("bench ipc.channel %.3f\n", (double)(ring->drained_at - from) / MESSAGES);
}
