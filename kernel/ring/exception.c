/*
 * Writes a CapException (kernel.capnp) for an error of the kernel's own objects.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring/exception.h"

#include "abi/ring.h"
#include "lib/bytes.h"
#include "lib/string.h"
#include "message/builder.h"

/* CapException: type :UInt16 at 0, code :UInt32 at 4; reason is pointer 0. */
#define DATA_WORDS 1
#define N_POINTERS 1
#define TYPE       0
#define CODE       4
#define REASON     0

/* CapException.Type */
enum type { FAILED, OVERLOADED, DISCONNECTED, UNIMPLEMENTED, REVOKED, STALE_SESSION };

static enum type type_of(err_t error)
{
    switch (error) {
    case ERR_NO_MEMORY:
    case ERR_NO_FRAMES:
    case ERR_NO_OBJECTS:
    case ERR_NO_CALLS:
    case ERR_NO_TIMERS:
    case ERR_NO_CAPS:
        return OVERLOADED;
    case ERR_DISCONNECTED:
        return DISCONNECTED;
    case ERR_BAD_METHOD:
    case ERR_UNSUPPORTED:
        return UNIMPLEMENTED;
    case ERR_REVOKED:
        return REVOKED;
    default:
        return FAILED;
    }
}

struct exception exception_write(void *space, uint32_t len, err_t error)
{
    const char *reason = err_sentence(error);
    struct builder builder = builder_in(space, space ? len : 0);
    struct builder_struct root = builder_root(&builder, DATA_WORDS, N_POINTERS);
    uint32_t used;

    builder_u16(&root, TYPE, type_of(error));
    builder_u32(&root, CODE, error);
    builder_text(&root, REASON, (struct bytes){(const uint8_t *)reason, strlen(reason)});
    if (builder_len(&builder, &used))
        return (struct exception){RING_STATUS_TRUNCATED, 0};
    return (struct exception){RING_STATUS_EXCEPTION, used};
}
