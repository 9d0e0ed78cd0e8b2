/*
 * Tests cap/table.c against a list of what should be in it, with random operations.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cap/table.h"

#include "mem/frames.h"
#include "test/check.h"
#include "test/fake_memory.h"
#include "test/random.h"

#define N_OBJECTS 5
#define LIVE_MAX  2000
#define STALE_MAX 1024
#define STEPS     200000
#define ENTRIES   (CAPS_PER_CHUNK * CAP_CHUNKS_MAX)

/* What the table should say about a handle. */
struct held {
    cap_t handle;
    unsigned object;
    uint64_t interface_id, cookie;
    enum facet facet;
};

static unsigned n_dropped;

static void dropped(struct object *object)
{
    (void)object;
    n_dropped++;
}

static const struct object_type type = {.name = "test", .dropped = dropped};
static struct object objects[N_OBJECTS];
static struct ledger *ledger;
static struct cap_table table;
static struct held live[LIVE_MAX];
static unsigned n_live;
static cap_t stale[STALE_MAX];
static unsigned n_stale;
static uint64_t state;

static void start(uint32_t n_caps, uint32_t n_frames)
{
    const struct budget budget = {{[LEDGER_FRAMES] = n_frames, [LEDGER_CAPS] = n_caps}};
    err_t error;

    state = 0x1234567;
    n_live = n_stale = n_dropped = 0;
    ledger = ledger_create(NULL, &budget, &error);
    cap_table_init(&table, ledger);
    for (unsigned i = 0; i < N_OBJECTS; i++)
        objects[i] = (struct object){.type = &type, .refs = 1};
}

/* Ends the table; each step must free a bounded number, and nothing may be left. */
TEST(clear_all)
{
    unsigned before = n_dropped, expected = n_dropped + table.used;

    while (cap_table_clear_step(&table)) {
        CHECK(n_dropped - before <= 32);
        before = n_dropped;
    }
    CHECK(n_dropped == expected);
    CHECK(ledger->used[LEDGER_CAPS] == 0 && ledger->used[LEDGER_FRAMES] == 0);
    for (unsigned i = 0; i < N_OBJECTS; i++)
        CHECK(objects[i].refs == 1 && objects[i].n_caps[0] == 0 && objects[i].n_caps[1] == 0);
    ledger_close(ledger);
    CHECK(frames_free() == frames_total());
    PASS;
}

static void bury(cap_t handle)
{
    stale[n_stale++ % STALE_MAX] = handle;
}

static unsigned random_stale(void)
{
    return random_below(&state, n_stale < STALE_MAX ? n_stale : STALE_MAX);
}

static bool agrees(const struct held *held)
{
    const struct cap *cap = cap_find(&table, held->handle);

    return cap && cap->object == &objects[held->object] &&
           cap->rights.interface_id == held->interface_id && cap->rights.cookie == held->cookie &&
           cap->rights.facet == held->facet;
}

/* At once, or in two steps, and now and then with another entry that is given back in between. */
static err_t insert(struct object *object, struct held *held)
{
    const struct cap_rights rights = {
        .interface_id = held->interface_id, .cookie = held->cookie, .facet = (uint8_t)held->facet};
    uint32_t index, other;
    err_t error;

    if (random_below(&state, 2))
        return cap_insert(&table, object, &rights, &held->handle);
    error = cap_reserve(&table, &index);
    if (error)
        return error;
    if (random_below(&state, 2) && !cap_reserve(&table, &other))
        cap_unreserve(&table, other);
    held->handle = cap_commit(&table, index, object, &rights);
    return ERR_OK;
}

static err_t insert_one(unsigned object, enum facet facet, uint64_t cookie, cap_t *handle)
{
    const struct cap_rights rights = {.interface_id = 1, .cookie = cookie, .facet = (uint8_t)facet};

    return cap_insert(&table, &objects[object], &rights, handle);
}

/* Now and then an allocation fails, which changes nothing. */
TEST(step_insert)
{
    struct held held = {
        .object = random_below(&state, N_OBJECTS),
        .interface_id = random_next(&state),
        .cookie = random_next(&state),
        .facet = random_below(&state, FACETS),
    };
    struct object *object = &objects[held.object];
    uint32_t refs = object->refs, used = ledger->used[LEDGER_CAPS];
    uint32_t frames = ledger->used[LEDGER_FRAMES];
    err_t error;

    fake_memory_fails_after = random_below(&state, 8) ? -1 : (int)random_below(&state, 2);
    error = insert(object, &held);
    fake_memory_fails_after = -1;
    if (error) {
        CHECK(error == ERR_NO_MEMORY || (error == ERR_NO_CAPS && n_live == LIVE_MAX));
        CHECK(object->refs == refs && ledger->used[LEDGER_CAPS] == used);
        CHECK(ledger->used[LEDGER_FRAMES] <= frames + 1); /* a directory without chunks may stay */
        PASS;
    }
    CHECK(n_live < LIVE_MAX);
    CHECK(held.handle != 0 && agrees(&held));
    live[n_live++] = held;
    PASS;
}

