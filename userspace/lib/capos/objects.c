/*
 * The objects that a service gives out: whose a call is, its client's cookie says.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/objects.h"

#include "abi/kernel.calls.h"

void objects_init(struct objects *objects, struct object_slot *slots, uint32_t n)
{
    *objects = (struct objects){.slots = slots, .n = n};
    for (uint32_t i = 0; i < n; i++)
        slots[i] = (struct object_slot){.next = i + 1};
}

uint64_t objects_add(struct objects *objects, void *object)
{
    uint32_t at = objects->free;
    struct object_slot *slot = &objects->slots[at];

    if (at == objects->n)
        return 0;
    objects->free = slot->next;
    slot->object = object;
    slot->generation++;
    return (uint64_t)slot->generation << 32 | at;
}

/* A slot whose generations are used up is not used again. */
void *objects_forget(struct objects *objects, uint64_t cookie)
{
    void *object = objects_find(objects, cookie);
    struct object_slot *slot;

    if (!object)
        return NULL;
    slot = &objects->slots[(uint32_t)cookie];
    slot->object = NULL;
    if (slot->generation != UINT32_MAX) {
        slot->next = objects->free;
        objects->free = (uint32_t)cookie;
    }
    return object;
}

struct outcome objects_mint(struct objects *objects, void *object, cap_t endpoint,
                            uint64_t interface_id, cap_t *client)
{
    uint64_t cookie = objects_add(objects, object);
    struct outcome outcome;

    *client = CAP_NONE;
    if (!cookie)
        return outcome_refuse(EXCEPTION_OVERLOADED, ERR_NO_ROOM,
                              "the service has no room for another object");
    outcome = endpoint_mint(endpoint, cookie, interface_id, SCOPE_SHAREABLE, 0, client);
    if (!outcome_is_done(outcome))
        objects_forget(objects, cookie);
    return outcome;
}
