/*
 * Tests objects.c: cookies against a simple model, and what minting leaves when it fails.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/objects.h"

#include <stdlib.h>

#include "answer.h"
#include "kernel.h"
#include "kernel/test/check.h"

#define SLOTS  8
#define ROUNDS 100000
#define STALE  1000

static struct object_slot slots[SLOTS];
static struct objects objects;
static int things[SLOTS];

/* What is in the table, and cookies of what no longer is. */
static struct {
    uint64_t cookie;
    void *object;
} live[SLOTS];
static uint32_t n_live;
static uint64_t stale[STALE];
static uint32_t n_stale;

static void start(void)
{
    objects_init(&objects, slots, SLOTS);
    n_live = n_stale = 0;
}

static bool add(void)
{
    void *object = &things[rand() % SLOTS];
    uint64_t cookie = objects_add(&objects, object);

    if (n_live == SLOTS)
        return cookie == 0;
    live[n_live].cookie = cookie;
    live[n_live++].object = object;
    return cookie >> 32 != 0;
}

static bool forget(uint32_t which)
{
    void *object = objects_forget(&objects, live[which].cookie);
    bool ok = object == live[which].object;

    stale[n_stale++ % STALE] = live[which].cookie;
    live[which] = live[--n_live];
    return ok;
}

static bool all_are_found(void)
{
    for (uint32_t i = 0; i < n_live; i++) {
        if (objects_find(&objects, live[i].cookie) != live[i].object)
            return false;
    }
    for (uint32_t i = 0; i < n_stale && i < STALE; i++) {
        if (objects_find(&objects, stale[i]) || objects_forget(&objects, stale[i]))
            return false;
    }
    return true;
}

TEST(cookies_as_in_the_model)
{
    start();
    for (uint32_t round = 0; round < ROUNDS; round++) {
        if (rand() % 2 || n_live == 0)
            CHECK(add());
        else
            CHECK(forget((uint32_t)rand() % n_live));
        if (round % 100 == 0)
            CHECK(all_are_found());
    }
    CHECK(n_stale > STALE && all_are_found());
    PASS;
}

TEST(cookies_of_nobody)
{
    uint64_t cookie;

    start();
    CHECK(!objects_find(&objects, 0) && !objects_forget(&objects, 0));
    for (uint64_t i = 0; i < 2 * SLOTS; i++)
        CHECK(!objects_find(&objects, i));
    cookie = objects_add(&objects, &things[0]);
    CHECK(objects_find(&objects, cookie) == &things[0]);
    CHECK(!objects_find(&objects, cookie + 1) && !objects_find(&objects, cookie + SLOTS));
    CHECK(!objects_find(&objects, cookie + (1ull << 32)) && !objects_find(&objects, ~0ull));
    CHECK(!objects_find(&objects, (uint32_t)cookie));
    PASS;
}

/* No generation comes twice, so a slot that has had all of them is given up. */
TEST(slots_wear_out)
{
    uint64_t cookie;

    start();
    slots[0].generation = UINT32_MAX - 1;
    cookie = objects_add(&objects, &things[0]);
    CHECK(cookie == 0xffffffff00000000 && objects_find(&objects, cookie) == &things[0]);
    CHECK(objects_forget(&objects, cookie) == &things[0] && !objects_find(&objects, cookie));
    for (uint32_t i = 1; i < SLOTS; i++)
        CHECK((uint32_t)objects_add(&objects, &things[1]) == i);
    CHECK(objects_add(&objects, &things[1]) == 0 && !objects_find(&objects, cookie));
    PASS;
}

TEST(table_without_slots)
{
    objects_init(&objects, NULL, 0);
    CHECK(objects_add(&objects, &things[0]) == 0 && !objects_find(&objects, 1ull << 32));
    PASS;
}

/* The cookie that the kernel was asked to mint. */
static uint64_t minted(void)
{
    return ((uint64_t *)kernel_at(answer_seen.params))[1];
}

TEST(mint_takes_in)
{
    struct answer client = answer_of(0, 0, 0, 1);
    cap_t cap;

    client.words[1] = 3; /* capability 0 */
    client.caps[0] = (struct ring_cap){100, INTERFACE};
    client.n_caps = 1;
    answer_start(client);
    start();
    CHECK(outcome_is_done(objects_mint(&objects, &things[2], CLIENT, INTERFACE, &cap)));
    CHECK(cap == 100 && answer_seen.cap == CLIENT);
    CHECK(objects_find(&objects, minted()) == &things[2]);
    PASS;
}

TEST(mint_that_fails_leaves_nothing)
{
    cap_t cap;

    answer_start(exception_of(ERR_NO_CAPS, "no capabilities left"));
    start();
    CHECK(objects_mint(&objects, &things[2], CLIENT, INTERFACE, &cap).code == ERR_NO_CAPS);
    CHECK(cap == CAP_NONE && !objects_find(&objects, minted()));
    for (uint32_t i = 0; i < SLOTS; i++)
        CHECK(objects_add(&objects, &things[0]) != 0);
    kernel.n_taken = 0;
    CHECK(objects_mint(&objects, &things[2], CLIENT, INTERFACE, &cap).code == ERR_NO_ROOM);
    CHECK(cap == CAP_NONE && kernel.n_taken == 0);
    PASS;
}

int main(void)
{
    RUN(cookies_as_in_the_model);
    RUN(cookies_of_nobody);
    RUN(slots_wear_out);
    RUN(table_without_slots);
    RUN(mint_takes_in);
    RUN(mint_that_fails_leaves_nothing);
    TESTS_END;
}
