/*
 * Our runtime as the C++ test calls it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "userspace/lib/capnp/test/interop/runtime.h"

#include "capnp/canonical.h"
#include "capnp/copy.h"
#include "capnp/framing.h"
#include "capnp/packing.h"

static struct capnp_segment table[RUNTIME_SEGMENTS];

static size_t canonical(struct capnp_message *message, void *to, size_t room)
{
    struct capnp_builder builder;

    capnp_build(&builder, to, room);
    if (capnp_canonical(capnp_root(message), &builder) != ERR_OK)
        return 0;
    return capnp_built_len(&builder);
}

size_t runtime_canonical_framed(const void *at, size_t len, void *to, size_t room)
{
    struct capnp_message message;
    size_t used;

    if (capnp_open_framed(&message, at, len, table, RUNTIME_SEGMENTS, &used) != ERR_OK)
        return 0;
    return canonical(&message, to, room);
}

size_t runtime_canonical_flat(const void *at, size_t len, void *to, size_t room)
{
    struct capnp_message message;

    capnp_open(&message, at, len);
    return canonical(&message, to, room);
}

size_t runtime_copy_framed(const void *at, size_t len, void *to, size_t room)
{
    struct capnp_message message;
    struct capnp_builder builder;
    size_t used;

    if (capnp_open_framed(&message, at, len, table, RUNTIME_SEGMENTS, &used) != ERR_OK)
        return 0;
    capnp_build_framed(&builder, to, room);
    capnp_pointer_copy(capnp_root_builder(&builder), capnp_root_pointer(&message), NULL);
    return capnp_error(&message) == ERR_OK ? capnp_built_framed_len(&builder) : 0;
}

size_t runtime_pack(const void *at, size_t len, void *to, size_t room)
{
    size_t to_len;

    return capnp_pack(at, len, to, room, &to_len) == ERR_OK ? to_len : 0;
}

size_t runtime_unpack(const void *at, size_t len, void *to, size_t room)
{
    size_t to_len;

    return capnp_unpack(at, len, to, room, &to_len) == ERR_OK ? to_len : 0;
}
