/*
 * Fuzzes message.c: the input is a message, and everything in it is read to some depth.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/message.h"

#include <stdlib.h>

#include "harness/test/fuzz/target.h"

#define DEPTH_MAX 4
#define EACH_MAX  8

static volatile uint64_t seen;

static void read_struct(const struct message_struct *from, unsigned depth)
{
    struct message_struct inner;
    const uint8_t *at;
    uint32_t len, n;

    for (uint32_t i = 0; i <= from->n_data && i < EACH_MAX; i++)
        seen += message_u64(from, i * 8) + message_u32(from, i * 8 + 4);
    for (uint32_t i = 0; i <= from->n_pointers && i < EACH_MAX; i++) {
        seen += strlen(message_get_text(from, i));
        if (!message_get_bytes(from, i, &at, &len) && len > 0)
            seen += at[0] + at[len - 1];
        if (!message_get_cap(from, i, &len))
            seen += len;
        if (depth < DEPTH_MAX && !message_get_struct(from, i, &inner))
            read_struct(&inner, depth + 1);
        n = message_get_list(from, i, &inner);
        for (uint32_t j = 0; j < n && j < EACH_MAX && depth < DEPTH_MAX; j++) {
            read_struct(&inner, depth + 1);
            message_next(&inner);
        }
    }
}

/* The input is copied to memory of exactly its size, so that a byte too far is seen. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct message_struct root;
    void *copy = malloc(size + 1);

    if (!copy)
        abort();
    memcpy(copy, data, size);
    if (!message_open(copy, size, &root))
        read_struct(&root, 0);
    free(copy);
    return 0;
}
