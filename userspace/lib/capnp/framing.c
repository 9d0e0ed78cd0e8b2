/*
 * Messages in streams and files: a table of segments, and behind it the segments.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The table is the number of segments less one, the words of each, and zeros up to a whole word,
 * all 32 bits wide. Sums of them are made in 64 bits, in which they cannot wrap.
 */
#include "capnp/framing.h"

static uint32_t table_entry(const void *at, uint64_t i)
{
    uint32_t entry;

    __builtin_memcpy(&entry, (const uint8_t *)at + i * sizeof(entry), sizeof(entry));
    return entry;
}

/*
 * Fills TABLE with the N segments of the message AT. Its words, or 0: it has more than LEN bytes.
 */
static uint64_t read_table(const void *at, size_t len, struct capnp_segment *table, uint64_t n)
{
    uint64_t used = (n + 2) / 2;

    if (used > len / 8)
        return 0;
    for (uint64_t i = 0; i < n; i++) {
        uint32_t n_words = table_entry(at, 1 + i);

        if (n_words > len / 8 - used)
            return 0;
        table[i] = (struct capnp_segment){(const uint64_t *)at + used, n_words};
        used += n_words;
    }
    return used;
}

static err_t refuse(struct capnp_message *message, err_t error)
{
    capnp_note(message, error);
    return error;
}

err_t capnp_open_framed(struct capnp_message *message, const void *at, size_t len,
                        struct capnp_segment *table, uint32_t max, size_t *used)
{
    uint64_t n = len >= 8 ? (uint64_t)table_entry(at, 0) + 1 : 0;
    uint64_t n_words;

    *used = 0;
    capnp_open(message, at, 0);
    if (n == 0)
        return refuse(message, ERR_BAD_MESSAGE);
    if (n > max)
        return refuse(message, (n + 2) / 2 > len / 8 ? ERR_BAD_MESSAGE : ERR_NO_ROOM);
    n_words = read_table(at, len, table, n);
    if (n_words == 0 || table[0].n_words == 0)
        return refuse(message, ERR_BAD_MESSAGE);
    *used = n_words * 8;
    message->first = table[0];
    message->segments = table;
    message->n_segments = (uint32_t)n;
    message->budget = n_words * CAPNP_BUDGET + CAPNP_BUDGET_SMALL;
    return ERR_OK;
}

/* One segment: its table is one word. */
void capnp_build_framed(struct capnp_builder *builder, void *at, size_t len)
{
    capnp_build(builder, (uint64_t *)at + 1, len >= 8 ? len - 8 : 0);
}

size_t capnp_built_framed_len(const struct capnp_builder *builder)
{
    if (builder->full)
        return 0;
    builder->words[-1] = (uint64_t)builder->used << 32;
    return 8 + capnp_built_len(builder);
}
