/*
 * Packs messages: the zeros, of which they are full, take little space.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each word becomes a tag, whose bits say which of its bytes are not zero, and those bytes. Behind
 * a tag of no bits stands how many more words of zeros there are. Behind one of all bits, and its
 * bytes, stands how many words follow as they are: those with at most one zero, which gain nothing.
 */
#include "capnp/packing.h"

#include <stdbool.h>
#include <stdint.h>

#define WORD    8
#define RUN_MAX 255

/* A part of bytes, from AT up to END. */
struct source {
    const uint8_t *at, *end;
};

struct target {
    uint8_t *at, *end;
};

static bool put(struct target *to, const uint8_t *bytes, size_t len)
{
    if (len > (size_t)(to->end - to->at))
        return false;
    __builtin_memcpy(to->at, bytes, len);
    to->at += len;
    return true;
}

static bool put_byte(struct target *to, size_t byte)
{
    uint8_t value = (uint8_t)byte;

    return put(to, &value, 1);
}

static unsigned count_zeros(const uint8_t *word)
{
    unsigned n = 0;

    for (int i = 0; i < WORD; i++)
        n += word[i] == 0;
    return n;
}

/* Takes what AT begins with: words that have LEAST to MOST zeros. How many they are. */
static size_t take_run(struct source *from, unsigned least, unsigned most)
{
    size_t n = 0;

    while (from->at < from->end && n < RUN_MAX) {
        unsigned zeros = count_zeros(from->at);

        if (zeros < least || zeros > most)
            break;
        from->at += WORD;
        n++;
    }
    return n;
}

static bool pack_word(struct source *from, struct target *to)
{
    uint8_t packed[1 + WORD] = {0};
    size_t len = 1;

    for (int i = 0; i < WORD; i++)
        if (from->at[i]) {
            packed[0] |= (uint8_t)(1u << i);
            packed[len++] = from->at[i];
        }
    from->at += WORD;
    return put(to, packed, len);
}

/* Packs a word, and the run that follows if it is one of all zeros or none. */
static bool pack_run(struct source *from, struct target *to)
{
    unsigned zeros = count_zeros(from->at);
    const uint8_t *run;
    size_t n;

    if (!pack_word(from, to))
        return false;
    run = from->at;
    if (zeros == WORD)
        return put_byte(to, take_run(from, WORD, WORD));
    if (zeros > 0)
        return true;
    n = take_run(from, 0, 1);
    return put_byte(to, n) && put(to, run, n * WORD);
}

err_t capnp_pack(const void *from, size_t len, void *to, size_t room, size_t *to_len)
{
    struct source source = {from, (const uint8_t *)from + len};
    struct target target = {to, (uint8_t *)to + room};

    *to_len = 0;
    if (len % WORD)
        return ERR_BAD_LENGTH;
    while (source.at < source.end)
        if (!pack_run(&source, &target))
            return ERR_NO_ROOM;
    *to_len = (size_t)(target.at - (uint8_t *)to);
    return ERR_OK;
}

/* The next LEN bytes; NULL when there are not so many. */
static const uint8_t *get(struct source *from, size_t len)
{
    const uint8_t *at = from->at;

    if (len > (size_t)(from->end - at))
        return NULL;
    from->at += len;
    return at;
}

/* The word whose bytes that are not zero TAG says. */
static err_t unpack_word(struct source *from, uint8_t tag, struct target *to)
{
    uint8_t word[WORD] = {0};

    for (int i = 0; i < WORD; i++)
        if (tag >> i & 1) {
            const uint8_t *byte = get(from, 1);

            if (!byte)
                return ERR_BAD_MESSAGE;
            word[i] = *byte;
        }
    return put(to, word, WORD) ? ERR_OK : ERR_NO_ROOM;
}

/* What stands behind a word of all zeros or none: how many more. */
static err_t unpack_run(struct source *from, bool zeros, struct target *to)
{
    const uint8_t *n = get(from, 1), *bytes;
    size_t len;

    if (!n)
        return ERR_BAD_MESSAGE;
    len = (size_t)*n * WORD;
    if (!zeros) {
        bytes = get(from, len);
        if (!bytes)
            return ERR_BAD_MESSAGE;
        return put(to, bytes, len) ? ERR_OK : ERR_NO_ROOM;
    }
    if (len > (size_t)(to->end - to->at))
        return ERR_NO_ROOM;
    __builtin_memset(to->at, 0, len);
    to->at += len;
    return ERR_OK;
}

err_t capnp_unpack(const void *from, size_t len, void *to, size_t room, size_t *to_len)
{
    struct source source = {from, (const uint8_t *)from + len};
    struct target target = {to, (uint8_t *)to + room};
    err_t error = ERR_OK;

    *to_len = 0;
    while (!error && source.at < source.end) {
        uint8_t tag = *source.at++;

        error = unpack_word(&source, tag, &target);
        if (!error && (tag == 0 || tag == 0xff))
            error = unpack_run(&source, tag == 0, &target);
    }
    *to_len = error ? 0 : (size_t)(target.at - (uint8_t *)to);
    return error;
}
