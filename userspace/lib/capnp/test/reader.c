/*
 * Tests reader.c: structs, lists and capabilities of messages written by hand.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "words.h"

#include "kernel/test/check.h"

TEST(reads_scalars)
{
    const uint64_t words[] = {STRUCT(0, 2, 0), 0x8877665544332211, 0x80};
    struct capnp_message message;
    struct capnp_struct root;

    OPEN(&message, words);
    root = capnp_root(&message);
    CHECK(capnp_u64(root, 0) == 0x8877665544332211);
    CHECK(capnp_u32(root, 4) == 0x88776655);
    CHECK(capnp_u16(root, 2) == 0x4433);
    CHECK(capnp_u8(root, 7) == 0x88);
    CHECK(capnp_bool(root, 0) && !capnp_bool(root, 1) && capnp_bool(root, 71));
    CHECK(capnp_error(&message) == ERR_OK);
    PASS;
}

/* A sender with an older schema knows less fields. */
TEST(fields_behind_the_data_are_zero)
{
    const uint64_t words[] = {STRUCT(0, 1, 0), UINT64_MAX};
    struct capnp_message message;
    struct capnp_struct root;

    OPEN(&message, words);
    root = capnp_root(&message);
    CHECK(capnp_u64(root, 8) == 0 && capnp_u64(root, UINT32_MAX - 7) == 0);
    CHECK(capnp_u32(root, 8) == 0 && capnp_u16(root, 8) == 0 && capnp_u8(root, 8) == 0);
    CHECK(!capnp_bool(root, 64));
    CHECK(!capnp_has(root, 0) && capnp_get_cap(root, 0) == CAPNP_NO_CAP);
    CHECK(capnp_get_text(root, 0).len == 0 && *capnp_get_text(root, 0).at == 0);
    CHECK(capnp_get_data(root, 7).len == 0 && capnp_get_data(root, 7).at);
    CHECK(capnp_list_len(capnp_get_list(root, 0, CAPNP_BYTE)) == 0);
    CHECK(capnp_error(&message) == ERR_OK);
    PASS;
}

TEST(an_empty_message_is_all_defaults)
{
    struct capnp_message message;

    capnp_open(&message, NULL, 0);
    CHECK(capnp_u64(capnp_root(&message), 0) == 0);
    CHECK(capnp_pointer_kind(capnp_root_pointer(&message)) == CAPNP_KIND_NULL);
    CHECK(capnp_error(&message) == ERR_OK);
    PASS;
}

TEST(a_null_root_is_all_defaults)
{
    const uint64_t words[] = {0, 5};
    struct capnp_message message;

    OPEN(&message, words);
    CHECK(capnp_u64(capnp_root(&message), 0) == 0);
    CHECK(capnp_error(&message) == ERR_OK);
    PASS;
}

TEST(half_a_word_is_no_message)
{
    const uint64_t words[] = {STRUCT(0, 1, 0), 5};
    struct capnp_message message;

    capnp_open(&message, words, 12);
    CHECK(capnp_error(&message) == ERR_BAD_MESSAGE);
    CHECK(capnp_u64(capnp_root(&message), 0) == 0);
    PASS;
}

TEST(a_root_elsewhere_is_found)
{
    const uint64_t words[] = {STRUCT(1, 1, 0), 0, 7};
    struct capnp_message message;

    OPEN(&message, words);
    CHECK(capnp_u64(capnp_root(&message), 0) == 7);
    CHECK(capnp_error(&message) == ERR_OK);
    PASS;
}

TEST(structs_may_lie_before_their_pointer)
{
    const uint64_t words[] = {STRUCT(1, 0, 1), 9, STRUCT(-2, 1, 0)};
    struct capnp_message message;

    OPEN(&message, words);
    CHECK(capnp_u64(capnp_get_struct(capnp_root(&message), 0), 0) == 9);
    CHECK(capnp_error(&message) == ERR_OK);
    PASS;
}

