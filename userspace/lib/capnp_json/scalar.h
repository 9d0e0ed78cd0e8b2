/*
 * Scalars between JSON and the bits of a field: numbers, truth values, enums; inside the codec
 * only.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capnp_json/error.h"

/* How elements of TYPE lie in a list; CAPNP_VOID to CAPNP_EIGHT_BYTES are the scalars. */
enum capnp_size scalar_size(enum schema_type_which type);

/* The bits of a scalar that JSON gives. */
err_t scalar_encode(struct capnp_schema *, struct schema_type_reader, struct json_object *json,
                    uint64_t *bits, struct capnp_json_error *);

/* The JSON of a scalar's bits; of Void it is NULL. */
err_t scalar_decode(struct capnp_schema *, struct schema_type_reader, uint64_t bits,
                    struct json_object **json);

/* The bits by which a field's stored bits differ from its value: its default. */
uint64_t scalar_default(struct schema_value_reader, enum schema_type_which type);
