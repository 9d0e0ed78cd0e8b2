/*
 * Tests channels: order, fullness, waiting by two threads, and each lie that a peer can tell.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "channel/channel.h"

#include <linux/futex.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../../../../kernel/test/check.h"

#define CAPACITY 64
#define SLOTS    8

static const struct channel_layout layout = {CAPACITY, SLOTS};
static struct channel_end producer, consumer;
static unsigned rings;

static err_t ring(struct channel_end *end)
{
    (void)end;
    rings++;
    return ERR_OK;
}

static void *memory;

/* In memory of just the size that is needed, so that the sanitizer sees a step beside it. */
static void begin(void)
{
    free(memory);
    memory = calloc(1, channel_size(layout));
    rings = 0;
    channel_begin(&producer, CHANNEL_PRODUCER, memory, channel_size(layout), layout, ring);
    channel_begin(&consumer, CHANNEL_CONSUMER, memory, channel_size(layout), layout, ring);
}

/* As if so many messages had gone through. */
static void begin_at(uint32_t index)
{
    struct channel_end *const ends[] = {&producer, &consumer};

    begin();
    for (unsigned i = 0; i < 2; i++) {
        ends[i]->index = ends[i]->published = ends[i]->seen = ends[i]->limit = index;
        ends[i]->mine->index = index;
    }
}

static err_t put(const char *text)
{
    return channel_put(&producer, text, (uint32_t)strlen(text));
}

/* What comes, or the error's sentence. */
static const char *get(void)
{
    static char text[CAPACITY + 1];
    uint32_t len;
    err_t error = channel_get(&consumer, text, CAPACITY, &len);

    if (error)
        return err_sentence(error);
    text[len] = '\0';
    return text;
}

TEST(keeps_order_and_lengths)
{
    begin();
    CHECK(put("one") == ERR_OK && put("") == ERR_OK && put("three") == ERR_OK);
    CHECK_STRING(get(), "would have to wait"); /* nothing is published */
    channel_publish(&producer);
    CHECK_STRING(get(), "one");
    CHECK_STRING(get(), "");
    CHECK_STRING(get(), "three");
    CHECK_STRING(get(), "would have to wait");
    PASS;
}

TEST(fills_and_empties)
{
    for (uint32_t start = UINT32_MAX - 2 * SLOTS; start != 2 * SLOTS; start++) {
        begin_at(start);
        for (unsigned i = 0; i < SLOTS; i++)
            CHECK(put("x") == ERR_OK);
        CHECK(put("x") == ERR_WOULD_WAIT);
        for (unsigned i = 0; i < SLOTS; i++)
            CHECK_STRING(get(), "x");
        CHECK_STRING(get(), "would have to wait");
        CHECK(put("y") == ERR_OK);
    }
    PASS;
}

TEST(takes_messages_of_every_length)
{
    uint8_t from[CAPACITY + 1], to[CAPACITY + 1];
    uint32_t len;

    begin();
    for (uint32_t i = 0; i <= CAPACITY; i++) {
        memset(from, (int)i, sizeof(from));
        memset(to, 0xee, sizeof(to));
        CHECK(channel_put(&producer, from, i) == ERR_OK);
        channel_publish(&producer);
        CHECK(channel_get(&consumer, to, CAPACITY, &len) == ERR_OK && len == i);
        CHECK(memcmp(from, to, i) == 0 && to[i] == 0xee);
        channel_publish(&consumer);
    }
    CHECK(channel_put(&producer, from, CAPACITY + 1) == ERR_BAD_LENGTH);
    CHECK(producer.error == ERR_OK);
    PASS;
}

TEST(keeps_what_has_no_room)
{
    char small[2];
    uint32_t len;

    begin();
    put("long");
    channel_publish(&producer);
    CHECK(channel_get(&consumer, small, sizeof(small), &len) == ERR_NO_ROOM && len == 4);
    CHECK_STRING(get(), "long");
    PASS;
}