TEST(step_release)
{
    unsigned i = random_below(&state, n_live), dropped_before = n_dropped;
    struct held held = live[i];
    uint32_t refs = objects[held.object].refs;

    CHECK(agrees(&held));
    CHECK(cap_release(&table, held.handle) == ERR_OK);
    CHECK(n_dropped == dropped_before + 1 && objects[held.object].refs == refs - 1);
    CHECK(cap_release(&table, held.handle) == ERR_BAD_HANDLE);
    live[i] = live[--n_live];
    bury(held.handle);
    PASS;
}

/* Concealed, an entry is found by no handle, and shown again it has another one; after its last
 * generation it has none. The reference stays with whoever has the object. */
TEST(step_conceal)
{
    struct held *held = &live[random_below(&state, n_live)];
    struct object *object = &objects[held->object];
    struct cap *cap = cap_find(&table, held->handle);
    cap_t old = held->handle;
    uint32_t refs = object->refs, n_caps = object->n_caps[held->facet];
    bool again;

    if (held->facet != FACET_OBJECT)
        PASS;
    again = cap_conceal(&table, cap);
    bury(old);
    CHECK(!cap_find(&table, old) && object->refs == refs);
    CHECK(object->n_caps[held->facet] == n_caps - 1);
    CHECK(again == (old >> 32 != UINT32_MAX));
    if (!again) {
        object_put(object);
        *held = live[--n_live];
        PASS;
    }
    CHECK(cap_release(&table, old) == ERR_BAD_HANDLE);
    CHECK(!cap_find(&table, old + (1ull << 32))); /* though this is what it will be */
    held->handle = cap_show(cap, (uint32_t)old, object);
    CHECK(held->handle == old + (1ull << 32) && agrees(held));
    CHECK(object->refs == refs && object->n_caps[held->facet] == n_caps);
    PASS;
}

/* Under way, a move leaves an entry that nobody can use. It comes back as it was, or is found at
 * its new place only. */
TEST(step_move)
{
    struct held *held = &live[random_below(&state, n_live)];
    struct cap *cap = cap_find(&table, held->handle);
    uint32_t source = (uint32_t)held->handle, refs = objects[held->object].refs, index;
    unsigned dropped_before = n_dropped;
    cap_t old = held->handle;

    cap_move_begin(cap);
    CHECK(!cap_find(&table, old) && cap_refusal(&table, old) == ERR_RESERVED);
    CHECK(cap_refusal(&table, old + (1ull << 32)) == ERR_BAD_HANDLE);
    CHECK(cap_release(&table, old) == ERR_RESERVED);
    if (random_below(&state, 2) || cap_reserve(&table, &index)) {
        cap_move_undo(cap);
        CHECK(agrees(held));
    } else {
        held->handle = cap_move(&table, source, &table, index);
        CHECK(held->handle != old && agrees(held) && !cap_find(&table, old));
        CHECK(cap_refusal(&table, old) == ERR_BAD_HANDLE);
        bury(old);
    }
    CHECK(n_dropped == dropped_before && objects[held->object].refs == refs);
    PASS;
}

/* What has moved without the table's help is gone. */
TEST(step_move_drop)
{
    struct held *held = &live[random_below(&state, n_live)];
    unsigned dropped_before = n_dropped;
    uint32_t refs = objects[held->object].refs;

    cap_move_begin(cap_find(&table, held->handle));
    cap_move_drop(&table, (uint32_t)held->handle);
    CHECK(n_dropped == dropped_before + 1 && objects[held->object].refs == refs - 1);
    CHECK(cap_refusal(&table, held->handle) == ERR_BAD_HANDLE);
    bury(held->handle);
    *held = live[--n_live];
    PASS;
}

/* The entry's last generation: with its release the entry is never used again. */
TEST(step_age)
{
    struct held *held = &live[random_below(&state, n_live)];
    struct cap *cap = cap_find(&table, held->handle);

    CHECK(cap);
    if (cap->generation == UINT32_MAX)
        PASS;
    bury(held->handle);
    cap->generation = UINT32_MAX;
    held->handle |= 0xffffffffull << 32;
    CHECK(agrees(held));
    PASS;
}

TEST(step_find_others)
{
    CHECK(!cap_find(&table, 0));
    CHECK(!cap_find(&table, random_next(&state) | 1ull << 62));
    if (n_stale)
        CHECK(!cap_find(&table, stale[random_stale()]));
    if (n_live) {
        cap_t handle = live[random_below(&state, n_live)].handle;

        CHECK(!cap_find(&table, handle + (1ull << 32)) && !cap_find(&table, handle - (1ull << 32)));
        CHECK(!cap_find(&table, handle & 0xffffffff));
    }
    PASS;
}

