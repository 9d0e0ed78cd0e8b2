/*
 * Tests ledger/ledger.c against a tree that adds everything up anew, with random operations.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ledger/ledger.h"

#include "test/check.h"
#include "test/fake_memory.h"
#include "test/random.h"

#define NODES_MAX 60
#define STEPS     300000
#define ROOT      1000

/* A ledger as it should be; its place in the array is its name. */
struct node {
    struct ledger *ledger; /* NULL: the place is free */
    int parent;            /* -1: none */
    uint32_t limits[LEDGER_KINDS];
    uint32_t charged[LEDGER_KINDS]; /* by itself, without what its children have */
    bool closed;
};

static struct node nodes[NODES_MAX];
static uint64_t state;

static uint64_t n_ledgers(void)
{
    uint64_t n = 0;

    for (struct pool *pool = pools_first(); pool; pool = pool->next)
        n += pool_used(pool);
    return n;
}

static unsigned n_children(int of)
{
    unsigned n = 0;

    for (int i = 0; i < NODES_MAX; i++)
        n += nodes[i].ledger && nodes[i].parent == of;
    return n;
}

static uint32_t used_of(int of, unsigned kind)
{
    uint32_t used = nodes[of].charged[kind];

    for (int i = 0; i < NODES_MAX; i++) {
        if (nodes[i].ledger && nodes[i].parent == of)
            used += nodes[i].limits[kind];
    }
    return used;
}

/* A closed ledger keeps no more than it needs, and goes with its last use; that may free its parent. */
static bool settle_one(int i)
{
    bool unused = n_children(i) == 0;

    if (!nodes[i].ledger || !nodes[i].closed)
        return false;
    for (unsigned kind = 0; kind < LEDGER_KINDS; kind++) {
        nodes[i].limits[kind] = used_of(i, kind);
        unused &= nodes[i].limits[kind] == 0;
    }
    if (unused)
        nodes[i].ledger = NULL;
    return unused;
}

/* Deep ones first would do it in one go; so as often as they can be nested. */
static void settle(void)
{
    for (unsigned depth = 0; depth <= LEDGER_DEPTH_MAX + 1; depth++) {
        for (int i = 0; i < NODES_MAX; i++)
            settle_one(i);
    }
}

TEST(agree)
{
    uint64_t n = 0;

    for (int i = 0; i < NODES_MAX; i++) {
        const struct ledger *ledger = nodes[i].ledger;

        if (!ledger)
            continue;
        n++;
        CHECK(ledger->closed == nodes[i].closed);
        CHECK(ledger->users == n_children(i) + !nodes[i].closed);
        for (unsigned kind = 0; kind < LEDGER_KINDS; kind++) {
            CHECK(ledger->used[kind] == used_of(i, kind));
            CHECK(ledger->limits[kind] == nodes[i].limits[kind]);
        }
    }
    CHECK(n_ledgers() == n);
    PASS;
}

static int free_place(void)
{
    for (int i = 0; i < NODES_MAX; i++) {
        if (!nodes[i].ledger)
            return i;
    }
    return -1;
}

/* A random one; -1 when that place is empty. */
static int choose(void)
{
    int i = (int)random_below(&state, NODES_MAX);

    return nodes[i].ledger ? i : -1;
}

static const err_t errors[LEDGER_KINDS] = {ERR_NO_FRAMES, ERR_NO_OBJECTS, ERR_NO_CALLS,
                                           ERR_NO_TIMERS, ERR_NO_CAPS};

/* What a child of PARENT with BUDGET meets. */
static err_t expected_error(int parent, const struct budget *budget)
{
    if (nodes[parent].ledger->depth == LEDGER_DEPTH_MAX)
        return ERR_NO_OBJECTS;
    for (unsigned kind = 0; kind < LEDGER_KINDS; kind++) {
        if (budget->amounts[kind] > nodes[parent].limits[kind] - used_of(parent, kind))
            return errors[kind];
    }
    return ERR_OK;
}

TEST(step_create)
{
    int parent = choose(), place = free_place();
    struct budget budget;
    err_t error = ERR_OK, expected;
    struct ledger *ledger;

    if (parent < 0 || place < 0 || nodes[parent].closed)
        PASS;
    for (unsigned kind = 0; kind < LEDGER_KINDS; kind++)
        budget.amounts[kind] = random_below(&state, nodes[parent].limits[kind] + 2);
    if (random_below(&state, 50) == 0)
        budget.amounts[random_below(&state, LEDGER_KINDS)] = UINT32_MAX;
    expected = expected_error(parent, &budget);
    ledger = ledger_create(nodes[parent].ledger, &budget, &error);
    CHECK(error == expected && !ledger == !!error);
    if (!ledger)
        PASS;
    nodes[place] = (struct node){.ledger = ledger, .parent = parent};
    memcpy(nodes[place].limits, budget.amounts, sizeof(budget.amounts));
    PASS;
}

