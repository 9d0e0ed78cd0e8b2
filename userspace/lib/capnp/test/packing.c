/*
 * Tests packing.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capnp/packing.h"

#include "kernel/test/check.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#define LEN_MAX (8 * 1024)

static uint8_t packed[CAPNP_PACKED_MAX(LEN_MAX)], unpacked[LEN_MAX];

/* Packs LEN bytes to what is EXPECTED, and that back. */
static bool packs_to(const uint8_t *from, size_t len, const uint8_t *expected, size_t expected_len)
{
    size_t packed_len, unpacked_len;

    return capnp_pack(from, len, packed, sizeof(packed), &packed_len) == ERR_OK &&
           packed_len == expected_len && memcmp(packed, expected, packed_len) == 0 &&
           capnp_unpack(packed, packed_len, unpacked, sizeof(unpacked), &unpacked_len) == ERR_OK &&
           unpacked_len == len && memcmp(unpacked, from, len) == 0;
}

#define PACKS(from, ...)                                         \
    packs_to(from, sizeof(from), (const uint8_t[]){__VA_ARGS__}, \
             sizeof((const uint8_t[]){__VA_ARGS__}))

/* The example of the specification. */
TEST(packs_the_example)
{
    const uint8_t words[16] = {8, 0, 0, 0, 3, 0, 2, 0, 0x19, 0, 0, 0, 0xaa, 1};

    CHECK(PACKS(words, 0x51, 8, 3, 2, 0x31, 0x19, 0xaa, 1));
    PASS;
}

TEST(packs_runs)
{
    uint8_t words[8 * 258] = {0};
    const uint8_t mixed[32] = {1, 2, 3, 4, 5, 6, 7, 8, 1, 0, 3, 4, 5, 6, 7, 8,
                               1, 0, 0, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0};

    CHECK(packs_to(words, 0, words, 0));
    CHECK(packs_to(words, 8, (const uint8_t[]){0, 0}, 2));
    CHECK(packs_to(words, 8 * 256, (const uint8_t[]){0, 255}, 2));
    CHECK(packs_to(words, 8 * 258, (const uint8_t[]){0, 255, 0, 1}, 4));
    CHECK(PACKS(mixed, 0xff, 1, 2, 3, 4, 5, 6, 7, 8, 1, 1, 0, 3, 4, 5, 6, 7, 8, 0xf9, 1, 4, 5, 6, 7,
                8, 0, 0));
    PASS;
}

TEST(what_is_no_words_is_not_packed)
{
    const uint8_t bytes[12] = {0};
    size_t len = 1;

    CHECK(capnp_pack(bytes, 12, packed, sizeof(packed), &len) == ERR_BAD_LENGTH && len == 0);
    PASS;
}

TEST(what_ends_too_early_is_refused)
{
    const uint8_t full[] = {0xff, 1, 2, 3, 4, 5, 6, 7, 8, 1, 1, 2, 3, 4, 5, 6, 7, 8};
    const uint8_t zeros[] = {0};
    size_t len = 1;

    for (size_t n = 1; n < sizeof(full); n++)
        CHECK(capnp_unpack(full, n, unpacked, sizeof(unpacked), &len) == ERR_BAD_MESSAGE && !len);
    CHECK(capnp_unpack(full, sizeof(full), unpacked, sizeof(unpacked), &len) == ERR_OK);
    CHECK(len == 16);
    CHECK(capnp_unpack(zeros, 1, unpacked, sizeof(unpacked), &len) == ERR_BAD_MESSAGE && !len);
    PASS;
}

/* Two bytes become 2048: whoever unpacks says how much it may be. */
TEST(what_has_no_room_is_refused)
{
    const uint8_t zeros[] = {0, 255};
    const uint8_t words[16] = {1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8};
    size_t len = 1;

    memset(unpacked, 0xee, sizeof(unpacked));
    CHECK(capnp_unpack(zeros, 2, unpacked, 2047, &len) == ERR_NO_ROOM && len == 0);
    CHECK(unpacked[2047] == 0xee);
    CHECK(capnp_unpack(zeros, 2, unpacked, 2048, &len) == ERR_OK && len == 2048);
    memset(packed, 0xee, sizeof(packed));
    for (size_t room = 0; room < 18; room++) {
        CHECK(capnp_pack(words, 16, packed, room, &len) == ERR_NO_ROOM && len == 0);
        CHECK(packed[room] == 0xee);
    }
    CHECK(capnp_pack(words, 16, packed, 18, &len) == ERR_OK && len == 18);
    PASS;
}

TEST(anything_packs_and_comes_back)
{
    static uint8_t words[LEN_MAX];

    srand(1);
    for (int round = 0; round < 200; round++) {
        size_t len = (size_t)(rand() % (LEN_MAX / 8)) * 8, packed_len, unpacked_len;
        int density = 1 + rand() % 9;

        for (size_t i = 0; i < len; i++)
            words[i] = (uint8_t)(rand() % 9 < density ? rand() | 1 : 0);
        CHECK(capnp_pack(words, len, packed, CAPNP_PACKED_MAX(len), &packed_len) == ERR_OK);
        CHECK(capnp_unpack(packed, packed_len, unpacked, len, &unpacked_len) == ERR_OK);
        CHECK(unpacked_len == len && memcmp(unpacked, words, len) == 0);
    }
    PASS;
}

int main(void)
{
    RUN(packs_the_example);
    RUN(packs_runs);
    RUN(what_is_no_words_is_not_packed);
    RUN(what_ends_too_early_is_refused);
    RUN(what_has_no_room_is_refused);
    RUN(anything_packs_and_comes_back);
    TESTS_END;
}
