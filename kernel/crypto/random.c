/*
 * Unpredictable bytes: ChaCha20 with fast key erasure, seeded by the processor.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "crypto/random.h"

#include <bearssl_block.h>

#include "arch/arch.h"
#include "crypto/sha256.h"
#include "lib/string.h"
#include "lib/wipe.h"

#define KEY_LEN      32
#define BLOCK_LEN    64
#define BYTES_MAX    (1 << 20) /* between two seeds */
#define REQUESTS_MAX (1 << 16)
#define SEED_WORDS   8 /* twice the key's length, should a source give less than it says */

static struct {
    uint8_t key[KEY_LEN]; /* of the next request */
    uint32_t bytes;       /* given out since it was seeded */
    uint32_t requests;
    bool seeded;
} generator;

/* A key is used for one stream only, so the nonce need not differ (RFC 8439, section 2.3). */
static const uint8_t nonce[12];

/* XORs LEN bytes at AT with KEY's stream from block BLOCK on. */
static void stream(const uint8_t *key, uint32_t block, void *at, size_t len)
{
    br_chacha20_ct_run(key, nonce, block, at, len);
}

/* Broken sources were seen to give all ones, nothing, or one value for ever. */
static bool is_stuck(const uint64_t *words, unsigned n)
{
    uint64_t last = words[n];

    for (unsigned i = 0; i < n; i++) {
        if (words[i] == last)
            return true;
    }
    return last == 0 || last == UINT64_MAX;
}

static err_t collect(uint64_t words[SEED_WORDS])
{
    for (unsigned i = 0; i < SEED_WORDS; i++) {
        if (!arch_entropy(&words[i]) || is_stuck(words, i))
            return ERR_NO_ENTROPY;
    }
    return ERR_OK;
}

/* The old key counts as well: a source that is worse today takes nothing away. */
static err_t seed(void)
{
    uint64_t words[SEED_WORDS];
    struct sha256 hash;
    err_t error = collect(words);

    if (!error) {
        sha256_init(&hash);
        sha256_update(&hash, generator.key, sizeof(generator.key));
        sha256_update(&hash, words, sizeof(words));
        sha256_final(&hash, generator.key);
        wipe(&hash, sizeof(hash));
        generator.bytes = 0;
        generator.requests = 0;
    }
    generator.seeded = !error;
    wipe(words, sizeof(words));
    return error;
}

static bool is_used_up(void)
{
    return generator.bytes >= BYTES_MAX || generator.requests >= REQUESTS_MAX;
}

/* The first block holds the next key, and the output's beginning. */
static void produce(uint8_t *to, size_t len)
{
    uint8_t first[BLOCK_LEN] = {0};
    size_t n = len < BLOCK_LEN - KEY_LEN ? len : BLOCK_LEN - KEY_LEN;

    stream(generator.key, 0, first, sizeof(first));
    memcpy(to, first + KEY_LEN, n);
    memset(to + n, 0, len - n);
    stream(generator.key, 1, to + n, len - n);
    memcpy(generator.key, first, KEY_LEN);
    wipe(first, sizeof(first));
}

err_t random_init(void)
{
    memset(&generator, 0, sizeof(generator));
    return seed();
}

err_t random_bytes(void *to, size_t len)
{
    if (len > RANDOM_MAX)
        return ERR_BAD_ARGUMENT;
    if (!generator.seeded || is_used_up()) {
        err_t error = seed();

        if (error)
            return error;
    }
    produce(to, len);
    generator.bytes += (uint32_t)len;
    generator.requests++;
    return ERR_OK;
}
