/*
 * Tests framing.c, and far pointers between the segments that it finds.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "words.h"

#include "capnp/framing.h"

#include "kernel/test/check.h"

#define SEGMENTS_MAX 4

/* The table of two segments, and of three. */
#define TABLE_2(a, b)    1ull | (uint64_t)(a) << 32, (uint64_t)(b)
#define TABLE_3(a, b, c) 2ull | (uint64_t)(a) << 32, (uint64_t)(b) | (uint64_t)(c) << 32

static struct capnp_segment table[SEGMENTS_MAX];
static struct capnp_message message;
static size_t used;

#define OPEN_FRAMED(words) \
    capnp_open_framed(&message, words, sizeof(words), table, SEGMENTS_MAX, &used)

TEST(opens_one_segment)
{
    const uint64_t words[] = {2ull << 32, STRUCT(0, 1, 0), 5, 99};

    CHECK(OPEN_FRAMED(words) == ERR_OK);
    CHECK(used == 24);
    CHECK(capnp_u64(capnp_root(&message), 0) == 5);
    CHECK(capnp_error(&message) == ERR_OK);
    PASS;
}

TEST(a_table_that_is_not_there_is_refused)
{
    const uint64_t too_long[] = {3ull << 32, STRUCT(0, 1, 0), 5};
    const uint64_t cut[] = {TABLE_3(1, 0, 0)};
    const uint64_t many[] = {TABLE_3(0, 0, 0), 0};

    CHECK(capnp_open_framed(&message, NULL, 0, table, SEGMENTS_MAX, &used) == ERR_BAD_MESSAGE);
    CHECK(capnp_open_framed(&message, cut, 4, table, SEGMENTS_MAX, &used) == ERR_BAD_MESSAGE);
    CHECK(capnp_open_framed(&message, cut, 8, table, SEGMENTS_MAX, &used) == ERR_BAD_MESSAGE);
    CHECK(OPEN_FRAMED(cut) == ERR_BAD_MESSAGE);
    CHECK(OPEN_FRAMED(too_long) == ERR_BAD_MESSAGE && used == 0);
    CHECK(capnp_error(&message) == ERR_BAD_MESSAGE);
    CHECK(capnp_u64(capnp_root(&message), 0) == 0);
    CHECK(capnp_open_framed(&message, many, sizeof(many), table, 2, &used) == ERR_NO_ROOM);
    CHECK(capnp_error(&message) == ERR_NO_ROOM);
    PASS;
}

/* Unlike an empty message without framing, which is all defaults. */
TEST(an_empty_first_segment_is_refused)
{
    const uint64_t alone[] = {0};
    const uint64_t first[] = {TABLE_2(0, 2), STRUCT(0, 1, 0), 5};

    CHECK(OPEN_FRAMED(alone) == ERR_BAD_MESSAGE);
    CHECK(OPEN_FRAMED(first) == ERR_BAD_MESSAGE && used == 0);
    PASS;
}

TEST(follows_far_pointers)
{
    const uint64_t words[] = {
        TABLE_2(2, 3),
        /* segment 0 */
        STRUCT(0, 0, 1),
        FAR(1, 1),
        /* segment 1, whose landing pad leads back one word */
        77,
        STRUCT(-2, 1, 0),
        0,
    };

    CHECK(OPEN_FRAMED(words) == ERR_OK);
    CHECK(capnp_u64(capnp_get_struct(capnp_root(&message), 0), 0) == 77);
    CHECK(capnp_pointer_kind(FIRST(&message)) == CAPNP_KIND_STRUCT);
    CHECK(capnp_error(&message) == ERR_OK);
    PASS;
}

TEST(follows_double_far_pointers)
{
    const uint64_t words[] = {
        TABLE_3(2, 2, 1),
        /* segment 0 */
        STRUCT(0, 0, 1),
        DOUBLE_FAR(1, 0),
        /* segment 1: the landing pad */
        FAR(2, 0),
        LIST(0, CAPNP_BYTE, 3),
        /* segment 2 */
        letters("ok"),
    };

    CHECK(OPEN_FRAMED(words) == ERR_OK);
    CHECK_STRING(capnp_get_text(capnp_root(&message), 0).at, "ok");
    CHECK(capnp_error(&message) == ERR_OK);
    PASS;
}

/* Pointers in another segment count from there. */
TEST(goes_on_in_the_other_segment)
{
    const uint64_t words[] = {
        TABLE_3(1, 3, 2),
        /* segment 0: even the root is far */
        FAR(1, 0),
        /* segment 1 */
        STRUCT(0, 0, 1),
        STRUCT(0, 0, 1),
        FAR(2, 0),
        /* segment 2 */
        STRUCT(0, 1, 0),
        5,
    };

    CHECK(OPEN_FRAMED(words) == ERR_OK);
    CHECK(capnp_u64(capnp_get_struct(capnp_get_struct(capnp_root(&message), 0), 0), 0) == 5);
    CHECK(capnp_error(&message) == ERR_OK);
    PASS;
}

