/* Messages, flat and canonical, from JSON and from other messages.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "tools/mkmanifest/message.h"

#include "capnp/canonical.h"

#include <stdlib.h>

#define ROOM_MIN (64u << 10)
#define ROOM_MAX (256u << 20)

err_t message_canonicalise(struct capnp_message *message, size_t longest, struct buffer *out)
{
    struct capnp_builder builder;
    void *room = malloc(longest);
    err_t error;

    if (!room)
        abort();
    capnp_build(&builder, room, longest);
    error = capnp_canonical(capnp_root(message), &builder);
    if (!error)
        buffer_add(out, room, capnp_built_len(&builder));
    free(room);
    return error;
}

/* What we built ourselves, which canonical is no longer. */
static err_t canonicalise_built(const void *at, size_t len, struct buffer *out)
{
    struct capnp_message message;

    capnp_open(&message, at, len);
    capnp_trust(&message);
    return message_canonicalise(&message, len, out);
}

static err_t encode(struct capnp_schema *schema, uint64_t id, struct json_object *json, size_t len,
                    struct buffer *out, struct capnp_json_error *where)
{
    struct capnp_builder builder;
    void *room = malloc(len);
    err_t error;

    if (!room)
        abort();
    capnp_build(&builder, room, len);
    error = capnp_json_encode(schema, id, json, capnp_schema_init_root(schema, id, &builder), NULL,
                              where);
    if (!error)
        error = canonicalise_built(room, capnp_built_len(&builder), out);
    free(room);
    return error;
}

err_t message_encode(struct capnp_schema *schema, uint64_t id, struct json_object *json,
                     struct buffer *out, struct capnp_json_error *where)
{
    err_t error = ERR_NO_ROOM;

    for (size_t len = ROOM_MIN; error == ERR_NO_ROOM && len <= ROOM_MAX; len *= 4)
        error = encode(schema, id, json, len, out, where);
    return error;
}

const char *message_sentence(err_t error, const struct capnp_json_error *where)
{
    switch (error) {
    case ERR_BAD_ARGUMENT:
        return where->sentence;
    case ERR_NO_ROOM:
        return "the message would be longer than 256 MiB";
    default:
        return err_sentence(error);
    }
}

void message_path(const struct capnp_json_error *where, struct key_path *path)
{
    for (uint32_t i = 0; i < where->n && path->n < KEY_DEPTH_MAX; i++) {
        if (where->parts[i].name)
            key_push(path, where->parts[i].name);
        else
            key_push_item(path, where->parts[i].index);
    }
}
