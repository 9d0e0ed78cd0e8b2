/*
 * Fuzzes the JSON codec. The first byte says what the others are: JSON, a message, or a schema.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capnp_json/json.h"

#include "capnp_json/test/rich.h"
#include "harness/test/fuzz/target.h"

#include <stdlib.h>
#include <string.h>

#define ROOM 65536

static uint64_t input[ROOM / 8], first[ROOM / 8], second[ROOM / 8];
static struct capnp_json_error where;

static const char *find(void *context, const char *name, uint64_t interface_id, uint32_t *index)
{
    (void)context, (void)interface_id;
    *index = (uint32_t)strlen(name);
    return *index < 8 ? NULL : "too long";
}

static struct json_object *name(void *context, uint32_t index, uint64_t interface_id)
{
    (void)context, (void)interface_id;
    return json_object_new_string_len("$$$$$$$", (int)(index % 8));
}

static const struct capnp_json_caps caps = {.find = find, .name = name};

static size_t encode(struct capnp_schema *schema, struct json_object *json, uint64_t *room)
{
    struct capnp_builder builder;

    capnp_build(&builder, room, ROOM);
    if (capnp_json_encode(schema, RICH, json, capnp_schema_init_root(schema, RICH, &builder), &caps,
                          &where))
        return 0;
    return capnp_built_len(&builder);
}

static struct json_object *decode(struct capnp_schema *schema, const void *at, size_t len)
{
    struct capnp_message message;
    struct json_object *json;

    capnp_open(&message, at, len);
    return capnp_json_decode(schema, RICH, capnp_root(&message), &json, &caps, &where) ? NULL
                                                                                       : json;
}

/* What was a message once is JSON that makes a message which is the same JSON again. */
static void turn(struct capnp_schema *schema, struct json_object *json)
{
    struct json_object *once = NULL, *twice = NULL;
    size_t len = encode(schema, json, first);

    if (len)
        once = decode(schema, first, len);
    if (once)
        len = encode(schema, once, second);
    if (once && !len && where.sentence[0])
        abort();
    if (once && len) {
        twice = decode(schema, second, len);
        if (!twice || strcmp(json_object_to_json_string(once), json_object_to_json_string(twice)))
            abort();
    }
    json_object_put(once);
    json_object_put(twice);
}

static void fuzz_text(struct capnp_schema *schema, const uint8_t *data, size_t size)
{
    struct json_tokener *tokener = json_tokener_new_ex(CAPNP_JSON_DEPTH);
    struct json_object *json = json_tokener_parse_ex(tokener, (const char *)data, (int)size);

    if (json)
        turn(schema, json);
    json_object_put(json);
    json_tokener_free(tokener);
}

static void fuzz_message(struct capnp_schema *schema, const uint8_t *data, size_t size)
{
    struct json_object *json;

    memcpy(input, data, size);
    json = decode(schema, input, size);
    if (json)
        turn(schema, json);
    json_object_put(json);
}

/* A schema that was spoilt: what it says is used for a fixed value. */
static void fuzz_schema(const uint8_t *data, size_t size)
{
    static const char text[] =
        "{\"inner\": {\"b\": \"x\"}, \"many\": [{\"either\": {\"number\": 1}}], "
        "\"place\": {\"deep\": {\"level\": 1}}, \"colours\": [\"red\"]}";
    struct json_object *json = json_tokener_parse(text);
    struct capnp_schema schema;

    memcpy(input, data, size);
    if (capnp_schema_open(&schema, input, size) == ERR_OK) {
        size_t len = encode(&schema, json, first);

        json_object_put(decode(&schema, first, len));
        memset(first, 1, 4096);
        first[0] = (uint64_t)40 << 48 | (uint64_t)40 << 32;
        json_object_put(decode(&schema, first, 4096));
    }
    json_object_put(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct capnp_schema schema;

    if (size < 1 || size > ROOM)
        return 0;
    if (rich_open(&schema))
        abort();
    if (data[0] % 4 == 0)
        fuzz_text(&schema, data + 1, size - 1);
    else if (data[0] % 4 == 1)
        fuzz_message(&schema, data + 1, size - 1);
    else
        fuzz_schema(data + 1, size - 1);
    return 0;
}
