/*
 * Texts and data of messages as bytes, and back.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capnp/message.h"
#include "lib/bytes.h"

static inline struct bytes bytes_of_text(struct capnp_text text)
{
    return (struct bytes){(const uint8_t *)text.at, text.len};
}

static inline struct bytes bytes_of_data(struct capnp_data data)
{
    return (struct bytes){data.at, data.len};
}

/* Less than 4 GiB of them. */
static inline struct capnp_text text_of_bytes(struct bytes bytes)
{
    return capnp_text_n((const char *)bytes.at, (uint32_t)bytes.len);
}

static inline struct capnp_data data_of_bytes(struct bytes bytes)
{
    return capnp_data(bytes.at, (uint32_t)bytes.len);
}
