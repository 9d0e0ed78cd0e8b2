/*
 * The other side: begins as an honest one would, and then lies.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It knows that init waits when the index says that all has been taken, for nobody looks at its
 * lies before.
 */
#include "lies.h"

static struct channel channel;
static struct channel_side *mine, *theirs;

static void send_good(void)
{
    check(channel_send(&channel, GOOD_MESSAGE, sizeof(GOOD_MESSAGE), RING_NEVER) == ERR_OK,
          "a message");
    channel_publish(&channel.end);
}

/* The other side has published N. */
static void await(uint32_t n)
{
    while (__atomic_load_n(&theirs->index, __ATOMIC_ACQUIRE) != n)
        thread_control_yield(capos_cap("thread"));
}

static void set(uint32_t *word, uint32_t value)
{
    __atomic_store_n(word, value, __ATOMIC_RELEASE);
}

/* Rings, whether or not anybody has asked. */
static void ring_bell(void)
{
    __atomic_fetch_add(&mine->bell, 1, __ATOMIC_RELEASE);
    park_wake(capos_cap("park"), &mine->bell, UINT32_MAX, NULL);
}

static void tell_length(uint32_t len)
{
    ((struct channel_slot *)(channel.end.slots + channel.end.stride))->len = len;
    set(&mine->index, 2);
}

/* Lengths, of which few are lies, while they are read; until init has found one and terminates this
 * process. */
_Noreturn static void change(void)
{
    uint32_t random = 1;

    for (;;) {
        uint32_t slot, len;

        random = random * 1664525 + 1013904223;
        slot = random >> 16 & 7;
        len = (random >> 20 & 127) == 0 ? LAYOUT.capacity + 1 : random >> 10 & 63;
        set(&((struct channel_slot *)(channel.end.slots + slot * channel.end.stride))->len, len);
        if (__atomic_load_n(&theirs->index, __ATOMIC_ACQUIRE) == mine->index)
            set(&mine->index, mine->index + (random >> 8 & 3));
        ring_bell();
    }
}

/* Everything that is not ours to write. */
static void write_other_side(void)
{
    await(1);
    set(&theirs->index, 0x55555555);
    set(&theirs->closed, 1);
    set(&theirs->request, 0x55555555);
    set(&theirs->bell, 0x55555555);
    channel.end.limit = channel.end.index + 1; /* it does not look itself */
    send_good();
    ring_bell();
}

static void storm(void)
{
    for (unsigned i = 0; i < 7; i++) {
        for (unsigned n = 0; n < 200; n++) {
            set(&mine->request, mine->request + 3);
            ring_bell();
        }
        send_good();
    }
}

static void produce(enum lie lie)
{
    send_good();
    switch (lie) {
    case INDEX_FAR:
        set(&mine->index, 0x80000000);
        break;
    case INDEX_BACK:
        await(1);
        set(&mine->index, 0);
        break;
    case LENGTH:
        tell_length(UINT32_MAX);
        break;
    case LENGTH_BY_ONE:
        tell_length(LAYOUT.capacity + 1);
        break;
    case CHANGING:
        change();
    case OTHER_SIDE:
        write_other_side();
        break;
    case STORM:
        storm();
        break;
    case CLOSED:
        await(1);
        set(&mine->closed, 1);
        ring_bell();
        while (!__atomic_load_n(&theirs->closed, __ATOMIC_ACQUIRE))
            thread_control_yield(capos_cap("thread"));
        set(&mine->index, 5);
        break;
    default:
        break;
    }
    ring_bell();
}

static void consume(enum lie lie)
{
    await(LAYOUT.n_slots);
    if (lie == TAKEN_FAR)
        set(&mine->index, LAYOUT.n_slots + 1);
    if (lie == TAKEN_BACK)
        set(&mine->index, UINT32_MAX);
    ring_bell();
}

int main(void)
{
    size_t len;
    const uint64_t *lie = capos_arguments(&len);

    check(len == sizeof(*lie), "a lie to tell");
    check(outcome_is_done(channel_open(&channel,
                                       *lie < CONSUMERS ? CHANNEL_PRODUCER : CHANNEL_CONSUMER,
                                       capos_cap("shared"), LAYOUT, capos_cap("park"))),
          "a channel");
    mine = channel.end.mine;
    theirs = channel.end.theirs;
    if (*lie < CONSUMERS)
        produce((enum lie) * lie);
    else
        consume((enum lie) * lie);
    if (*lie == OTHER_SIDE || *lie == STORM)
        set(&mine->closed, 1);
    ring_bell();
    if (*lie != DIES)
        timer_sleep(capos_cap("timer"), RING_NEVER, NULL);
    return 0;
}
