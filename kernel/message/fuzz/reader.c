/*
 * Fuzzes message/reader.c: the input is a message, walked in every way that a schema could ask.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "message/reader.h"

#include <stdlib.h>
#include <string.h>

#define STRUCTS_MAX 256

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Structs that were found; those up to `walked` are done. */
static struct {
    struct message_struct found[STRUCTS_MAX];
    size_t n, walked;
} walk;

/* What was read, so that the reads are not optimized away. */
static volatile uint64_t sum;

static void push(struct message_struct found)
{
    if (walk.n < STRUCTS_MAX)
        walk.found[walk.n++] = found;
}

static void walk_scalars(const struct message_struct *from)
{
    for (uint32_t offset = 0; offset < from->data_len + 16 && offset < 0x1000; offset++) {
        sum += message_u64(from, offset) + message_u32(from, offset) + message_u16(from, offset);
        sum += message_u8(from, offset) + message_bool(from, offset * 8);
    }
}

static void walk_bytes(struct bytes bytes)
{
    if (!bytes.at)
        abort();
    for (size_t i = 0; i < bytes.len; i++)
        sum += bytes.at[i];
}

static void walk_list(const struct message_list *list)
{
    for (uint32_t i = 0; i < list->n && i < STRUCTS_MAX; i++)
        push(message_list_get(list, i));
    push(message_list_get(list, list->n ? list->n - 1 : 0));
    push(message_list_get(list, list->n));
}

static void walk_pointer(const struct message_struct *from, uint32_t i)
{
    struct message_struct inner;
    struct message_list list;
    struct bytes bytes;
    uint32_t index;
    uint64_t budget = from->message->budget;

    if (message_struct_at(from, i, &inner) == ERR_OK)
        push(inner);
    if (message_list(from, i, &list) == ERR_OK)
        walk_list(&list);
    if (message_text(from, i, &bytes) == ERR_OK && bytes.len && bytes.at[bytes.len] != 0)
        abort();
    walk_bytes(bytes);
    message_data(from, i, &bytes);
    walk_bytes(bytes);
    message_cap(from, i, &index);
    if (from->message->budget > budget)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct message message;
    struct message_struct root;
    void *copy = malloc(size ? size : 1);

    if (size)
        memcpy(copy, data, size);
    walk.n = walk.walked = 0;
    if (message_root(&message, copy, size, &root) == ERR_OK)
        push(root);
    while (walk.walked < walk.n) {
        const struct message_struct *from = &walk.found[walk.walked++];

        walk_scalars(from);
        for (uint32_t i = 0; i < from->n_pointers + 1 && i < 64; i++)
            walk_pointer(from, i);
    }
    free(copy);
    return 0;
}