TEST(lists_go_on_in_the_other_segment)
{
    const uint64_t words[] = {
        TABLE_2(2, 5),
        /* segment 0 */
        STRUCT(0, 0, 1),
        FAR(1, 1),
        /* segment 1 */
        99,
        LIST(0, CAPNP_COMPOSITE, 1),
        STRUCT(1, 0, 1),
        STRUCT(0, 1, 0),
        5,
    };
    struct capnp_list list;

    CHECK(OPEN_FRAMED(words) == ERR_OK);
    list = capnp_get_list(capnp_root(&message), 0, CAPNP_COMPOSITE);
    CHECK(capnp_u64(capnp_get_struct(capnp_list_struct(list, 0), 0), 0) == 5);
    CHECK(capnp_error(&message) == ERR_OK);
    PASS;
}

/* Whether the pointer 0 of a message of two segments, the second two words, is a lie. */
static bool far_is_lie(uint64_t pointer, uint64_t first, uint64_t second)
{
    const uint64_t words[] = {TABLE_2(2, 2), STRUCT(0, 0, 1), pointer, first, second};

    return OPEN_FRAMED(words) == ERR_OK &&
           capnp_get_struct(capnp_root(&message), 0).data_len == 0 &&
           capnp_error(&message) == ERR_BAD_MESSAGE;
}

TEST(far_pointers_to_nowhere_are_lies)
{
    CHECK(!far_is_lie(FAR(1, 0), STRUCT(0, 1, 0), 5));
    CHECK(far_is_lie(FAR(2, 0), STRUCT(0, 1, 0), 5));
    CHECK(far_is_lie(FAR(UINT32_MAX, 0), STRUCT(0, 1, 0), 5));
    CHECK(far_is_lie(FAR(1, 2), STRUCT(0, 1, 0), 5));
    CHECK(far_is_lie(FAR(1, 1), 5, STRUCT(0, 1, 0)));
    CHECK(far_is_lie(DOUBLE_FAR(1, 1), FAR(1, 0), FAR(1, 0)));
    CHECK(!far_is_lie(DOUBLE_FAR(1, 0), FAR(0, 0), STRUCT(0, 0, 0)) &&
          capnp_error(&message) == ERR_OK);
    CHECK(far_is_lie(DOUBLE_FAR(1, 0), FAR(2, 0), STRUCT(0, 1, 0)));
    CHECK(far_is_lie(DOUBLE_FAR(1, 0), FAR(1, 2), STRUCT(0, 1, 0)));
    CHECK(far_is_lie(DOUBLE_FAR(1, 0), STRUCT(0, 1, 0), STRUCT(0, 1, 0)));
    PASS;
}

/* A pad that is far again would have no end. */
TEST(landing_pads_are_not_far)
{
    CHECK(far_is_lie(FAR(1, 0), FAR(1, 0), 0));
    CHECK(far_is_lie(FAR(1, 0), FAR(1, 1), STRUCT(0, 0, 0)));
    CHECK(far_is_lie(DOUBLE_FAR(1, 0), FAR(1, 0), FAR(1, 0)));
    PASS;
}

TEST(far_pointers_cost)
{
    const uint64_t words[] = {TABLE_2(2, 2), STRUCT(0, 0, 1), FAR(1, 0), STRUCT(0, 1, 0), 5};
    uint64_t budget;

    CHECK(OPEN_FRAMED(words) == ERR_OK);
    CHECK(message.budget == sizeof(words) / 8 * CAPNP_BUDGET + CAPNP_BUDGET_SMALL);
    budget = message.budget;
    capnp_get_struct(capnp_root(&message), 0);
    CHECK(message.budget == budget - 2);
    PASS;
}

TEST(builds_framed)
{
    uint64_t words[5];
    struct capnp_builder builder;

    capnp_build_framed(&builder, words, sizeof(words));
    capnp_set_u64(capnp_init_root(&builder, 1, 0), 0, 5);
    CHECK(capnp_built_framed_len(&builder) == 24);
    CHECK(words[0] == 2ull << 32 && words[1] == STRUCT(0, 1, 0) && words[2] == 5);
    CHECK(OPEN_FRAMED(words) == ERR_OK && used == 24);

    capnp_build_framed(&builder, words, 16);
    capnp_init_root(&builder, 1, 0);
    CHECK(capnp_built_framed_len(&builder) == 0);
    capnp_build_framed(&builder, words, 7);
    capnp_init_root(&builder, 0, 0);
    CHECK(capnp_built_framed_len(&builder) == 0);
    PASS;
}

int main(void)
{
    RUN(opens_one_segment);
    RUN(a_table_that_is_not_there_is_refused);
    RUN(an_empty_first_segment_is_refused);
    RUN(follows_far_pointers);
    RUN(follows_double_far_pointers);
    RUN(goes_on_in_the_other_segment);
    RUN(lists_go_on_in_the_other_segment);
    RUN(far_pointers_to_nowhere_are_lies);
    RUN(landing_pads_are_not_far);
    RUN(far_pointers_cost);
    RUN(builds_framed);
    TESTS_END;
}
