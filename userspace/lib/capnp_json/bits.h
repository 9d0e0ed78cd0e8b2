/*
 * Scalars of a size that is only known at run time, in structs and lists; inside the codec only.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capnp/list.h"
#include "capnp/list_builder.h"

/* Fields at OFFSET, which counts in fields of that SIZE: CAPNP_VOID to CAPNP_EIGHT_BYTES. What is
 * not there reads as 0, and is noted as not fitting when it is set. */
uint64_t bits_get(struct capnp_struct, enum capnp_size size, uint32_t offset);
void bits_set(struct capnp_struct_builder, enum capnp_size size, uint32_t offset, uint64_t bits);

/* Element I of a list of that SIZE. */
uint64_t bits_get_element(struct capnp_list, enum capnp_size size, uint32_t i);
void bits_set_element(struct capnp_list_builder, enum capnp_size size, uint32_t i, uint64_t bits);