TEST(structs_outside_are_lies)
{
    const uint64_t behind[] = {STRUCT(0, 0, 1), STRUCT(0, 1, 0)};
    const uint64_t before[] = {STRUCT(0, 0, 1), STRUCT(-3, 1, 0)};
    const uint64_t alone[] = {STRUCT(0, 1, 0)};
    const uint64_t largest[] = {STRUCT(0, 0xffff, 0xffff), 0};
    const uint64_t farthest[] = {STRUCT(0x1fffffff, 0, 0), 0};
    const uint64_t lowest[] = {STRUCT(-0x20000000, 0, 0), 0};
    const uint64_t list[] = {LIST(0, CAPNP_BYTE, 1), 0};

    CHECK(LIE(behind, capnp_get_struct(capnp_root(&message), 0)));
    CHECK(LIE(before, capnp_get_struct(capnp_root(&message), 0)));
    CHECK(LIE(alone, capnp_root(&message)));
    CHECK(LIE(largest, capnp_root(&message)));
    CHECK(LIE(farthest, capnp_root(&message)));
    CHECK(LIE(lowest, capnp_root(&message)));
    CHECK(LIE(list, capnp_root(&message)));
    PASS;
}

/* The offset of an empty struct is -1, so that its pointer is not null. */
TEST(empty_structs_are_there)
{
    const uint64_t words[] = {STRUCT(0, 0, 2), STRUCT(-1, 0, 0), 0};
    struct capnp_message message;
    struct capnp_struct root;

    OPEN(&message, words);
    root = capnp_root(&message);
    CHECK(capnp_has(root, 0) && !capnp_has(root, 1));
    CHECK(capnp_pointer_kind(capnp_get_pointer(root, 0)) == CAPNP_KIND_STRUCT);
    CHECK(capnp_get_struct(root, 0).data_len == 0);
    CHECK(capnp_error(&message) == ERR_OK);
    PASS;
}

TEST(reads_capabilities)
{
    const uint64_t words[] = {STRUCT(0, 0, 3), CAP(0), CAP(7), 0};
    const uint64_t reserved[] = {STRUCT(0, 0, 1), CAP(7) | 4};
    const uint64_t other[] = {STRUCT(0, 0, 1), STRUCT(-1, 0, 0)};
    struct capnp_message message;
    struct capnp_struct root;

    OPEN(&message, words);
    root = capnp_root(&message);
    CHECK(capnp_get_cap(root, 0) == 0 && capnp_get_cap(root, 1) == 7);
    CHECK(capnp_get_cap(root, 2) == CAPNP_NO_CAP);
    CHECK(capnp_pointer_kind(capnp_get_pointer(root, 1)) == CAPNP_KIND_CAP);
    CHECK(capnp_error(&message) == ERR_OK);
    CHECK(LIE(reserved, capnp_get_cap(capnp_root(&message), 0)));
    CHECK(LIE(reserved, capnp_pointer_kind(FIRST(&message))));
    CHECK(LIE(other, capnp_get_cap(capnp_root(&message), 0)));
    CHECK(LIE(words, capnp_get_struct(capnp_root(&message), 0)));
    PASS;
}

/* What generated code has for fields that are null, and for constants. */
TEST(constants_stand_in_for_null)
{
    static const uint64_t constant[] = {STRUCT(0, 1, 1), 5, LIST(0, CAPNP_BYTE, 3), 0x6968};
    const uint64_t words[] = {STRUCT(0, 0, 2), 0, STRUCT(0, 1, 0), 9};
    struct capnp_message message;
    struct capnp_struct root, got;

    OPEN(&message, words);
    root = capnp_root(&message);
    got = capnp_pointer_struct(capnp_or(capnp_get_pointer(root, 0), constant));
    CHECK(capnp_u64(got, 0) == 5);
    CHECK_STRING(capnp_get_text(got, 0).at, "hi");
    got = capnp_pointer_struct(capnp_or(capnp_get_pointer(root, 1), constant));
    CHECK(capnp_u64(got, 0) == 9);
    got = capnp_pointer_struct(capnp_or(capnp_get_pointer(root, 2), constant));
    CHECK(capnp_u64(got, 0) == 5);
    CHECK(capnp_pointer_text(capnp_constant(constant)).len == 0);
    CHECK(capnp_error(&message) == ERR_OK);
    PASS;
}

