/*
 * What every kernel object begins with: its type, its references, who pays for it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/object.h"

#include "diag/panic.h"
#include "mem/pool.h"

err_t object_init(struct object *object, const struct object_type *type, struct ledger *ledger)
{
    err_t error = ledger_charge(ledger, LEDGER_OBJECTS, 1);

    if (error)
        return error;
    object->type = type;
    object->ledger = ledger;
    object->refs = 1;
    for (unsigned facet = 0; facet < FACETS; facet++)
        object->n_caps[facet] = 0;
    return ERR_OK;
}

err_t object_create(struct pool *pool, const struct object_type *type, struct ledger *ledger,
                    struct object **out)
{
    struct object *object = pool_alloc(pool);

    if (!object)
        return ERR_NO_MEMORY;

    err_t error = object_init(object, type, ledger);

    if (error)
        pool_free(pool, object);
    else
        *out = object;
    return error;
}

/* The ledger outlives the object: it is freed with its last charge. */
void object_end(struct object *object)
{
    /* The kernel's own have no ledger, and a reference that nobody drops. */
    kernel_assert(object->type->destroy);

    struct ledger *ledger = object->ledger;

    object->type->destroy(object);
    ledger_credit(ledger, LEDGER_OBJECTS, 1);
}