TEST(step_charge)
{
    int i = choose();
    unsigned kind = random_below(&state, LEDGER_KINDS);
    uint32_t n;
    bool fits;

    if (i < 0 || nodes[i].closed)
        PASS;
    n = random_below(&state, 30) ? random_below(&state, nodes[i].limits[kind] / 2 + 2)
                                 : UINT32_MAX - random_below(&state, 3);
    fits = n <= nodes[i].limits[kind] - used_of(i, kind);
    CHECK(ledger_charge(nodes[i].ledger, kind, n) == (fits ? ERR_OK : errors[kind]));
    if (fits)
        nodes[i].charged[kind] += n;
    PASS;
}

static int step_credit(void)
{
    int i = choose();
    unsigned kind = random_below(&state, LEDGER_KINDS);
    uint32_t n;

    if (i < 0 || nodes[i].charged[kind] == 0)
        PASS;
    n = 1 + random_below(&state, nodes[i].charged[kind]);
    nodes[i].charged[kind] -= n;
    ledger_credit(nodes[i].ledger, kind, n);
    settle();
    PASS;
}

static int step_close(void)
{
    int i = choose();

    if (i < 0 || nodes[i].closed || (nodes[i].parent < 0 && n_children(i)))
        PASS;
    nodes[i].closed = true;
    ledger_close(nodes[i].ledger);
    settle();
    PASS;
}

static struct ledger *create_root(void)
{
    struct budget budget = {{ROOT, ROOT, ROOT, ROOT, ROOT}};
    err_t error;
    struct ledger *root = ledger_create(NULL, &budget, &error);

    memset(nodes, 0, sizeof(nodes));
    nodes[0] = (struct node){.ledger = root, .parent = -1};
    memcpy(nodes[0].limits, budget.amounts, sizeof(budget.amounts));
    return root;
}

/* Everything is given back, children before or after their parents. */
TEST(end_all)
{
    for (int i = NODES_MAX - 1; i >= 0; i--) {
        for (unsigned kind = 0; kind < LEDGER_KINDS; kind++) {
            if (nodes[i].ledger && nodes[i].charged[kind]) {
                uint32_t n = nodes[i].charged[kind];

                nodes[i].charged[kind] = 0;
                ledger_credit(nodes[i].ledger, kind, n);
                settle();
            }
        }
    }
    for (int i = 0; i < NODES_MAX; i++) {
        if (nodes[i].ledger && !nodes[i].closed) {
            nodes[i].closed = true;
            ledger_close(nodes[i].ledger);
            settle();
        }
    }
    CHECK(n_ledgers() == 0);
    PASS;
}

TEST(random_operations)
{
    state = 0x7654321;
    CHECK(create_root());
    for (unsigned i = 0; i < STEPS; i++) {
        unsigned what = random_below(&state, 100);

        CHECK(what < 30   ? step_create()
              : what < 60 ? step_charge()
              : what < 90 ? step_credit()
                          : step_close());
        if (!nodes[0].ledger)
            CHECK(n_ledgers() == 0 && create_root());
        if (i % 8 == 0)
            CHECK(agree());
    }
    return end_all();
}

/* A chain as deep as it may be, ended from the top: each is kept by the one below, and all go at once. */
TEST(deepest_chain)
{
    struct budget budget = {{10, 10, 10, 10, 10}};
    struct ledger *chain[LEDGER_DEPTH_MAX + 1];
    err_t error;

    for (unsigned i = 0; i <= LEDGER_DEPTH_MAX; i++) {
        chain[i] = ledger_create(i ? chain[i - 1] : NULL, &budget, &error);
        CHECK(chain[i]);
    }
    CHECK(!ledger_create(chain[LEDGER_DEPTH_MAX], &budget, &error) && error == ERR_NO_OBJECTS);
    CHECK(ledger_charge(chain[LEDGER_DEPTH_MAX], LEDGER_FRAMES, 3) == ERR_OK);
    for (unsigned i = 0; i <= LEDGER_DEPTH_MAX; i++)
        ledger_close(chain[i]);
    CHECK(n_ledgers() == LEDGER_DEPTH_MAX + 1);
    CHECK(chain[0]->used[LEDGER_FRAMES] == 3 && chain[0]->limits[LEDGER_FRAMES] == 3);
    CHECK(chain[0]->used[LEDGER_OBJECTS] == 0);
    ledger_credit(chain[LEDGER_DEPTH_MAX], LEDGER_FRAMES, 3);
    CHECK(n_ledgers() == 0);
    PASS;
}

TEST(no_memory)
{
    struct budget budget = {{10, 10, 10, 10, 10}};
    struct ledger *root = create_root();
    err_t error = ERR_OK;

    fake_memory_fails_after = 0;
    CHECK(!ledger_create(root, &budget, &error) && error == ERR_NO_MEMORY);
    CHECK(agree());
    return end_all();
}

int main(void)
{
    RUN(no_memory);
    RUN(deepest_chain);
    RUN(random_operations);
    TESTS_END;
}