/* A message whose pointer 0 leads to its own struct, so it can be followed without end. */
TEST(the_budget_ends)
{
    const uint64_t words[] = {STRUCT(0, 1, 1), 5, STRUCT(-2, 1, 1)};
    const unsigned budget = 3 * CAPNP_BUDGET + CAPNP_BUDGET_SMALL;
    struct capnp_message message;
    struct capnp_struct root;

    OPEN(&message, words);
    root = capnp_root(&message);
    for (unsigned i = 0; i < budget / 2; i++)
        CHECK(capnp_u64(capnp_get_struct(root, 0), 0) == 5);
    CHECK(capnp_error(&message) == ERR_OK);
    CHECK(capnp_u64(capnp_get_struct(root, 0), 0) == 0);
    CHECK(capnp_error(&message) == ERR_BAD_MESSAGE);

    OPEN(&message, words);
    capnp_trust(&message);
    for (unsigned i = 0; i < budget; i++)
        CHECK(capnp_u64(capnp_get_struct(capnp_root(&message), 0), 0) == 5);
    CHECK(capnp_error(&message) == ERR_OK);
    PASS;
}

TEST(what_takes_no_words_costs_one)
{
    const uint64_t words[] = {STRUCT(0, 0, 1), STRUCT(-1, 0, 0)};
    struct capnp_message message;

    OPEN(&message, words);
    for (unsigned i = 0; i < 2 * CAPNP_BUDGET + CAPNP_BUDGET_SMALL; i++)
        capnp_get_struct(capnp_root(&message), 0);
    CHECK(capnp_error(&message) == ERR_OK);
    capnp_get_struct(capnp_root(&message), 0);
    CHECK(capnp_error(&message) == ERR_BAD_MESSAGE);
    PASS;
}

TEST(the_depth_ends)
{
    const uint64_t words[] = {STRUCT(0, 0, 1), STRUCT(-1, 0, 1)};
    struct capnp_message message;
    struct capnp_struct at;

    OPEN(&message, words);
    at = capnp_root(&message);
    for (int i = 1; i < CAPNP_DEPTH; i++) {
        at = capnp_get_struct(at, 0);
        CHECK(at.n_pointers == 1);
    }
    CHECK(capnp_error(&message) == ERR_OK);
    CHECK(capnp_get_struct(at, 0).n_pointers == 0);
    CHECK(capnp_error(&message) == ERR_BAD_MESSAGE);
    PASS;
}

/* Who reads on after a lie gets what is true, and hears of it in the end. */
TEST(the_first_error_stays)
{
    const uint64_t words[] = {STRUCT(0, 1, 2), 3, STRUCT(9, 1, 0), STRUCT(0, 1, 0), 4};
    struct capnp_message message;
    struct capnp_struct root;

    OPEN(&message, words);
    root = capnp_root(&message);
    CHECK(capnp_u64(capnp_get_struct(root, 0), 0) == 0);
    CHECK(capnp_u64(capnp_get_struct(root, 1), 0) == 4);
    CHECK(capnp_u64(root, 0) == 3);
    CHECK(capnp_error(&message) == ERR_BAD_MESSAGE);
    capnp_note(&message, ERR_NO_ROOM);
    CHECK(capnp_error(&message) == ERR_BAD_MESSAGE);
    PASS;
}

int main(void)
{
    RUN(reads_scalars);
    RUN(fields_behind_the_data_are_zero);
    RUN(an_empty_message_is_all_defaults);
    RUN(a_null_root_is_all_defaults);
    RUN(half_a_word_is_no_message);
    RUN(a_root_elsewhere_is_found);
    RUN(structs_may_lie_before_their_pointer);
    RUN(structs_outside_are_lies);
    RUN(empty_structs_are_there);
    RUN(reads_capabilities);
    RUN(constants_stand_in_for_null);
    RUN(the_budget_ends);
    RUN(what_takes_no_words_costs_one);
    RUN(the_depth_ends);
    RUN(the_first_error_stays);
    TESTS_END;
}
