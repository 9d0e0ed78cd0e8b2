/*
 * Published test vectors, and what both programs do with them.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static int failures;

static void tell(const char *what, bool good)
{
    printf("%s: %s\n", what, good ? "as published" : "WRONG");
    failures += !good;
}

/* Of what must not be accepted. */
static void tell_refused(const char *what, bool refused)
{
    printf("%s: %s\n", what, refused ? "refused" : "ACCEPTED");
    failures += !refused;
}

/* The bytes that TEXT names in hexadecimal digits, in static memory; a few at a time. */
static const uint8_t *hex(const char *text)
{
    static uint8_t bytes[8][192];
    static unsigned next;
    uint8_t *to = bytes[next++ % 8];

    for (size_t i = 0; text[2 * i]; i++)
        sscanf(text + 2 * i, "%2hhx", &to[i]);
    return to;
}

static bool is(const void *got, const char *expected)
{
    return memcmp(got, hex(expected), strlen(expected) / 2) == 0;
}

/* FIPS 180-4: examples of SHA-256. */
#define SHA256_OF_ABC     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define SHA256_OF_NOTHING "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define SHA256_OF_MILLION "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"

/* RFC 4231, 4.3 and 4.7. */
#define HMAC_KEY    "Jefe"
#define HMAC_TEXT   "what do ya want for nothing?"
#define HMAC        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
#define HMAC_6_TEXT "Test Using Larger Than Block-Size Key - Hash Key First"
#define HMAC_6      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"

/* RFC 8439, 2.8.2. */
#define AEAD_KEY   "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"
#define AEAD_NONCE "070000004041424344454647"
#define AEAD_DATA  "50515253c0c1c2c3c4c5c6c7"
#define AEAD_TEXT                                                                                  \
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, " \
    "sunscreen would be it."
#define AEAD_CIPHER                                                    \
    "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6" \
    "3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36" \
    "92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc" \
    "3ff4def08e4b7a9de576d26586cec64b6116"
#define AEAD_TAG "1ae10b594f09e26a7e902ecbd0600691"

/* RFC 7748, 6.1. */
#define X25519_PRIVATE "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"
#define X25519_PUBLIC  "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
#define X25519_OTHER   "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
#define X25519_SHARED  "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"

/* RFC 8032, 7.1, test 3. */
#define ED25519_SEED   "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"
#define ED25519_PUBLIC "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
#define ED25519_TEXT   "af82"
#define ED25519_SIGNATURE                                              \
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac" \
    "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"

/* RFC 6979, A.2.5, SHA-256 of "sample"; the public point uncompressed. */
#define P256_PRIVATE "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721"
#define P256_PUBLIC                                                      \
    "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6" \
    "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"
#define P256_SIGNATURE                                                 \
    "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716" \
    "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"
