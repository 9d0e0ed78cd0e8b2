/*
 * Scalars of a size that is only known at run time, in structs and lists.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capnp_json/bits.h"

/* No struct has data as far as this: 65535 words. */
#define NOWHERE UINT32_MAX

/* Where the field is, in bytes; a truth value in bits. */
static uint32_t place_of(enum capnp_size size, uint32_t offset)
{
    uint64_t at = size <= CAPNP_BYTE ? offset : (uint64_t)offset << (size - CAPNP_BYTE);

    return at < NOWHERE ? (uint32_t)at : NOWHERE;
}

uint64_t bits_get(struct capnp_struct from, enum capnp_size size, uint32_t offset)
{
    uint32_t at = place_of(size, offset);

    switch (size) {
    case CAPNP_BIT:
        return capnp_bool(from, at);
    case CAPNP_BYTE:
        return capnp_u8(from, at);
    case CAPNP_TWO_BYTES:
        return capnp_u16(from, at);
    case CAPNP_FOUR_BYTES:
        return capnp_u32(from, at);
    case CAPNP_EIGHT_BYTES:
        return capnp_u64(from, at);
    default:
        return 0;
    }
}

void bits_set(struct capnp_struct_builder into, enum capnp_size size, uint32_t offset,
              uint64_t bits)
{
    uint32_t at = place_of(size, offset);

    if (size == CAPNP_BIT)
        capnp_set_bool(into, at, bits);
    else if (size == CAPNP_BYTE)
        capnp_set_u8(into, at, (uint8_t)bits);
    else if (size == CAPNP_TWO_BYTES)
        capnp_set_u16(into, at, (uint16_t)bits);
    else if (size == CAPNP_FOUR_BYTES)
        capnp_set_u32(into, at, (uint32_t)bits);
    else if (size == CAPNP_EIGHT_BYTES)
        capnp_set_u64(into, at, bits);
}

uint64_t bits_get_element(struct capnp_list list, enum capnp_size size, uint32_t i)
{
    if (size == CAPNP_BIT)
        return capnp_list_bool(list, i);
    return bits_get(capnp_list_struct(list, i), size, 0);
}

void bits_set_element(struct capnp_list_builder list, enum capnp_size size, uint32_t i,
                      uint64_t bits)
{
    if (size == CAPNP_BIT)
        capnp_list_set_bool(list, i, bits);
    else if (size == CAPNP_BYTE)
        capnp_list_set_u8(list, i, (uint8_t)bits);
    else if (size == CAPNP_TWO_BYTES)
        capnp_list_set_u16(list, i, (uint16_t)bits);
    else if (size == CAPNP_FOUR_BYTES)
        capnp_list_set_u32(list, i, (uint32_t)bits);
    else if (size == CAPNP_EIGHT_BYTES)
        capnp_list_set_u64(list, i, bits);
}