/* As a reply does with each call; in the end its generations are used up. */
TEST(shown_and_concealed)
{
    static const struct cap_rights rights = {.interface_id = 7};
    cap_t first, second;
    struct cap *cap;
    uint32_t index;

    start(10, 10);
    CHECK(cap_reserve(&table, &index) == ERR_OK);
    cap = cap_reserved(&table, index, &rights);
    first = cap_show(cap, index, &objects[1]);
    CHECK(cap_find(&table, first) == cap && cap->rights.interface_id == 7);
    CHECK(objects[1].n_caps[FACET_OBJECT] == 1);
    CHECK(cap_conceal(&table, cap) && !cap_find(&table, first));
    CHECK(objects[1].n_caps[FACET_OBJECT] == 0 && ledger->used[LEDGER_CAPS] == 1);
    second = cap_show(cap, index, &objects[1]);
    CHECK(second != first && cap_find(&table, second) == cap && !cap_find(&table, first));
    cap->generation = UINT32_MAX;
    CHECK(!cap_conceal(&table, cap) && ledger->used[LEDGER_CAPS] == 0);
    CHECK(cap_reserve(&table, &index) == ERR_OK && cap_at(&table, index) != cap);
    cap_unreserve(&table, index);
    return clear_all();
}

TEST(random_operations)
{
    start(LIVE_MAX, 1000);
    for (unsigned i = 0; i < STEPS; i++) {
        unsigned what = random_below(&state, 100);
        bool grows = i / 4000 % 2 == 0;

        if (what < (grows ? 50 : 30) || n_live == 0)
            CHECK(step_insert());
        else if (what < 65)
            CHECK(step_release());
        else if (what < 70)
            CHECK(step_move_drop());
        else if (what < 75)
            CHECK(step_move());
        else if (what < 80)
            CHECK(step_conceal());
        else if (what < 81 && table.n_chunks < 100)
            CHECK(step_age());
        else
            CHECK(step_find_others());
        CHECK(table.used == n_live && ledger->used[LEDGER_CAPS] == n_live);
        CHECK(ledger->used[LEDGER_FRAMES] == table.n_chunks + (table.chunks != NULL));
    }
    for (unsigned i = 0; i < n_live; i++)
        CHECK(agrees(&live[i]));
    return clear_all();
}

/* Every entry that a table can have, once; then it says so, and every handle still means something
 * else. */
TEST(exhausted_table)
{
    cap_t first, last;

    start(ENTRIES + 10, CAP_CHUNKS_MAX + 1);
    CHECK(insert_one(0, FACET_OBJECT, 0, &first) == ERR_OK);
    for (unsigned i = 1; i < ENTRIES; i++)
        CHECK(insert_one(1, FACET_OBJECT, i, &last) == ERR_OK);
    CHECK(insert_one(2, FACET_OBJECT, 0, &last) == ERR_NO_CAPS);
    CHECK(ledger->used[LEDGER_CAPS] == ENTRIES && objects[2].refs == 1);
    CHECK(cap_find(&table, first)->rights.cookie == 0 &&
          cap_find(&table, last)->rights.cookie == ENTRIES - 1);
    CHECK(cap_release(&table, first) == ERR_OK);
    CHECK(insert_one(2, FACET_OBJECT, 0, &last) == ERR_OK);
    CHECK(last != first && !cap_find(&table, first));
    return clear_all();
}

TEST(limits_of_the_ledger)
{
    cap_t handle;

    start(3, 2);
    for (unsigned i = 0; i < 3; i++)
        CHECK(insert_one(0, FACET_CLIENT, 0, &handle) == ERR_OK);
    CHECK(insert_one(0, FACET_CLIENT, 0, &handle) == ERR_NO_CAPS);
    CHECK(clear_all());
    start(3, 1);
    CHECK(insert_one(0, FACET_CLIENT, 0, &handle) == ERR_NO_FRAMES);
    CHECK(ledger->used[LEDGER_CAPS] == 0 && objects[0].refs == 1);
    return clear_all();
}

TEST(empty_table)
{
    start(10, 10);
    CHECK(!cap_find(&table, 0) && !cap_find(&table, 1ull << 32));
    CHECK(cap_release(&table, 1ull << 32) == ERR_BAD_HANDLE);
    CHECK(cap_refusal(&table, 1ull << 32) == ERR_BAD_HANDLE);
    return clear_all();
}

int main(void)
{
    fake_memory_start();
    RUN(empty_table);
    RUN(limits_of_the_ledger);
    RUN(exhausted_table);
    RUN(shown_and_concealed);
    RUN(random_operations);
    TESTS_END;
}
