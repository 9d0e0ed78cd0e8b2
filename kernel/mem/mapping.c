/*
 * A memory object's pages in an address space.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mem/mapping.h"

#include "arch/arch.h"
#include "mem/pool.h"
#include "mem/space.h"
#include "object/memory_object.h"

static struct pool pool = POOL("mapping", struct mapping);

static bool before(const struct tree_node *a, const struct tree_node *b)
{
    return TREE_ENTRY(a, struct mapping, node)->address <
           TREE_ENTRY(b, struct mapping, node)->address;
}

/* The last one that begins at ADDRESS or before. */
static struct mapping *find(const struct space *space, uint64_t address)
{
    struct tree_node *node = space->mappings.root;
    struct mapping *found = NULL;

    while (node) {
        struct mapping *mapping = TREE_ENTRY(node, struct mapping, node);

        if (mapping->address <= address)
            found = mapping;
        node = address < mapping->address ? node->left : node->right;
    }
    return found;
}

const struct mapping *mapping_at(const struct space *space, uint64_t address)
{
    const struct mapping *mapping = find(space, address);

    return mapping && address < page_at(mapping->address, mapping->n_pages) ? mapping : NULL;
}

static err_t alloc(struct space *space, struct memory_object *memory, struct mapping **mapping)
{
    err_t error = ledger_charge(space->ledger, LEDGER_OBJECTS, 1);

    if (error)
        return error;
    *mapping = pool_alloc(&pool);
    if (!*mapping) {
        ledger_credit(space->ledger, LEDGER_OBJECTS, 1);
        return ERR_NO_MEMORY;
    }
    (*mapping)->memory = memory;
    (*mapping)->ledger = space->ledger;
    object_get(&memory->object);
    return ERR_OK;
}

/* Counts a mapping that comes (1) or goes (-1). */
static void count_access(struct memory_object *memory, enum access access, int by)
{
    if (access == ACCESS_READ_WRITE)
        memory->n_writable += (uint32_t)by;
    if (access == ACCESS_READ_EXECUTE)
        memory->n_executable += (uint32_t)by;
}

static err_t check_access(const struct memory_object *memory, enum access access)
{
    if ((access == ACCESS_READ_WRITE && memory->n_executable) ||
        (access == ACCESS_READ_EXECUTE && memory->n_writable))
        return ERR_WRITE_EXECUTE;
    return ERR_OK;
}

static void release(struct mapping *mapping)
{
    struct ledger *ledger = mapping->ledger;

    count_access(mapping->memory, mapping->access, -1);
    object_put(&mapping->memory->object);
    pool_free(&pool, mapping);
    ledger_credit(ledger, LEDGER_OBJECTS, 1);
}

static err_t map_pages(struct space *space, const struct memory_object *memory, uint32_t first,
                       uint32_t n_pages, uint64_t address, enum access access)
{
    for (uint32_t i = 0; i < n_pages; i++) {
        err_t error = arch_space_map(space, page_at(address, i),
                                     memory_object_frame(memory, first + i), access, false);

        if (error) {
            space_drop(space, address, i);
            return error;
        }
    }
    return ERR_OK;
}

err_t mapping_create(struct space *space, struct memory_object *memory, uint32_t first,
                     uint32_t n_pages, uint64_t *address, enum access access)
{
    struct mapping *mapping;
    err_t error;

    if (first > memory->n_pages || n_pages > memory->n_pages - first)
        return ERR_OUT_OF_BOUNDS;
    error = check_access(memory, access);
    if (error)
        return error;
    error = space_place(space, n_pages, address);
    if (error)
        return error;
    error = alloc(space, memory, &mapping);
    if (error)
        return error;
    error = map_pages(space, memory, first, n_pages, *address, access);
    if (error) {
        release(mapping);
        return error;
    }
    mapping->address = *address;
    mapping->first = first;
    mapping->n_pages = n_pages;
    mapping->access = access;
    count_access(memory, access, 1);
    tree_insert(&space->mappings, &mapping->node, before);
    return ERR_OK;
}

err_t mapping_destroy(struct space *space, struct memory_object *memory, uint64_t address)
{
    struct mapping *mapping = find(space, address);

    if (!mapping || mapping->address != address || mapping->memory != memory)
        return ERR_NOT_MAPPED;
    space_drop(space, address, mapping->n_pages);
    tree_remove(&space->mappings, &mapping->node);
    release(mapping);
    return ERR_OK;
}

bool mapping_clear_step(struct space *space)
{
    struct tree_node *node = tree_first(&space->mappings);

    if (!node)
        return false;
    tree_remove(&space->mappings, node);
    release(TREE_ENTRY(node, struct mapping, node));
    return true;
}

uint64_t mappings_count(void)
{
    return pool_used(&pool);
}
