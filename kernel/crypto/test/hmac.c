/*
 * Tests crypto/hmac.c with the examples of RFC 4231, section 4.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "crypto/hmac.h"

#include "test/check.h"

static const char *code_of(const void *secret, size_t secret_len, const void *bytes, size_t len)
{
    static char hex[2 * HMAC_LEN + 1];
    struct hmac_key key;
    uint8_t code[HMAC_LEN];

    hmac_key_init(&key, secret, secret_len);
    hmac(&key, bytes, len, code);
    for (size_t i = 0; i < HMAC_LEN; i++)
        snprintf(hex + 2 * i, 3, "%02x", code[i]);
    return hex;
}

static const char *code_of_text(const void *secret, size_t secret_len, const char *text)
{
    return code_of(secret, secret_len, text, strlen(text));
}

static const uint8_t *filled(uint8_t byte)
{
    static uint8_t bytes[131];

    memset(bytes, byte, sizeof(bytes));
    return bytes;
}

/* Test cases 1 to 3: secrets shorter than a block. */
TEST(short_secrets)
{
    uint8_t fifty[50];

    CHECK_STRING(code_of_text(filled(0x0b), 20, "Hi There"),
                 "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    CHECK_STRING(code_of_text("Jefe", 4, "what do ya want for nothing?"),
                 "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(fifty, 0xdd, sizeof(fifty));
    CHECK_STRING(code_of(filled(0xaa), 20, fifty, sizeof(fifty)),
                 "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    PASS;
}

/* Test cases 6 and 7: secrets longer than a block, with messages of one block and of several. */
TEST(long_secrets)
{
    CHECK_STRING(
        code_of_text(filled(0xaa), 131, "Test Using Larger Than Block-Size Key - Hash Key First"),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    CHECK_STRING(
        code_of_text(filled(0xaa), 131,
                     "This is a test using a larger than block-size key and a larger than "
                     "block-size data. The key needs to be hashed before being used by the "
                     "HMAC algorithm."),
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
    PASS;
}

/* A key serves again and again. */
TEST(a_key_is_not_used_up)
{
    struct hmac_key key;
    uint8_t first[HMAC_LEN], other[HMAC_LEN], again[HMAC_LEN];

    hmac_key_init(&key, "secret", 6);
    hmac(&key, "one", 3, first);
    hmac(&key, "two", 3, other);
    hmac(&key, "one", 3, again);
    CHECK(memcmp(first, again, HMAC_LEN) == 0 && memcmp(first, other, HMAC_LEN) != 0);
    PASS;
}

int main(void)
{
    RUN(short_secrets);
    RUN(long_secrets);
    RUN(a_key_is_not_used_up);
    TESTS_END;
}
