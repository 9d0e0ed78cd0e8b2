/*
 * An intrusive circular list with a head.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A node that is in no list points to itself, once list_init() or list_remove() has seen it.
 */
#pragma once

#include "lib/types.h"

struct list {
    struct list *next, *prev;
};

#define LIST_ENTRY(node, type, member) ((type *)((char *)(node)-offsetof(type, member)))

#define LIST_HEAD(name)  \
    {                    \
        &(name), &(name) \
    }

static inline void list_init(struct list *list)
{
    list->next = list->prev = list;
}

static inline bool list_empty(const struct list *list)
{
    return list->next == list;
}

/* Puts NODE in front of PLACE; with PLACE the head: at the end. */
static inline void list_insert(struct list *place, struct list *node)
{
    node->next = place;
    node->prev = place->prev;
    place->prev->next = node;
    place->prev = node;
}

static inline void list_remove(struct list *node)
{
    node->next->prev = node->prev;
    node->prev->next = node->next;
    list_init(node);
}

/* The same for a node that is put in somewhere again, or gone, before anybody looks at it. */
static inline void list_unlink(struct list *node)
{
    node->next->prev = node->prev;
    node->prev->next = node->next;
}

/* The first node, or NULL. */
static inline struct list *list_first(const struct list *list)
{
    return list_empty(list) ? NULL : list->next;
}
