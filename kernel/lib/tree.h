/*
 * An ordered tree of nodes that live inside the things they order.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An AVL tree: the heights of a node's two sides differ by at most one, so every operation takes a
 * number of steps in proportion to the logarithm of the number of nodes, in the worst case too. The
 * first node is at hand at once. The tree owns nothing and allocates nothing; a node is in at most
 * one tree, stays where it is while it is in, and its order does not change meanwhile. Whoever owns
 * the tree protects it.
 *
 * To look something up a caller walks down by itself, from root through left and right.
 */
#pragma once

#include "lib/types.h"

struct tree_node {
    struct tree_node *parent, *left, *right; /* NULL: none */
    uint8_t height; /* of the subtree below and with this node; a leaf: 1 */
};

/* All zero: empty. */
struct tree {
    struct tree_node *root, *first;
};

/* Whether A goes before B; a strict order. */
typedef bool tree_before_t(const struct tree_node *a, const struct tree_node *b);

/* The TYPE whose member MEMBER is NODE, which is not NULL. */
#define TREE_ENTRY(node, type, member) ((type *)((uintptr_t)(node)-offsetof(type, member)))

/* Puts NODE in, behind those that are equal to it. What NODE held before does not matter. */
void tree_insert(struct tree *tree, struct tree_node *node, tree_before_t *before);

/* Takes NODE, which is in the tree, out. */
void tree_remove(struct tree *tree, struct tree_node *node);

/* NULL when the tree is empty. */
static inline struct tree_node *tree_first(const struct tree *tree)
{
    return tree->first;
}

/* The next in order; NULL at the end. */
struct tree_node *tree_next(const struct tree_node *node);
