/*
 * A bounded queue of bytes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Two free-running counters: empty when they are equal, full when they differ by the size, which is a power of two.
 * A byte that is taken out is zeroed: it may be part of a password. Its owner protects it.
 */
#pragma once

#include "lib/types.h"

struct byte_queue {
    uint8_t *bytes;
    uint32_t size;
    uint32_t head, tail;
};

#define BYTE_QUEUE(array)                       \
    {                                           \
        .bytes = (array), .size = sizeof(array) \
    }

static inline uint32_t byte_queue_used(const struct byte_queue *queue)
{
    return queue->tail - queue->head;
}

/* False when it is full. */
static inline bool byte_queue_push(struct byte_queue *queue, uint8_t byte)
{
    if (byte_queue_used(queue) == queue->size)
        return false;
    queue->bytes[queue->tail++ & (queue->size - 1)] = byte;
    return true;
}

/* False when it is empty. */
static inline bool byte_queue_pop(struct byte_queue *queue, uint8_t *byte)
{
    uint8_t *at = &queue->bytes[queue->head & (queue->size - 1)];

    if (!byte_queue_used(queue))
        return false;
    *byte = *at;
    *at = 0;
    queue->head++;
    return true;
}

static inline void byte_queue_clear(struct byte_queue *queue)
{
    uint8_t byte;

    while (byte_queue_pop(queue, &byte))
        continue;
}
