/*
 * Reads Cap'n Proto lists.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capnp/list.h"

#include "capnp/target.h"

/*
 * Structs: the first word, TAG, is like a pointer to one, with their number as its offset. An
 * element of no words costs one, so that a short message is not a long list.
 */
static bool take_structs(const struct target *to, struct capnp_list *list)
{
    uint64_t n_words = wire_list_count(to->pointer);
    const uint64_t *tag = target_take(to, n_words + 1, 0);
    uint64_t element_words;

    if (!tag)
        return false;
    element_words = (uint64_t)wire_data_words(*tag) + wire_n_pointers(*tag);
    if (wire_kind(*tag) != WIRE_STRUCT || wire_tag_count(*tag) * element_words > n_words)
        return target_lie(to->message);
    if (element_words == 0 && !target_spend(to->message, wire_tag_count(*tag)))
        return false;
    list->first = (const uint8_t *)(tag + 1);
    list->n = wire_tag_count(*tag);
    list->step = (uint32_t)element_words * 8;
    list->data_len = wire_data_words(*tag) * 8;
    list->n_pointers = (uint16_t)wire_n_pointers(*tag);
    return true;
}

static bool take_elements(const struct target *to, struct capnp_list *list)
{
    uint64_t n = wire_list_count(to->pointer);
    const uint64_t *at =
        target_take(to, wire_list_words(list->size, n), list->size == CAPNP_VOID ? n : 0);

    if (!at)
        return false;
    list->first = (const uint8_t *)at;
    list->n = (uint32_t)n;
    list->step = wire_element_len(list->size);
    list->data_len = list->size == CAPNP_POINTER ? 0 : list->step;
    list->n_pointers = list->size == CAPNP_POINTER;
    return true;
}

struct capnp_list capnp_pointer_any_list(struct capnp_pointer from)
{
    struct capnp_list none = {.message = from.message}, list = none;
    struct target to;

    if (capnp_pointer_is_null(from) || !target_resolve(from, &to))
        return none;
    if (wire_kind(to.pointer) != WIRE_LIST) {
        target_lie(from.message);
        return none;
    }
    list.depth = to.depth;
    list.segment = to.segment;
    list.size = wire_list_size(to.pointer);
    if (list.size == CAPNP_COMPOSITE ? take_structs(&to, &list) : take_elements(&to, &list))
        return list;
    return none;
}

/* The elements are, or begin with, what EXPECTED says. */
static bool begins_with(const struct capnp_list *list, enum capnp_size expected)
{
    switch (expected) {
    case CAPNP_BIT:
        return list->size == CAPNP_BIT;
    case CAPNP_VOID:
    case CAPNP_COMPOSITE:
        return list->size != CAPNP_BIT;
    case CAPNP_POINTER:
        return list->n_pointers > 0;
    default:
        return list->data_len >= wire_element_len(expected);
    }
}

struct capnp_list capnp_pointer_list(struct capnp_pointer from, enum capnp_size expected)
{
    struct capnp_list list = capnp_pointer_any_list(from);

    if (list.n == 0 || begins_with(&list, expected))
        return list;
    target_lie(from.message);
    return (struct capnp_list){.message = from.message};
}
