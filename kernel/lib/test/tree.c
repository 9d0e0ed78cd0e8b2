/*
 * Tests lib/tree.c against a sorted array.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lib/tree.h"

#include "test/check.h"

#define ITEMS_MAX 1500

struct item {
    unsigned key;
    unsigned turn; /* of insertion: tells equals apart */
    bool is_in;
    struct tree_node node;
};

static struct item items[ITEMS_MAX];
static struct item *sorted[ITEMS_MAX];
static size_t n_sorted;
static struct tree tree;
static unsigned next_turn;
static uint64_t random_state;

static unsigned random_below(unsigned limit)
{
    random_state = random_state * 6364136223846793005 + 1442695040888963407;
    return (unsigned)(random_state >> 33) % limit;
}

static struct item *item_of(const struct tree_node *node)
{
    return TREE_ENTRY(node, struct item, node);
}

static bool key_before(const struct tree_node *a, const struct tree_node *b)
{
    return item_of(a)->key < item_of(b)->key;
}

static void start(uint64_t seed)
{
    memset(items, 0xa5, sizeof(items));
    for (size_t i = 0; i < ITEMS_MAX; i++)
        items[i].is_in = false;
    tree = (struct tree){0};
    n_sorted = 0;
    next_turn = 0;
    random_state = seed;
}

static void insert(struct item *item, unsigned key)
{
    size_t at = n_sorted;

    item->key = key;
    item->turn = next_turn++;
    item->is_in = true;
    tree_insert(&tree, &item->node, key_before);
    for (; at && sorted[at - 1]->key > key; at--)
        sorted[at] = sorted[at - 1];
    sorted[at] = item;
    n_sorted++;
}

static void remove_item(struct item *item)
{
    size_t at = 0;

    tree_remove(&tree, &item->node);
    memset(&item->node, 0xa5, sizeof(item->node));
    item->is_in = false;
    while (sorted[at] != item)
        at++;
    for (n_sorted--; at < n_sorted; at++)
        sorted[at] = sorted[at + 1];
}

/* Its height; -1 when it is not balanced, or a link or a stored height is wrong. */
static int height_checked(const struct tree_node *node, const struct tree_node *parent)
{
    if (!node)
        return 0;

    int left = height_checked(node->left, node), right = height_checked(node->right, node);
    int height = (left > right ? left : right) + 1;

    if (left < 0 || right < 0 || left - right > 1 || right - left > 1)
        return -1;
    return node->parent == parent && node->height == height ? height : -1;
}

/* Whether the tree is sound and holds what the array holds, in its order. */
static bool tree_agrees(void)
{
    const struct tree_node *node = tree_first(&tree);

    if (height_checked(tree.root, NULL) < 0)
        return false;
    for (size_t i = 0; i < n_sorted; i++, node = tree_next(node)) {
        if (!node || item_of(node) != sorted[i])
            return false;
    }
    return !node;
}

/* N_ITEMS come and go; at first most come, at last most go. */
static int churn(unsigned n_items, unsigned n_keys, unsigned n_turns)
{
    for (unsigned turn = 0; turn < n_turns; turn++) {
        struct item *item = &items[random_below(n_items)];
        bool wants_in = random_below(n_turns) > turn;

        if (item->is_in && !wants_in)
            remove_item(item);
        else if (!item->is_in && wants_in)
            insert(item, random_below(n_keys));
        CHECK(tree_first(&tree) == (n_sorted ? &sorted[0]->node : NULL));
        if (n_items < 100 || turn % 64 == 0)
            CHECK(tree_agrees());
    }
    CHECK(tree_agrees());
    while (n_sorted)
        remove_item(sorted[random_below((unsigned)n_sorted)]);
    CHECK(!tree.root && !tree.first);
    PASS;
}

TEST(empty_tree_has_no_first)
{
    start(1);
    CHECK(!tree_first(&tree));
    CHECK(tree_agrees());
    PASS;
}

TEST(small_trees_agree_with_an_array)
{
    for (unsigned seed = 0; seed < 200; seed++) {
        start(seed);
        if (!churn(1 + seed % 20, 1 + seed % 7 * 10, 200))
            return 0;
    }
    PASS;
}

TEST(large_trees_agree_with_an_array)
{
    for (unsigned seed = 0; seed < 4; seed++) {
        start(seed + 1000);
        if (!churn(ITEMS_MAX, seed % 2 ? 1 << 30 : 50, 10000))
            return 0;
    }
    PASS;
}

TEST(equals_stay_in_order_of_insertion)
{
    start(2);
    for (unsigned i = 0; i < 300; i++)
        insert(&items[i], i % 3);
    CHECK(tree_agrees());
    for (size_t i = 1; i < n_sorted; i++)
        CHECK(sorted[i - 1]->key < sorted[i]->key || sorted[i - 1]->turn < sorted[i]->turn);
    PASS;
}

/* The worst case of a plain tree: 1500 nodes in order; an AVL tree is at most 1.44 log2(n) high. */
TEST(ordered_insertion_stays_flat)
{
    for (unsigned down = 0; down < 2; down++) {
        start(3);
        for (unsigned i = 0; i < ITEMS_MAX; i++)
            insert(&items[i], down ? ITEMS_MAX - i : i);
        CHECK(tree_agrees());
        CHECK(tree.root->height <= 15);
    }
    PASS;
}

TEST(first_is_removed_again_and_again)
{
    start(4);
    for (unsigned i = 0; i < ITEMS_MAX; i++)
        insert(&items[i], random_below(1000));
    while (n_sorted) {
        CHECK(tree_first(&tree) == &sorted[0]->node);
        remove_item(sorted[0]);
        if (n_sorted % 16 == 0)
            CHECK(tree_agrees());
    }
    CHECK(!tree_first(&tree));
    PASS;
}

int main(void)
{
    RUN(empty_tree_has_no_first);
    RUN(small_trees_agree_with_an_array);
    RUN(large_trees_agree_with_an_array);
    RUN(equals_stay_in_order_of_insertion);
    RUN(ordered_insertion_stays_flat);
    RUN(first_is_removed_again_and_again);
    TESTS_END;
}
