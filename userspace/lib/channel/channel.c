/*
 * A bounded channel in shared memory: what its ends tell each other.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "channel/channel.h"

struct shared {
    struct channel_side producer, consumer;
    uint8_t slots[];
};

static bool is_layout(struct channel_layout layout)
{
    return layout.capacity && layout.capacity % 8 == 0 && layout.n_slots >= 2 &&
           layout.n_slots <= CHANNEL_SLOTS_MAX && (layout.n_slots & (layout.n_slots - 1)) == 0 &&
           layout.capacity <= UINT32_MAX - sizeof(struct channel_slot);
}

static uint32_t stride_of(struct channel_layout layout)
{
    return layout.capacity + (uint32_t)sizeof(struct channel_slot);
}

uint64_t channel_size(struct channel_layout layout)
{
    return is_layout(layout) ? sizeof(struct shared) + (uint64_t)layout.n_slots * stride_of(layout)
                             : 0;
}

err_t channel_begin(struct channel_end *end, enum channel_role role, void *memory, uint64_t len,
                    struct channel_layout layout, err_t (*ring)(struct channel_end *))
{
    struct shared *shared = memory;

    if (!is_layout(layout) || len < channel_size(layout))
        return ERR_BAD_ARGUMENT;
    *end = (struct channel_end){
        .mine = role == CHANNEL_PRODUCER ? &shared->producer : &shared->consumer,
        .theirs = role == CHANNEL_PRODUCER ? &shared->consumer : &shared->producer,
        .slots = shared->slots,
        .n_slots = layout.n_slots,
        .stride = stride_of(layout),
        .capacity = layout.capacity,
        .lead = role == CHANNEL_PRODUCER ? layout.n_slots : 0,
        .ring = ring,
    };
    return ERR_OK;
}

/* The bell's new value comes before the wake-up: who compares it behind that does not wait. */
static void ring(struct channel_end *end)
{
    __atomic_store_n(&end->mine->bell, ++end->bells, __ATOMIC_RELEASE);
    end->owed = end->ring(end) != ERR_OK;
}

void channel_publish(struct channel_end *end)
{
    uint32_t request;

    if (end->owed)
        ring(end);
    if (end->published == end->index)
        return;
    end->published = end->index;
    /* Release: messages before the index that shows them, or hands their slots back. */
    __atomic_store_n(&end->mine->index, end->index, __ATOMIC_RELEASE);
    /* Either we see the request, or who asks sees the index. */
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    request = __atomic_load_n(&end->theirs->request, __ATOMIC_RELAXED);
    if (request != end->answered) {
        end->answered = request;
        ring(end);
    }
}

err_t channel_fail(struct channel_end *end, err_t error)
{
    if (end->error)
        return end->error;
    channel_publish(end);
    end->error = error;
    end->limit = end->index;
    /* Release: what was put before. */
    __atomic_store_n(&end->mine->closed, 1, __ATOMIC_RELEASE);
    ring(end);
    return error;
}

void channel_close(struct channel_end *end)
{
    channel_fail(end, ERR_ENDED);
}

/* By as many as there are, but not beyond the half of the slots where the end is. */
static void go_on(struct channel_end *end, uint32_t ahead)
{
    uint32_t half = end->n_slots / 2, left = half - (end->index & (half - 1));

    end->limit = end->index + (ahead < left ? ahead : left);
    end->slot =
        (struct channel_slot *)(end->slots + (end->index & (end->n_slots - 1)) * end->stride);
}

/* Takes over what the other side says of its index, if it can be true: it only goes on, a
 * consumer's to what we have published, a producer's by one round of slots from there. */
static err_t look(struct channel_end *end)
{
    uint32_t most = end->published + end->n_slots - end->lead;
    /* Acquire: what was put before the close, and then what was put before the index moved. */
    bool closed = __atomic_load_n(&end->theirs->closed, __ATOMIC_ACQUIRE);
    uint32_t index = __atomic_load_n(&end->theirs->index, __ATOMIC_ACQUIRE);
    uint32_t ahead;

    if (index - end->seen > most - end->seen)
        return channel_fail(end, ERR_BAD_RING);
    end->seen = index;
    ahead = index + end->lead - end->index;
    if (closed && (end->lead || !ahead))
        return channel_fail(end, ERR_DISCONNECTED);
    go_on(end, ahead);
    return ahead ? ERR_OK : ERR_WOULD_WAIT;
}

err_t channel_more(struct channel_end *end)
{
    if (end->error)
        return end->error;
    channel_publish(end);
    return look(end);
}

bool channel_ask(struct channel_end *end, uint32_t *expected)
{
    if (end->error)
        return false;
    channel_publish(end);
    *expected = __atomic_load_n(channel_bell(end), __ATOMIC_ACQUIRE);
    __atomic_store_n(&end->mine->request, ++end->requests, __ATOMIC_RELEASE);
    /* Either who publishes sees the request, or we see the index. */
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    return look(end) == ERR_WOULD_WAIT;
}
