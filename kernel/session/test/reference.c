/*
 * Tests session/reference.c against HMAC put together by its definition (RFC 2104, section 2) out
 * of SHA-256.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "session/reference.h"

#include "arch/arch.h"
#include "crypto/random.h"
#include "crypto/sha256.h"
#include "sched/work.h"
#include "test/check.h"
#include "test/random.h"

#define BLOCK_LEN  64
#define SECRET_LEN 32
#define PAIRS      400

uint32_t work_done;

static uint64_t entropy;
static bool entropy_fails;

bool arch_entropy(uint64_t *word)
{
    *word = random_next(&entropy);
    return !entropy_fails;
}

/* The same entropy gives the same secret. */
static void boot(uint64_t seed)
{
    entropy = seed;
    random_init();
}

static void secret_of(uint64_t seed, uint8_t secret[SECRET_LEN])
{
    boot(seed);
    random_bytes(secret, SECRET_LEN);
}

static void start(uint64_t seed)
{
    boot(seed);
    references_init();
}

static void pad(const uint8_t secret[SECRET_LEN], uint8_t with, uint8_t block[BLOCK_LEN])
{
    memset(block, with, BLOCK_LEN);
    for (unsigned i = 0; i < SECRET_LEN; i++)
        block[i] ^= secret[i];
}

static void model_hmac(const uint8_t secret[SECRET_LEN], const void *bytes, size_t len,
                       uint8_t code[SHA256_LEN])
{
    uint8_t inner[BLOCK_LEN + 24], outer[BLOCK_LEN + SHA256_LEN];

    pad(secret, 0x36, inner);
    memcpy(inner + BLOCK_LEN, bytes, len);
    pad(secret, 0x5c, outer);
    sha256(inner, BLOCK_LEN + len, outer + BLOCK_LEN);
    sha256(outer, sizeof(outer), code);
}

static void model(const uint8_t secret[SECRET_LEN], const char *tag, uint64_t endpoint_id,
                  uint64_t session_id, uint8_t code[SHA256_LEN])
{
    uint8_t bytes[24] = {0};

    memcpy(bytes, tag, strlen(tag));
    memcpy(bytes + 8, &endpoint_id, 8);
    memcpy(bytes + 16, &session_id, 8);
    model_hmac(secret, bytes, sizeof(bytes), code);
}

/* Pairs of small numbers, which meet in the same places of what is remembered, and come again. */
TEST(agree_with_the_definition)
{
    uint8_t secret[SECRET_LEN], expected[SHA256_LEN];
    uint64_t state = 7;

    secret_of(1, secret);
    start(1);
    for (unsigned i = 0; i < PAIRS; i++) {
        uint64_t endpoint_id = 1 + random_below(&state, 20),
                 session_id = 1 + random_below(&state, 20);
        uint64_t reference[2];

        reference_get(endpoint_id, session_id, reference);
        model(secret, "caller", endpoint_id, session_id, expected);
        CHECK(memcmp(reference, expected, REFERENCE_LEN) == 0);
    }
    PASS;
}

TEST(audits_have_names_of_their_own)
{
    uint8_t secret[SECRET_LEN], expected[SHA256_LEN], audit[REFERENCE_LEN];

    secret_of(1, secret);
    start(1);
    reference_for_audit(5, audit);
    model(secret, "audit", 0, 5, expected);
    CHECK(memcmp(audit, expected, REFERENCE_LEN) == 0);
    PASS;
}

/* Endpoint, session and boot all matter, and none can stand for another. */
TEST(all_differ)
{
    static const struct {
        uint64_t boot, endpoint_id, session_id;
    } of[] = {{1, 1, 1}, {1, 1, 2}, {1, 2, 1}, {1, 2, 2}, {2, 1, 1}, {2, 2, 1}};
    uint64_t references[6][2];

    for (unsigned i = 0; i < 6; i++) {
        start(of[i].boot);
        reference_get(of[i].endpoint_id, of[i].session_id, references[i]);
        for (unsigned j = 0; j < i; j++)
            CHECK(memcmp(references[i], references[j], REFERENCE_LEN) != 0);
    }
    PASS;
}

TEST(the_work_is_counted_once)
{
    uint64_t reference[2];

    start(1);
    work_done = 0;
    reference_get(1, 1, reference);
    CHECK(work_done == 2 * WORK_HASH_64);
    reference_get(1, 1, reference);
    CHECK(work_done == 2 * WORK_HASH_64);
    PASS;
}

TEST(none_without_entropy)
{
    uint64_t reference[2] = {1, 1};
    uint8_t audit[REFERENCE_LEN] = {1};

    start(1);
    reference_get(1, 1, reference);
    CHECK(references_exist() && reference[0] != 0);
    entropy_fails = true;
    random_init();
    CHECK(references_init() == ERR_NO_ENTROPY && !references_exist());
    reference_get(1, 1, reference);
    CHECK(reference[0] == 0 && reference[1] == 0);
    reference_for_audit(1, audit);
    for (unsigned i = 0; i < REFERENCE_LEN; i++)
        CHECK(audit[i] == 0);
    entropy_fails = false;
    PASS;
}

int main(void)
{
    RUN(agree_with_the_definition);
    RUN(audits_have_names_of_their_own);
    RUN(all_differ);
    RUN(the_work_is_counted_once);
    RUN(none_without_entropy);
    TESTS_END;
}
