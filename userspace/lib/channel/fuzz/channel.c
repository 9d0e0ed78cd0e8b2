/*
 * Fuzzes channels: whatever stands in the shared memory, an end stays in its slots and in what it
 * was given.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The first byte chooses the layout and the end that is honest. Then each step is a byte that says
 * which, and what it takes from the input stands beside it. The sanitizer sees what goes beyond the
 * memory, which is of just the size that is needed.
 */
#include "channel/channel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CAPACITY_MAX 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static const uint8_t *input, *input_end;
static uint8_t *memory;
static struct channel_layout layout;
static struct channel_end end;
static err_t reason; /* of the end's close, as it was a step before */
static unsigned rings;

static uint64_t take(size_t len)
{
    uint64_t value = 0;

    while (len-- && input < input_end)
        value = value << 8 | *input++;
    return value;
}

static void require(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "%s\n", what);
    abort();
}

static err_t ring(struct channel_end *unused)
{
    (void)unused;
    return ++rings % 3 ? ERR_OK : ERR_NO_CALLS;
}

/* Any word of the memory: the other side's, our own, a slot's. */
static void step_lie(void)
{
    uint64_t place = take(2) * 4 % channel_size(layout);
    uint32_t word = (uint32_t)take(4);

    memcpy(memory + place, &word, sizeof(word));
}

/* A small step of the other side's index, as an honest one would make. */
static void step_go_on(void)
{
    end.theirs->index += (uint32_t)take(1) % (layout.n_slots + 2);
}

static void step_put(void)
{
    uint8_t bytes[CAPACITY_MAX + 8] = {1, 2, 3};
    uint32_t len = (uint32_t)take(1) % sizeof(bytes), before = end.index;
    err_t error = channel_put(&end, bytes, len);

    require(!error || end.index == before, "a refused message moved the index");
    require(len <= layout.capacity || error, "a message larger than a slot");
}

/* Into a buffer of just the room that is told. */
static void step_get(void)
{
    uint32_t room = (uint32_t)take(1) % (2 * CAPACITY_MAX), len = 0, before = end.index;
    uint8_t *to = malloc(room + 1);
    err_t error;

    to[room] = 0x5a;
    error = channel_get(&end, to, room, &len);
    require(to[room] == 0x5a, "a message went beyond its room");
    require(error || (len <= room && len <= layout.capacity), "a length that is too long");
    require(!error == (end.index == before + 1), "a message that was not taken");
    free(to);
}

static void step_ask(void)
{
    uint32_t expected;

    if (channel_ask(&end, &expected))
        require(end.index == end.limit && !end.error, "a wait that is not needed");
}

static void step_publish(void)
{
    channel_publish(&end);
}

static void step_close(void)
{
    channel_close(&end);
}

/* The end's own books: it never counts on more than there is, and a closed one stays closed. */
static void check(void)
{
    require(end.index - end.published <= layout.n_slots, "more unpublished than there are slots");
    require(end.limit - end.index <= layout.n_slots / 2, "a limit beyond half of the slots");
    require(end.lead ? end.index - end.seen <= layout.n_slots
                     : end.seen - end.index <= layout.n_slots,
            "more in the channel than there are slots");
    require(!end.error || end.limit == end.index, "a closed end that goes on");
    require(!reason || end.error == reason, "a reason that changed");
    reason = end.error;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static void (*const steps[])(void) = {
        step_lie, step_go_on, step_go_on, step_put,     step_put,
        step_get, step_get,   step_ask,   step_publish, step_close,
    };
    unsigned how;

    input = data;
    input_end = data + len;
    how = (unsigned)take(1);
    reason = ERR_OK;
    rings = 0;
    layout = (struct channel_layout){8 + how / 4 % 8 * 8, 2u << (how >> 5)};
    memory = calloc(1, channel_size(layout));
    channel_begin(&end, how & 1 ? CHANNEL_PRODUCER : CHANNEL_CONSUMER, memory, channel_size(layout),
                  layout, ring);
    while (input < input_end) {
        unsigned step = (unsigned)take(1) % (sizeof(steps) / sizeof(steps[0]));

        /* Each end does what it is for. */
        if ((steps[step] == step_put && !end.lead) || (steps[step] == step_get && end.lead))
            step = 7;
        steps[step]();
        check();
    }
    free(memory);
    return 0;
}