TEST(refuses_layouts)
{
    static const struct channel_layout bad[] = {
        {0, 8},
        {4, 8},
        {65, 8},
        {64, 0},
        {64, 1},
        {64, 3},
        {64, 2 * CHANNEL_SLOTS_MAX},
        {UINT32_MAX - 7, 8},
    };

    begin();
    for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        CHECK(channel_size(bad[i]) == 0);
        CHECK(channel_begin(&producer, CHANNEL_PRODUCER, memory, UINT64_MAX, bad[i], ring) ==
              ERR_BAD_ARGUMENT);
    }
    CHECK(channel_begin(&producer, CHANNEL_PRODUCER, memory, channel_size(layout) - 1, layout,
                        ring) == ERR_BAD_ARGUMENT);
    PASS;
}

/* --- Publishing, asking, ringing --- */

TEST(publishes_by_halves)
{
    begin();
    for (unsigned i = 0; i < SLOTS / 2; i++)
        put("x");
    CHECK_STRING(get(), "would have to wait");
    put("x");
    CHECK_STRING(get(), "x");
    for (unsigned i = 1; i < SLOTS / 2; i++)
        CHECK_STRING(get(), "x");
    CHECK(producer.theirs->index == 0);
    CHECK_STRING(get(), "would have to wait");
    CHECK(producer.theirs->index == SLOTS / 2);
    PASS;
}

TEST(rings_once_for_each_request)
{
    uint32_t expected;

    begin();
    put("x");
    channel_publish(&producer);
    CHECK(rings == 0);
    CHECK(!channel_ask(&consumer, &expected)); /* there is one */
    get();
    CHECK(channel_ask(&consumer, &expected) && expected == *channel_bell(&consumer));
    put("x");
    CHECK(rings == 0);
    channel_publish(&producer);
    CHECK(rings == 1 && expected != *channel_bell(&consumer));
    put("x");
    channel_publish(&producer);
    channel_publish(&producer);
    CHECK(rings == 1);
    PASS;
}

TEST(asks_for_room_too)
{
    uint32_t expected;

    begin();
    for (unsigned i = 0; i < SLOTS; i++)
        put("x");
    CHECK(channel_ask(&producer, &expected));
    get();
    channel_publish(&consumer);
    CHECK(rings == 1 && expected != *channel_bell(&producer));
    CHECK(put("x") == ERR_OK);
    PASS;
}

static err_t failing_ring(struct channel_end *end)
{
    (void)end;
    rings++;
    return ERR_NO_CALLS;
}

TEST(rings_again_when_it_failed)
{
    uint32_t expected;

    begin();
    CHECK(channel_ask(&consumer, &expected));
    producer.ring = failing_ring;
    put("x");
    channel_publish(&producer);
    CHECK(rings == 1);
    producer.ring = ring;
    channel_publish(&producer);
    CHECK(rings == 2);
    channel_publish(&producer);
    CHECK(rings == 2);
    PASS;
}

/* --- Ends --- */

TEST(drains_after_the_producers_close)
{
    uint32_t expected;

    begin();
    CHECK(channel_ask(&consumer, &expected));
    put("last");
    channel_close(&producer);
    CHECK(rings > 0 && expected != *channel_bell(&consumer));
    CHECK(put("more") == ERR_ENDED);
    CHECK_STRING(get(), "last");
    CHECK_STRING(get(), "the other side is gone");
    CHECK_STRING(get(), "the other side is gone");
    CHECK(!channel_ask(&consumer, &expected));
    PASS;
}

TEST(rings_at_the_close)
{
    uint32_t expected;

    begin();
    CHECK(channel_ask(&consumer, &expected));
    channel_close(&producer);
    CHECK(rings == 1 && expected != *channel_bell(&consumer));
    PASS;
}

TEST(stops_at_the_consumers_close)
{
    uint32_t expected;

    begin();
    channel_close(&consumer);
    CHECK(put("x") == ERR_DISCONNECTED && put("x") == ERR_DISCONNECTED);
    CHECK(!channel_ask(&producer, &expected));
    CHECK_STRING(get(), "has ended already");
    PASS;
}

/* --- Lies --- */

TEST(sees_a_producer_that_lies_about_its_index)
{
    static const uint32_t lies[] = {SLOTS + 3, UINT32_MAX, 1u << 31, 0};

    for (unsigned i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
        begin();
        put("x");
        put("x");
        channel_publish(&producer);
        get();
        producer.mine->index = lies[i];
        get(); /* what was seen already stays seen */
        CHECK_STRING(get(), "the ring's indices lie");
        producer.mine->index = 2;
        CHECK_STRING(get(), "the ring's indices lie");
        CHECK(put("x") == ERR_OK); /* it has room until it looks */
        CHECK(channel_more(&producer) == ERR_DISCONNECTED);
    }
    PASS;
}

