/*
 * Tests crypto/random.c against ChaCha20 and SHA-256 put together in another way, with a source of entropy that can
 * fail.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "crypto/random.h"

#include <bearssl_block.h>

#include "arch/arch.h"
#include "crypto/sha256.h"
#include "test/check.h"

#define KEY_LEN 32
#define WORDS   8 /* of a seed */

static unsigned words_read;
static unsigned words_left; /* before it fails */
static uint64_t stuck_at;   /* gives this from ... */
static unsigned stuck_from; /* ... on */

bool arch_entropy(uint64_t *word)
{
    if (words_left == 0)
        return false;
    words_left--;
    words_read++;
    *word = words_read >= stuck_from ? stuck_at : words_read * 0x9e3779b97f4a7c15;
    return true;
}

static void fresh_source(void)
{
    words_read = 0;
    words_left = stuck_from = UINT32_MAX;
}

/* The generator as its header describes it. */
static uint8_t model_key[KEY_LEN];

/* With the words that the source gave last, or will give next. */
static void model_seed(unsigned first_word)
{
    uint8_t input[KEY_LEN + WORDS * sizeof(uint64_t)];

    memcpy(input, model_key, KEY_LEN);
    for (unsigned i = 0; i < WORDS; i++) {
        uint64_t word = (first_word + i) * 0x9e3779b97f4a7c15;

        memcpy(input + KEY_LEN + i * sizeof(word), &word, sizeof(word));
    }
    sha256(input, sizeof(input), model_key);
}

static void model_bytes(uint8_t *to, size_t len)
{
    static uint8_t stream[KEY_LEN + RANDOM_MAX];

    memset(stream, 0, sizeof(stream));
    br_chacha20_ct_run(model_key, "\0\0\0\0\0\0\0\0\0\0\0", 0, stream, KEY_LEN + len);
    memcpy(model_key, stream, KEY_LEN);
    memcpy(to, stream + KEY_LEN, len);
}

static err_t start(void)
{
    fresh_source();
    memset(model_key, 0, sizeof(model_key));
    model_seed(1);
    return random_init();
}

static uint8_t got[RANDOM_MAX + 1], expected[RANDOM_MAX];

static bool is_as_modelled(size_t len)
{
    got[len] = 0xa5;
    model_bytes(expected, len);
    return random_bytes(got, len) == ERR_OK && memcmp(got, expected, len) == 0 && got[len] == 0xa5;
}

/* RFC 8439, section 2.3.2 and appendix A.1, test vectors 1 and 2: the key stream. */
TEST(chacha20_is_the_published_one)
{
    static const uint8_t block[] =
        "\x10\xf1\xe7\xe4\xd1\x3b\x59\x15\x50\x0f\xdd\x1f\xa3\x20\x71\xc4"
        "\xc7\xd1\xf4\xc7\x33\xc0\x68\x03\x04\x22\xaa\x9a\xc3\xd4\x6c\x4e"
        "\xd2\x82\x64\x46\x07\x9f\xaa\x09\x14\xc2\xd7\x05\xd9\x8b\x02\xa2"
        "\xb5\x12\x9c\xd1\xde\x16\x4e\xb9\xcb\xd0\x83\xe8\xa2\x50\x3c\x4e";
    static const uint8_t zero_key[] =
        "\x76\xb8\xe0\xad\xa0\xf1\x3d\x90\x40\x5d\x6a\xe5\x53\x86\xbd\x28"
        "\xbd\xd2\x19\xb8\xa0\x8d\xed\x1a\xa8\x36\xef\xcc\x8b\x77\x0d\xc7"
        "\xda\x41\x59\x7c\x51\x57\x48\x8d\x77\x24\xe0\x3f\xb8\xd8\x4a\x37"
        "\x6a\x43\xb8\xf4\x15\x18\xa1\x1c\xc3\x87\xb6\x69\xb2\xee\x65\x86"
        "\x9f\x07\xe7\xbe\x55\x51\x38\x7a\x98\xba\x97\x7c\x73\x2d\x08\x0d"
        "\xcb\x0f\x29\xa0\x48\xe3\x65\x69\x12\xc6\x53\x3e\x32\xee\x7a\xed"
        "\x29\xb7\x21\x76\x9c\xe6\x4e\x43\xd5\x71\x33\xb0\x74\xd8\x39\xd5"
        "\x31\xed\x1f\x28\x51\x0a\xfb\x45\xac\xe1\x0a\x1f\x4b\x79\x4d\x6f";
    uint8_t key[KEY_LEN], stream[128] = {0};

    for (unsigned i = 0; i < KEY_LEN; i++)
        key[i] = (uint8_t)i;
    br_chacha20_ct_run(key, "\0\0\0\x09\0\0\0\x4a\0\0\0", 1, stream, 64);
    CHECK(memcmp(stream, block, 64) == 0);
    memset(key, 0, sizeof(key));
    memset(stream, 0, sizeof(stream));
    br_chacha20_ct_run(key, "\0\0\0\0\0\0\0\0\0\0\0", 0, stream, 128);
    CHECK(memcmp(stream, zero_key, 128) == 0);
    PASS;
}

