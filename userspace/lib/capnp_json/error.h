/*
 * Where the codec is, and what it says when something is wrong there; inside the codec only.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capnp_json/json.h"

/* Goes one step deeper. False, with the error filled, when that is too deep. */
bool path_push(struct capnp_json_error *, const char *name);
bool path_push_item(struct capnp_json_error *, uint32_t index);
void path_pop(struct capnp_json_error *);

/* Fills in the sentence. Returns ERR_BAD_ARGUMENT. */
err_t path_refuse(struct capnp_json_error *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* "SHOWN; expected WHAT", with the value in a few words. */
err_t path_refuse_value(struct capnp_json_error *, struct json_object *value, const char *what);

/* "SHOWN; expected one of: a, b, c". */
err_t path_refuse_enum(struct capnp_json_error *, struct json_object *value,
                       struct capnp_list enumerants);

/* "unknown key; expected one of: a, b, c", of the path's last step. */
err_t path_refuse_key(struct capnp_json_error *, struct capnp_list fields);
