/*
 * Flaws that other implementations of Cap'n Proto had, each with bytes that it fell for.
 * SPDX-License-Identifier: Apache-2.0
 *
 * https://github.com/capnproto/capnproto/tree/master/security-advisories
 */
#include "words.h"

#include "capnp/canonical.h"
#include "capnp/framing.h"

#include "kernel/test/check.h"

/* CVE-2015-2310: the size of a list overflowed in the check of its bounds. */
TEST(cve_2015_2310_integer_overflow)
{
    /* 2^29 structs of 8 words: 2^32 words, which are 0 in 32 bits. */
    const uint64_t structs[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_COMPOSITE, 0),
                                STRUCT(1 << 29, 8, 0)};
    /* 2^28 + 1 structs of 16 words each: 16 words in 32 bits, which are there. */
    const uint64_t more[20] = {STRUCT(0, 0, 1), LIST(0, CAPNP_COMPOSITE, 16),
                               STRUCT((1 << 28) + 1, 16, 0)};
    /* 2^29 - 1 elements of 8 bytes: 8 less than 2^32 bytes. */
    const uint64_t longest[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_EIGHT_BYTES, 0x1fffffff), 0};
    /* 2^29 - 1 words of structs and a tag: 0 bytes in 32 bits. */
    const uint64_t words[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_COMPOSITE, 0x1fffffff),
                              STRUCT(0x1fffffff, 1, 0)};

    CHECK(LIE(structs, capnp_get_list(capnp_root(&message), 0, CAPNP_COMPOSITE)));
    CHECK(LIE(more, capnp_get_list(capnp_root(&message), 0, CAPNP_COMPOSITE)));
    CHECK(LIE(longest, capnp_get_list(capnp_root(&message), 0, CAPNP_EIGHT_BYTES)));
    CHECK(LIE(words, capnp_get_list(capnp_root(&message), 0, CAPNP_COMPOSITE)));
    PASS;
}

/* CVE-2015-2311: the NUL behind text was taken off a length of 0, in what was copied unseen. */
TEST(cve_2015_2311_integer_underflow)
{
    const uint64_t empty[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_BYTE, 0)};
    const uint64_t open[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_BYTE, 8), letters("abcdefgh")};
    const uint64_t *all[] = {empty, open};
    const size_t lens[] = {sizeof(empty), sizeof(open)};

    for (int i = 0; i < 2; i++) {
        uint64_t copied[8];
        struct capnp_message message;
        struct capnp_builder builder;

        capnp_open(&message, all[i], lens[i]);
        capnp_build(&builder, copied, sizeof(copied));
        capnp_pointer_copy(capnp_root_builder(&builder), capnp_root_pointer(&message), NULL);
        CHECK(capnp_error(&message) == ERR_OK);
        capnp_as_reader(&builder, &message);
        CHECK(capnp_get_text(capnp_root(&message), 0).len == 0);
        CHECK(capnp_error(&message) == ERR_BAD_MESSAGE);
    }
    PASS;
}

/* CVE-2015-2312: a few bytes were a list of 2^29 nothings, for the application to walk. */
TEST(cve_2015_2312_list_of_nothings)
{
    const uint64_t voids[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_VOID, 0x1fffffff)};
    const uint64_t structs[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_COMPOSITE, 0),
                                STRUCT(0x3fffffff, 0, 0)};
    const uint64_t modest[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_VOID, 20)};
    struct capnp_message message;
    struct capnp_struct root;

    CHECK(LIE(voids, capnp_get_list(capnp_root(&message), 0, CAPNP_VOID)));
    CHECK(LIE(voids, capnp_get_list(capnp_root(&message), 0, CAPNP_COMPOSITE)));
    CHECK(LIE(structs, capnp_get_list(capnp_root(&message), 0, CAPNP_COMPOSITE)));
    CHECK(LIE(structs, capnp_get_list(capnp_root(&message), 0, CAPNP_VOID)));

    /* And each time again. */
    OPEN(&message, modest);
    root = capnp_root(&message);
    for (int i = 0; i < 3; i++)
        CHECK(capnp_list_len(capnp_get_list(root, 0, CAPNP_VOID)) == 20);
    CHECK(capnp_error(&message) == ERR_OK);
    CHECK(capnp_list_len(capnp_get_list(root, 0, CAPNP_VOID)) == 0);
    CHECK(capnp_error(&message) == ERR_BAD_MESSAGE);
    PASS;
}

