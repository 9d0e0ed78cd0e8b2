/*
 * Numbers between JSON and the bits of a field; inside the codec only.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <json-c/json.h>
#include <stdbool.h>
#include <stdint.h>

/* What is between the ends, written in two's complement of 64 bits. */
struct number_range {
    int64_t least;
    uint64_t most;
};

/* False: a number beyond 64 bits, for which json-c takes the last one within, or just that one; so
 * nobody can know what was written. The others refuse it. */
bool number_is_known(struct json_object *json);

/* A whole number in that range: a number, or a string of decimal or (after 0x) hexadecimal digits.
 */
bool number_whole(struct json_object *json, struct number_range, uint64_t *bits);

/* A number that is finite in 64 or 32 bits, a string with one, or "NaN", "Infinity", "-Infinity".
 */
bool number_float64(struct json_object *json, uint64_t *bits);
bool number_float32(struct json_object *json, uint32_t *bits);

/* The JSON of a number with a fraction. NULL when memory runs out. */
struct json_object *number_of_float(double value);
