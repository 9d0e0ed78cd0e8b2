/*
 * EntropySource (kernel.capnp): unpredictable bytes.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/entropy_source.h"

#include "abi/kernel.capnp.h"
#include "crypto/random.h"
#include "lib/string.h"
#include "ring/invocation.h"

#define BYTES_MAX 1024

static err_t read(struct invocation *invocation)
{
    uint32_t len = entropy_read_params_len(entropy_read_params_root(&invocation->params));
    uint8_t bytes[BYTES_MAX];
    err_t error;

    if (len > BYTES_MAX)
        return ERR_BAD_ARGUMENT;
    if (!invocation_has_room(invocation, RESULT_WORDS(ENTROPY_READ), len))
        return ERR_NO_ROOM;
    error = random_bytes(bytes, len);
    if (!error)
        entropy_read_results_set_bytes(entropy_read_results_init_root(&invocation->results),
                                       capnp_data(bytes, len));
    memset(bytes, 0, sizeof(bytes));
    return error;
}

static const struct method methods[ENTROPY_METHODS] = {
    [ENTROPY_READ] = {read, RESULT_WORDS(ENTROPY_READ), 0},
};

static const struct object_type type = {
    .name = "entropy source",
    .interface_id = INTERFACE_ENTROPY,
    .methods = methods,
    .n_methods = ENTROPY_METHODS,
};

struct object entropy_source = {.type = &type, .refs = 1};
