/*
 * Sets the elements of Cap'n Proto lists.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Encoding: https://capnproto.org/encoding.html, "Lists". An element from the end of the list on,
 * or of another size than the list's, is left out and noted as not fitting (capnp/builder.h).
 */
#pragma once

#include "capnp/builder.h"

/* Where element I is, of LEN bytes, in a list of that SIZE; NULL when it is not there. */
static inline void *capnp_element(struct capnp_list_builder list, enum capnp_size size, uint32_t i,
                                  uint32_t len)
{
    if (i >= list.n || list.size != size) {
        list.builder->full = true;
        return NULL;
    }
    return (uint8_t *)(list.builder->words + list.at) + (uint64_t)i * len;
}

static inline void capnp_list_set_u64(struct capnp_list_builder list, uint32_t i, uint64_t value)
{
    void *element = capnp_element(list, CAPNP_EIGHT_BYTES, i, sizeof(value));

    if (element)
        __builtin_memcpy(element, &value, sizeof(value));
}

static inline void capnp_list_set_u32(struct capnp_list_builder list, uint32_t i, uint32_t value)
{
    void *element = capnp_element(list, CAPNP_FOUR_BYTES, i, sizeof(value));

    if (element)
        __builtin_memcpy(element, &value, sizeof(value));
}

static inline void capnp_list_set_u16(struct capnp_list_builder list, uint32_t i, uint16_t value)
{
    void *element = capnp_element(list, CAPNP_TWO_BYTES, i, sizeof(value));

    if (element)
        __builtin_memcpy(element, &value, sizeof(value));
}

static inline void capnp_list_set_u8(struct capnp_list_builder list, uint32_t i, uint8_t value)
{
    uint8_t *element = capnp_element(list, CAPNP_BYTE, i, sizeof(value));

    if (element)
        *element = value;
}

static inline void capnp_list_set_bool(struct capnp_list_builder list, uint32_t i, bool value)
{
    uint8_t *element = capnp_element(list, CAPNP_BIT, i, 0);

    if (element)
        element[i / 8] = (uint8_t)((element[i / 8] & ~(1u << i % 8)) | (unsigned)value << i % 8);
}

/* Struct I of a list of structs. */
static inline struct capnp_struct_builder capnp_struct_of(struct capnp_list_builder list,
                                                          uint32_t i)
{
    if (i >= list.n || list.size != CAPNP_COMPOSITE)
        return capnp_nowhere(list.builder);
    return (struct capnp_struct_builder){
        list.builder,
        list.at + i * ((uint32_t)list.n_data + list.n_pointers),
        list.n_data,
        list.n_pointers,
    };
}

/* Pointer I of a list of pointers; what it becomes say the functions of capnp/builder.h. */
static inline struct capnp_pointer_builder capnp_list_pointer_of(struct capnp_list_builder list,
                                                                 uint32_t i)
{
    if (i >= list.n || list.size != CAPNP_POINTER) {
        list.builder->full = true;
        return (struct capnp_pointer_builder){list.builder, UINT32_MAX};
    }
    return (struct capnp_pointer_builder){list.builder, list.at + i};
}

static inline void capnp_list_set_text(struct capnp_list_builder list, uint32_t i,
                                       struct capnp_text text)
{
    capnp_pointer_set_text(capnp_list_pointer_of(list, i), text);
}

static inline void capnp_list_set_data(struct capnp_list_builder list, uint32_t i,
                                       struct capnp_data data)
{
    capnp_pointer_set_data(capnp_list_pointer_of(list, i), data);
}

static inline void capnp_list_set_cap(struct capnp_list_builder list, uint32_t i, uint32_t index)
{
    capnp_pointer_set_cap(capnp_list_pointer_of(list, i), index);
}

static inline struct capnp_list_builder
capnp_list_init_list(struct capnp_list_builder list, uint32_t i, enum capnp_size size, uint32_t n)
{
    return capnp_pointer_init_list(capnp_list_pointer_of(list, i), size, n);
}

static inline struct capnp_list_builder capnp_list_init_struct_list(struct capnp_list_builder list,
                                                                    uint32_t i, uint32_t n,
                                                                    uint16_t data_words,
                                                                    uint16_t n_pointers)
{
    return capnp_pointer_init_struct_list(capnp_list_pointer_of(list, i), n, data_words,
                                          n_pointers);
}
