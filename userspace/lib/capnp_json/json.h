/*
 * Cap'n Proto messages as JSON, by their schema: what `capnp convert json:… …:json` does.
 * SPDX-License-Identifier: Apache-2.0
 *
 * | type | JSON |
 * | --- | --- |
 * | struct, group | an object; unset pointers are left out; of a union the one member that is set |
 * | Void | null |
 * | Bool | true, false |
 * | (U)Int8 to 32 | a number, or a string with one |
 * | (U)Int64 | a string with a number, which may be hexadecimal: "0xff"; or the number |
 * | Float32, Float64 | a number; "NaN", "Infinity", "-Infinity"; a string with a number |
 * | enum | the name; a number for those without one |
 * | Text | a string |
 * | Data | a list of numbers from 0 to 255; a string is taken as the bytes of its UTF-8 |
 * | List | a list |
 * | capability, AnyPointer with one | a string, whose meaning is the caller's; null |
 *
 * Where there are two forms, the first is what is written. null for a pointer leaves it unset.
 * Stricter than capnp: unknown keys, two members of one union and numbers out of range are refused,
 * and bytes of a text that are not UTF-8 become U+FFFD. An AnyPointer to something else has no
 * JSON. The last number of 64 bits at each end must be a string: json-c takes what is beyond for it.
 *
 * Nothing is allocated but by json-c. JSON and messages may come from anybody; they nest at most
 * CAPNP_JSON_DEPTH deep.
 */
#pragma once

#include "capnp_json/schema.h"

#include <json-c/json.h>

#define CAPNP_JSON_DEPTH        32
#define CAPNP_JSON_SENTENCE_LEN 240

/* A step to a value: a member by name, or an item of a list. */
struct capnp_json_part {
    const char *name; /* NULL: an item */
    uint32_t index;
};

/* What is wrong, and where. The names are the JSON's or the schema's, and live as long. */
struct capnp_json_error {
    struct capnp_json_part parts[CAPNP_JSON_DEPTH];
    uint32_t n;
    char sentence[CAPNP_JSON_SENTENCE_LEN];
};

/* "services[2].name: SENTENCE" in the ROOM bytes TO, cut if need be. */
void capnp_json_error_print(const struct capnp_json_error *, char *to, size_t room);

/* What capabilities are in JSON. */
struct capnp_json_caps {
    void *context;
    /* Finds what the string NAME stands for, of that interface (0: any), and the index under which
     * it goes along with the message. NULL, or the sentence that says why not. */
    const char *(*find)(void *context, const char *name, uint64_t interface_id, uint32_t *index);
    /* A JSON value for the capability INDEX of the message; NULL when memory runs out. */
    struct json_object *(*name)(void *context, uint32_t index, uint64_t interface_id);
};

/*
 * Sets the fields of a struct of type ID, whose builder is new (capnp_schema_init_root()), to what
 * JSON says; CAPS may be NULL: capabilities are refused. ERR_BAD_ARGUMENT: the error says where and
 * why; ERR_NOT_FOUND: no such type; ERR_NO_ROOM: it does not fit into the builder; ERR_BAD_MESSAGE:
 * the schema lies.
 */
err_t capnp_json_encode(struct capnp_schema *, uint64_t id, struct json_object *json,
                        struct capnp_struct_builder, const struct capnp_json_caps *,
                        struct capnp_json_error *);

/*
 * The JSON of a struct of type ID; the caller gives it to json_object_put(). NULL on every error:
 * ERR_BAD_MESSAGE, of the message or the schema; ERR_BAD_ARGUMENT, ERR_NOT_FOUND, ERR_NO_MEMORY.
 */
err_t capnp_json_decode(struct capnp_schema *, uint64_t id, struct capnp_struct,
                        struct json_object **json, const struct capnp_json_caps *,
                        struct capnp_json_error *);
