/* A bounded map from byte strings to numbers: open addressing, at most half full.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/transcript/table.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct slot {
    char *key; /* NULL: free */
    size_t len;
    uint64_t hash;
    uint32_t value;
};

struct table {
    struct slot *slots;
    size_t size; /* of slots, a power of two */
    size_t n;
    size_t limit;
};

/* FNV-1a. The keys are not hostile enough to need more: a flood of them ends at the limit. */
static uint64_t hash_of(const void *key, size_t len)
{
    uint64_t hash = 0xcbf29ce484222325;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ ((const unsigned char *)key)[i]) * 0x100000001b3;
    return hash;
}

static void *zeroed(size_t n, size_t size)
{
    void *memory = calloc(n, size);
    if (!memory)
        abort();
    return memory;
}

struct table *table_create(size_t limit)
{
    struct table *t = zeroed(1, sizeof *t);
    t->size = 64;
    t->limit = limit;
    t->slots = zeroed(t->size, sizeof *t->slots);
    return t;
}

void table_destroy(struct table *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->size; i++)
        free(t->slots[i].key);
    free(t->slots);
    free(t);
}

/* The slot of the key, or the free one where it belongs. */
static struct slot *probe(struct table *t, uint64_t hash, const void *key, size_t len)
{
    for (size_t i = hash & (t->size - 1);; i = (i + 1) & (t->size - 1)) {
        struct slot *slot = &t->slots[i];
        if (!slot->key || (slot->hash == hash && slot->len == len && !memcmp(slot->key, key, len)))
            return slot;
    }
}

static void grow(struct table *t)
{
    struct slot *old = t->slots;
    size_t n = t->size;
    t->size *= 2;
    t->slots = zeroed(t->size, sizeof *t->slots);
    for (size_t i = 0; i < n; i++)
        if (old[i].key)
            *probe(t, old[i].hash, old[i].key, old[i].len) = old[i];
    free(old);
}

uint32_t *table_find(struct table *t, const void *key, size_t len)
{
    struct slot *slot = probe(t, hash_of(key, len), key, len);
    return slot->key ? &slot->value : NULL;
}

uint32_t *table_add(struct table *t, const void *key, size_t len)
{
    uint64_t hash = hash_of(key, len);
    struct slot *slot = probe(t, hash, key, len);
    if (slot->key)
        return &slot->value;
    if (t->n == t->limit)
        return NULL;
    if (2 * (t->n + 1) > t->size) {
        grow(t);
        slot = probe(t, hash, key, len);
    }
    slot->key = zeroed(len + 1, 1);
    memcpy(slot->key, key, len);
    slot->len = len;
    slot->hash = hash;
    t->n++;
    return &slot->value;
}
