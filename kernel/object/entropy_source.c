/*
 * EntropySource (kernel.capnp): unpredictable bytes.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/entropy_source.h"

#include "abi/interfaces.h"
#include "crypto/random.h"
#include "lib/string.h"
#include "ring/invocation.h"

#define BYTES_MAX 1024

/* Root, its pointer, and the bytes. */
#define WORDS(len) (2 + ((len) + 7) / 8)

/* (len :UInt32) -> (bytes :Data) */
static err_t read(struct invocation *invocation)
{
    uint32_t len = message_u32(&invocation->params, 0);
    uint8_t bytes[BYTES_MAX];
    err_t error;

    if (len > BYTES_MAX)
        return ERR_BAD_ARGUMENT;
    if (invocation->submission->result_len / 8 < WORDS(len))
        return ERR_NO_ROOM;
    error = random_bytes(bytes, len);
    if (!error) {
        struct builder_struct results = invocation_results(invocation, 0, 1);

        builder_data(&results, 0, (struct bytes){bytes, len});
    }
    memset(bytes, 0, sizeof(bytes));
    return error;
}

static const struct method methods[ENTROPY_SOURCE_METHODS] = {
    [ENTROPY_SOURCE_READ] = {read, 2, 0},
};

static const struct object_type type = {
    .name = "entropy source",
    .interface_id = INTERFACE_ENTROPY_SOURCE,
    .methods = methods,
    .n_methods = ENTROPY_SOURCE_METHODS,
};

struct object entropy_source = {.type = &type, .refs = 1};