/* CVE-2015-2313: the same where the library itself walks: sizes, copies, canonical forms. */
TEST(cve_2015_2313_amplified_walk)
{
    const uint64_t structs[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_COMPOSITE, 0),
                                STRUCT(0x1fffffff, 0, 0)};
    /* Each level leads 3 times to the next: 3^20 structs in 62 words. */
    uint64_t shared[62] = {STRUCT(0, 0, 3)};
    uint64_t target[512];
    struct capnp_message message;
    struct capnp_builder builder;

    OPEN(&message, structs);
    capnp_build(&builder, target, sizeof(target));
    CHECK(capnp_canonical(capnp_root(&message), &builder) == ERR_BAD_MESSAGE);

    for (int i = 1; i < 61; i++)
        shared[i] = STRUCT(2 - (i - 1) % 3, 0, i < 58 ? 3 : 0);
    OPEN(&message, shared);
    capnp_build(&builder, target, sizeof(target));
    CHECK(capnp_canonical(capnp_root(&message), &builder) == ERR_BAD_MESSAGE);
    CHECK(message.budget < 3);
    CHECK(builder.used < sizeof(shared) / 8 * CAPNP_BUDGET + CAPNP_BUDGET_SMALL);
    PASS;
}

/* CVE-2017-7892: a compiler left out a check of pointers that had overflowed already. */
TEST(cve_2017_7892_elided_check)
{
    const uint64_t words[] = {1ull | 2ull << 32, 1, STRUCT(0, 0, 1), FAR(1, 0x1fffffff), 0};
    const uint64_t high[] = {1ull | 2ull << 32, 1, STRUCT(0, 0, 1), DOUBLE_FAR(1, 0x1fffffff), 0};
    const uint64_t *all[] = {words, high};

    for (int i = 0; i < 2; i++) {
        struct capnp_segment table[2];
        struct capnp_message message;
        size_t used;

        CHECK(capnp_open_framed(&message, all[i], sizeof(words), table, 2, &used) == ERR_OK);
        capnp_get_struct(capnp_root(&message), 0);
        CHECK(capnp_error(&message) == ERR_BAD_MESSAGE);
    }
    PASS;
}

/* CVE-2022-46149: a list of structs, taken as one of pointers, was copied as if it began there. */
TEST(cve_2022_46149_struct_list_as_pointer_list)
{
    const uint64_t words[] = {STRUCT(0, 0, 1),
                              LIST(0, CAPNP_COMPOSITE, 4),
                              STRUCT(1, 3, 1),
                              1,
                              2,
                              3,
                              LIST(0, CAPNP_BYTE, 8),
                              letters("last")};
    const uint64_t no_pointers[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_COMPOSITE, 1), STRUCT(1, 1, 0),
                                    5};
    uint64_t target[16];
    struct capnp_message message;
    struct capnp_builder builder;
    struct capnp_list list;

    OPEN(&message, words);
    list = capnp_get_list(capnp_root(&message), 0, CAPNP_POINTER);
    CHECK_STRING(capnp_list_text(list, 0).at, "last");
    capnp_build(&builder, target, sizeof(target));
    capnp_copy_list(capnp_init_root(&builder, 0, 1), 0, list);
    CHECK(capnp_error(&message) == ERR_OK);
    CHECK(capnp_built_len(&builder) == sizeof(words));
    CHECK(memcmp(target, words, sizeof(words)) == 0);

    CHECK(LIE(no_pointers, capnp_get_list(capnp_root(&message), 0, CAPNP_POINTER)));
    PASS;
}

/* 2^32 - 1 segments and one more: their number wrapped to 0 (advisory of 2026-03-12). */
TEST(segment_count_wraps)
{
    const uint64_t words[] = {UINT32_MAX, STRUCT(0, 0, 0), 0, 0};
    struct capnp_segment table[1] = {{NULL, 7}};
    struct capnp_message message;
    size_t used;

    CHECK(capnp_open_framed(&message, words, sizeof(words), table, 0, &used) == ERR_BAD_MESSAGE);
    CHECK(capnp_open_framed(&message, words, sizeof(words), table, 1, &used) == ERR_BAD_MESSAGE);
    CHECK(table[0].n_words == 7);
    PASS;
}

/* The sizes of the segments add up to 2^32, and more, which is little in 32 bits. */
TEST(segment_sum_wraps)
{
    const uint64_t twice[] = {1ull | 0x80000000ull << 32, 0x80000000, 0, 0};
    const uint64_t less_one[] = {1ull | 2ull << 32, 0xffffffff, 0, 0};
    const uint64_t bytes[] = {1ull | 1ull << 32, 0x20000000, 0, 0};
    struct capnp_segment table[2];
    struct capnp_message message;
    size_t used;

    CHECK(capnp_open_framed(&message, twice, sizeof(twice), table, 2, &used) == ERR_BAD_MESSAGE);
    CHECK(capnp_open_framed(&message, less_one, sizeof(twice), table, 2, &used) == ERR_BAD_MESSAGE);
    CHECK(capnp_open_framed(&message, bytes, sizeof(twice), table, 2, &used) == ERR_BAD_MESSAGE);
    PASS;
}

int main(void)
{
    RUN(cve_2015_2310_integer_overflow);
    RUN(cve_2015_2311_integer_underflow);
    RUN(cve_2015_2312_list_of_nothings);
    RUN(cve_2015_2313_amplified_walk);
    RUN(cve_2017_7892_elided_check);
    RUN(cve_2022_46149_struct_list_as_pointer_list);
    RUN(segment_count_wraps);
    RUN(segment_sum_wraps);
    TESTS_END;
}
