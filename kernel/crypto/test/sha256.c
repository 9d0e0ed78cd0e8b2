/*
 * Tests crypto/sha256.c with the examples of its standard.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "crypto/sha256.h"

#include "test/check.h"

#define MILLION 1000000

static char hex[2 * SHA256_LEN + 1];
static uint8_t bytes[MILLION];

static const char *digest_text(const uint8_t digest[SHA256_LEN])
{
    for (size_t i = 0; i < SHA256_LEN; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    return hex;
}

static const char *hash_of(const char *text)
{
    uint8_t digest[SHA256_LEN];

    sha256(text, strlen(text), digest);
    return digest_text(digest);
}

/* NIST's "SHA-256 examples" for FIPS 180-4; the empty one is from its "SHA test vectors for byte-oriented messages". */
TEST(published_examples)
{
    CHECK_STRING(hash_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK_STRING(hash_of("abc"),
                 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK_STRING(hash_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
                 "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK_STRING(hash_of("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                         "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"),
                 "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    PASS;
}

TEST(a_million_letters)
{
    uint8_t digest[SHA256_LEN];

    memset(bytes, 'a', sizeof(bytes));
    sha256(bytes, sizeof(bytes), digest);
    CHECK_STRING(digest_text(digest),
                 "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    PASS;
}

/* At every length around the ends of blocks, where the padding changes its shape. */
TEST(pieces_make_the_whole)
{
    for (size_t len = 0; len <= 200; len++) {
        for (size_t cut = 0; cut <= len; cut++) {
            struct sha256 hash;
            uint8_t whole[SHA256_LEN], pieces[SHA256_LEN];

            for (size_t i = 0; i < len; i++)
                bytes[i] = (uint8_t)(i * 7 + len);
            sha256(bytes, len, whole);
            sha256_init(&hash);
            sha256_update(&hash, bytes, cut);
            sha256_update(&hash, bytes + cut, len - cut);
            sha256_final(&hash, pieces);
            CHECK(memcmp(whole, pieces, SHA256_LEN) == 0);
        }
    }
    PASS;
}

TEST(a_hash_goes_on_after_a_digest)
{
    struct sha256 hash;
    uint8_t digest[SHA256_LEN];

    sha256_init(&hash);
    sha256_update(&hash, "a", 1);
    sha256_final(&hash, digest);
    sha256_update(&hash, "bc", 2);
    sha256_final(&hash, digest);
    CHECK_STRING(digest_text(digest),
                 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    PASS;
}

int main(void)
{
    RUN(published_examples);
    RUN(a_million_letters);
    RUN(pieces_make_the_whole);
    RUN(a_hash_goes_on_after_a_digest);
    TESTS_END;
}