TEST(each_request_is_key_then_output)
{
    CHECK(start() == ERR_OK);
    for (size_t len = 0; len <= 300; len++)
        CHECK(is_as_modelled(len));
    CHECK(is_as_modelled(RANDOM_MAX));
    CHECK(words_read == WORDS);
    PASS;
}

TEST(too_much_is_refused)
{
    CHECK(start() == ERR_OK);
    got[0] = 7;
    CHECK(random_bytes(got, RANDOM_MAX + 1) == ERR_BAD_ARGUMENT);
    CHECK(random_bytes(got, SIZE_MAX) == ERR_BAD_ARGUMENT);
    CHECK(got[0] == 7);
    CHECK(is_as_modelled(8));
    PASS;
}

/* Two streams with one key would show as equal blocks. */
TEST(no_output_comes_twice)
{
    static uint8_t blocks[1000][16];

    CHECK(start() == ERR_OK);
    for (size_t i = 0; i < 1000; i++) {
        CHECK(random_bytes(blocks[i], 16) == ERR_OK);
        for (size_t k = 0; k < i; k++)
            CHECK(memcmp(blocks[i], blocks[k], 16) != 0);
    }
    PASS;
}

TEST(what_was_in_the_buffer_does_not_matter)
{
    CHECK(start() == ERR_OK);
    memset(got, 0xff, sizeof(got));
    CHECK(is_as_modelled(200));
    PASS;
}

TEST(a_mebibyte_uses_the_seed_up)
{
    CHECK(start() == ERR_OK);
    for (unsigned i = 0; i < (1 << 20) / RANDOM_MAX; i++)
        CHECK(random_bytes(got, RANDOM_MAX) == ERR_OK);
    CHECK(words_read == WORDS);
    CHECK(random_bytes(got, 1) == ERR_OK);
    CHECK(words_read == 2 * WORDS);
    PASS;
}

TEST(many_requests_use_the_seed_up)
{
    CHECK(start() == ERR_OK);
    for (unsigned i = 0; i < 1 << 16; i++)
        CHECK(is_as_modelled(1));
    CHECK(words_read == WORDS);
    model_seed(WORDS + 1);
    CHECK(is_as_modelled(40));
    CHECK(words_read == 2 * WORDS);
    CHECK(is_as_modelled(40));
    CHECK(words_read == 2 * WORDS);
    PASS;
}

TEST(without_a_source_there_is_nothing)
{
    fresh_source();
    words_left = 0;
    CHECK(random_init() == ERR_NO_ENTROPY);
    memset(got, 0x5a, 32);
    CHECK(random_bytes(got, 32) == ERR_NO_ENTROPY);
    for (unsigned i = 0; i < 32; i++)
        CHECK(got[i] == 0x5a);
    words_left = WORDS - 1;
    CHECK(random_bytes(got, 32) == ERR_NO_ENTROPY);
    PASS;
}

TEST(a_source_that_fails_later_ends_it)
{
    CHECK(start() == ERR_OK);
    for (unsigned i = 0; i < 1 << 16; i++)
        CHECK(random_bytes(got, 1) == ERR_OK);
    words_left = 3;
    CHECK(random_bytes(got, 1) == ERR_NO_ENTROPY);
    CHECK(random_bytes(got, 1) == ERR_NO_ENTROPY);
    words_left = UINT32_MAX;
    CHECK(random_bytes(got, 1) == ERR_OK);
    PASS;
}

TEST(a_new_seed_keeps_the_old_key)
{
    CHECK(start() == ERR_OK);
    for (unsigned i = 0; i < 1 << 16; i++)
        CHECK(is_as_modelled(1));
    words_read = 0; /* the very same words again */
    model_seed(1);
    CHECK(is_as_modelled(64));
    PASS;
}

static bool is_refused(uint64_t value, unsigned from)
{
    fresh_source();
    stuck_at = value;
    stuck_from = from;
    return random_init() == ERR_NO_ENTROPY && random_bytes(got, 8) == ERR_NO_ENTROPY;
}

TEST(a_stuck_source_is_none)
{
    for (unsigned from = 1; from < WORDS; from++) {
        CHECK(is_refused(0x1234, from));
        CHECK(is_refused(2 * 0x9e3779b97f4a7c15, from));
    }
    fresh_source();
    CHECK(random_bytes(got, 8) == ERR_OK);
    PASS;
}

/* Even once: no source that works gives them in the lifetime of a machine. */
TEST(all_zeros_and_all_ones_are_refused)
{
    for (unsigned from = 1; from <= WORDS; from++) {
        CHECK(is_refused(0, from));
        CHECK(is_refused(UINT64_MAX, from));
    }
    PASS;
}

int main(void)
{
    RUN(chacha20_is_the_published_one);
    RUN(each_request_is_key_then_output);
    RUN(too_much_is_refused);
    RUN(no_output_comes_twice);
    RUN(what_was_in_the_buffer_does_not_matter);
    RUN(a_mebibyte_uses_the_seed_up);
    RUN(many_requests_use_the_seed_up);
    RUN(without_a_source_there_is_nothing);
    RUN(a_source_that_fails_later_ends_it);
    RUN(a_new_seed_keeps_the_old_key);
    RUN(a_stuck_source_is_none);
    RUN(all_zeros_and_all_ones_are_refused);
    TESTS_END;
}
