/*
 * Fuzz target: requests that no `capnp compile` makes.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "../generate.h"

#include "capnp/framing.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define SEGMENTS_MAX 512

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static struct capnp_segment segments[SEGMENTS_MAX];
    static struct files files;
    struct capnp_message message;
    struct request request;
    void *copy = malloc(len + 1); /* aligned, and no longer than it says */
    size_t used;

    if (!copy)
        return 0;
    memcpy(copy, data, len);
    if (!capnp_open_framed(&message, copy, len, segments, SEGMENTS_MAX, &used)) {
        message.budget = len / sizeof(uint64_t) * REQUEST_BUDGET;
        request_open(&request, &message);
        generate(&request, &files);
        if (!is_refused(&request.refusal) && capnp_error(&message))
            abort();
        files_free(&files);
        request_close(&request);
    }
    free(copy);
    return 0;
}
