/*
 * Writes a CapException (kernel.capnp) for an error of the kernel's own objects.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring/exception.h"

#include "abi/kernel.capnp.h"
#include "abi/ring.h"

static enum cap_exception_type type_of(err_t error)
{
    switch (error) {
    case ERR_NO_MEMORY:
    case ERR_NO_FRAMES:
    case ERR_NO_OBJECTS:
    case ERR_NO_CALLS:
    case ERR_NO_TIMERS:
    case ERR_NO_CAPS:
        return CAP_EXCEPTION_TYPE_OVERLOADED;
    case ERR_DISCONNECTED:
        return CAP_EXCEPTION_TYPE_DISCONNECTED;
    case ERR_BAD_METHOD:
    case ERR_UNSUPPORTED:
        return CAP_EXCEPTION_TYPE_UNIMPLEMENTED;
    case ERR_REVOKED:
        return CAP_EXCEPTION_TYPE_REVOKED;
    case ERR_STALE_SESSION:
        return CAP_EXCEPTION_TYPE_STALE_SESSION;
    default:
        return CAP_EXCEPTION_TYPE_FAILED;
    }
}

struct exception exception_write(void *space, uint32_t len, err_t error)
{
    struct capnp_builder builder;
    struct cap_exception_builder exception;

    capnp_build(&builder, space, space ? len : 0);
    exception = cap_exception_init_root(&builder);
    cap_exception_set_type(exception, type_of(error));
    cap_exception_set_code(exception, error);
    cap_exception_set_reason(exception, capnp_text(err_sentence(error)));
    if (builder.full)
        return (struct exception){RING_STATUS_TRUNCATED, 0};
    return (struct exception){RING_STATUS_EXCEPTION, (uint32_t)capnp_built_len(&builder)};
}