TEST(sees_a_consumer_that_lies_about_its_index)
{
    static const uint32_t lies[] = {SLOTS + 1, UINT32_MAX, 1u << 31};

    for (unsigned i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
        begin();
        for (unsigned n = 0; n < SLOTS; n++)
            put("x");
        consumer.mine->index = lies[i];
        CHECK(put("x") == ERR_BAD_RING);
        consumer.mine->index = 1;
        CHECK(put("x") == ERR_BAD_RING);
    }
    begin();
    for (unsigned n = 0; n < SLOTS; n++)
        put("x");
    channel_publish(&producer);
    consumer.mine->index = 3;
    CHECK(put("x") == ERR_OK);
    consumer.mine->index = 2; /* goes back */
    CHECK(channel_more(&producer) == ERR_BAD_RING);
    PASS;
}

TEST(sees_a_length_that_lies)
{
    static const uint32_t lies[] = {CAPACITY + 1, UINT32_MAX, 1u << 31};
    char large[2 * CAPACITY];
    uint32_t len;

    for (unsigned i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
        begin();
        put("x");
        ((struct channel_slot *)producer.slots)->len = lies[i];
        channel_publish(&producer);
        CHECK_STRING(get(), "impossible length");
        CHECK_STRING(get(), "impossible length");
    }
    begin();
    put("x");
    ((struct channel_slot *)producer.slots)->len = sizeof(large); /* just what there is room for */
    channel_publish(&producer);
    CHECK(channel_get(&consumer, large, sizeof(large), &len) == ERR_BAD_LENGTH);
    PASS;
}

/* --- Two threads, which wait as processes do --- */

#define MESSAGES 200000

static err_t futex_ring(struct channel_end *end)
{
    syscall(SYS_futex, &end->mine->bell, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
    return ERR_OK;
}

static void futex_wait(struct channel_end *end)
{
    uint32_t expected;

    if (channel_ask(end, &expected))
        syscall(SYS_futex, channel_bell(end), FUTEX_WAIT_PRIVATE, expected, NULL, NULL, 0);
}

static void *produce(void *unused)
{
    (void)unused;
    for (uint64_t i = 0; i < MESSAGES; i++) {
        while (channel_put(&producer, &i, sizeof(i)) == ERR_WOULD_WAIT)
            futex_wait(&producer);
        if (i % 97 == 0)
            channel_publish(&producer);
    }
    channel_close(&producer);
    return NULL;
}

TEST(loses_no_message_and_no_wake_up)
{
    pthread_t thread;
    uint64_t i = 0, got = 0;
    uint32_t len;
    err_t error;

    begin_at(UINT32_MAX - MESSAGES / 2);
    producer.ring = consumer.ring = futex_ring;
    CHECK(pthread_create(&thread, NULL, produce, NULL) == 0);
    for (;;) {
        error = channel_get(&consumer, &got, sizeof(got), &len);
        if (error == ERR_WOULD_WAIT)
            futex_wait(&consumer);
        else if (error || len != sizeof(got) || got != i++)
            break;
    }
    channel_close(&consumer);
    pthread_join(thread, NULL);
    CHECK(error == ERR_DISCONNECTED && i == MESSAGES);
    PASS;
}

int main(void)
{
    RUN(keeps_order_and_lengths);
    RUN(fills_and_empties);
    RUN(takes_messages_of_every_length);
    RUN(keeps_what_has_no_room);
    RUN(refuses_layouts);
    RUN(publishes_by_halves);
    RUN(rings_once_for_each_request);
    RUN(asks_for_room_too);
    RUN(rings_again_when_it_failed);
    RUN(drains_after_the_producers_close);
    RUN(rings_at_the_close);
    RUN(stops_at_the_consumers_close);
    RUN(sees_a_producer_that_lies_about_its_index);
    RUN(sees_a_consumer_that_lies_about_its_index);
    RUN(sees_a_length_that_lies);
    RUN(loses_no_message_and_no_wake_up);
    free(memory);
    TESTS_END;
}
