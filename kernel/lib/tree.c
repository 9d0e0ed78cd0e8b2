/*
 * An ordered tree of nodes that live inside the things they order.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lib/tree.h"

static int height(const struct tree_node *node)
{
    return node ? node->height : 0;
}

static int lean_to_left(const struct tree_node *node)
{
    return height(node->left) - height(node->right);
}

static void measure(struct tree_node *node)
{
    int left = height(node->left), right = height(node->right);

    node->height = (uint8_t)((left > right ? left : right) + 1);
}

/* CHILD may be NULL. */
static void set_left(struct tree_node *node, struct tree_node *child)
{
    node->left = child;
    if (child)
        child->parent = node;
}

static void set_right(struct tree_node *node, struct tree_node *child)
{
    node->right = child;
    if (child)
        child->parent = node;
}

/* Puts SUBTREE, which may be NULL, where NODE hangs. */
static void hang_instead(struct tree *tree, const struct tree_node *node, struct tree_node *subtree)
{
    struct tree_node *parent = node->parent;

    if (subtree)
        subtree->parent = parent;
    if (!parent)
        tree->root = subtree;
    else if (parent->left == node)
        parent->left = subtree;
    else
        parent->right = subtree;
}

/* Both return the new top. */
static struct tree_node *rotate_left(struct tree *tree, struct tree_node *node)
{
    struct tree_node *top = node->right;

    hang_instead(tree, node, top);
    set_right(node, top->left);
    set_left(top, node);
    measure(node);
    measure(top);
    return top;
}

static struct tree_node *rotate_right(struct tree *tree, struct tree_node *node)
{
    struct tree_node *top = node->left;

    hang_instead(tree, node, top);
    set_left(node, top->right);
    set_right(top, node);
    measure(node);
    measure(top);
    return top;
}

/* Balances one subtree whose sides are balanced and differ by at most two; returns its top. */
static struct tree_node *balance(struct tree *tree, struct tree_node *node)
{
    int lean = lean_to_left(node);

    if (lean > 1) {
        if (lean_to_left(node->left) < 0)
            rotate_left(tree, node->left);
        return rotate_right(tree, node);
    }
    if (lean < -1) {
        if (lean_to_left(node->right) > 0)
            rotate_right(tree, node->right);
        return rotate_left(tree, node);
    }
    measure(node);
    return node;
}

/* Balances from NODE, one of whose sides has changed, upwards until a height stays what it was. */
static void balance_up(struct tree *tree, struct tree_node *node)
{
    while (node) {
        uint8_t before = node->height;

        node = balance(tree, node);
        if (node->height == before)
            return;
        node = node->parent;
    }
}

void tree_insert(struct tree *tree, struct tree_node *node, tree_before_t *before)
{
    struct tree_node *parent = NULL, **link = &tree->root;
    bool is_first = true;

    while (*link) {
        parent = *link;
        if (before(node, parent)) {
            link = &parent->left;
        } else {
            link = &parent->right;
            is_first = false;
        }
    }
    *node = (struct tree_node){.parent = parent, .height = 1};
    *link = node;
    if (is_first)
        tree->first = node;
    balance_up(tree, parent);
}

/* Puts the next node, which has no left side, in the place of NODE, which has both; returns the
 * lowest node whose sides have changed. */
static struct tree_node *replace_by_next(struct tree *tree, struct tree_node *node)
{
    struct tree_node *next = tree_next(node), *changed = next->parent;

    if (changed == node) {
        changed = next;
    } else {
        set_left(changed, next->right);
        set_right(next, node->right);
    }
    set_left(next, node->left);
    hang_instead(tree, node, next);
    next->height = node->height;
    return changed;
}

void tree_remove(struct tree *tree, struct tree_node *node)
{
    struct tree_node *changed = node->parent;

    if (tree->first == node)
        tree->first = tree_next(node);
    if (node->left && node->right)
        changed = replace_by_next(tree, node);
    else
        hang_instead(tree, node, node->left ? node->left : node->right);
    balance_up(tree, changed);
}

struct tree_node *tree_next(const struct tree_node *node)
{
    struct tree_node *next = node->right;

    if (!next) {
        while (node->parent && node->parent->right == node)
            node = node->parent;
        return node->parent;
    }
    while (next->left)
        next = next->left;
    return next;
}
