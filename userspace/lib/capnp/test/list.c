/*
 * Tests list.h, and what reader.c and bytes.c say about lists, text and data.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "words.h"

#include "kernel/test/check.h"

/* Any list as EXPECTED; MESSAGE is LIE's. */
#define AS(expected) capnp_get_list(capnp_root(&message), 0, expected)

TEST(reads_elements_of_each_size)
{
    const uint64_t words[] = {
        STRUCT(0, 0, 5),
        LIST(4, CAPNP_BIT, 3),
        LIST(4, CAPNP_BYTE, 2),
        LIST(4, CAPNP_TWO_BYTES, 2),
        LIST(4, CAPNP_FOUR_BYTES, 2),
        LIST(4, CAPNP_EIGHT_BYTES, 2),
        5,
        0x2211,
        0x44332211,
        0x8877665544332211,
        1,
        2,
    };
    struct capnp_message message;
    struct capnp_struct root;
    struct capnp_list list;

    OPEN(&message, words);
    root = capnp_root(&message);
    list = capnp_get_list(root, 0, CAPNP_BIT);
    CHECK(capnp_list_len(list) == 3 && capnp_list_bool(list, 0) && !capnp_list_bool(list, 1));
    CHECK(capnp_list_bool(list, 2) && !capnp_list_bool(list, 3));
    list = capnp_get_list(root, 1, CAPNP_BYTE);
    CHECK(capnp_list_u8(list, 0) == 0x11 && capnp_list_u8(list, 1) == 0x22);
    list = capnp_get_list(root, 2, CAPNP_TWO_BYTES);
    CHECK(capnp_list_u16(list, 0) == 0x2211 && capnp_list_u16(list, 1) == 0x4433);
    list = capnp_get_list(root, 3, CAPNP_FOUR_BYTES);
    CHECK(capnp_list_u32(list, 0) == 0x44332211 && capnp_list_u32(list, 1) == 0x88776655);
    list = capnp_get_list(root, 4, CAPNP_EIGHT_BYTES);
    CHECK(capnp_list_u64(list, 0) == 1 && capnp_list_u64(list, 1) == 2);
    CHECK(capnp_list_u64(list, 2) == 0 && capnp_list_u64(list, UINT32_MAX) == 0);
    CHECK(capnp_error(&message) == ERR_OK);
    PASS;
}

TEST(reads_lists_of_pointers)
{
    const uint64_t words[] = {
        STRUCT(0, 0, 1), LIST(0, CAPNP_POINTER, 3),     LIST(2, CAPNP_BYTE, 3),
        CAP(5),          LIST(1, CAPNP_EIGHT_BYTES, 1), letters("ok"),
        0x123456789,
    };
    struct capnp_message message;
    struct capnp_list list;

    OPEN(&message, words);
    list = AS(CAPNP_POINTER);
    CHECK(capnp_list_len(list) == 3);
    CHECK_STRING(capnp_list_text(list, 0).at, "ok");
    CHECK(capnp_list_data(list, 0).len == 3);
    CHECK(capnp_list_cap(list, 1) == 5);
    CHECK(capnp_list_u64(capnp_list_list(list, 2, CAPNP_EIGHT_BYTES), 0) == 0x123456789);
    CHECK(capnp_pointer_is_null(capnp_list_pointer(list, 3)));
    CHECK(capnp_list_cap(list, 3) == CAPNP_NO_CAP);
    CHECK(capnp_error(&message) == ERR_OK);
    PASS;
}

TEST(reads_lists_of_structs)
{
    const uint64_t words[] = {
        STRUCT(0, 0, 1), LIST(0, CAPNP_COMPOSITE, 4), STRUCT(2, 1, 1), 11, 0, 22, CAP(3)};
    struct capnp_message message;
    struct capnp_list list;

    OPEN(&message, words);
    list = AS(CAPNP_COMPOSITE);
    CHECK(capnp_list_len(list) == 2);
    CHECK(capnp_u64(capnp_list_struct(list, 0), 0) == 11);
    CHECK(capnp_u64(capnp_list_struct(list, 1), 0) == 22);
    CHECK(capnp_get_cap(capnp_list_struct(list, 1), 0) == 3);
    CHECK(capnp_list_struct(list, 2).n_pointers == 0);
    CHECK(capnp_error(&message) == ERR_OK);
    PASS;
}

/* List(T) became a list of structs whose first field is a T, and a reader knows only List(T). */
TEST(structs_read_as_their_first_field)
{
    const uint64_t words[] = {
        STRUCT(0, 0, 1), LIST(0, CAPNP_COMPOSITE, 4), STRUCT(2, 1, 1), 0x1111222233334444,
        CAP(1),          0x5555666677778888,          CAP(2)};
    struct capnp_message message;

    OPEN(&message, words);
    CHECK(capnp_list_u64(AS(CAPNP_EIGHT_BYTES), 1) == 0x5555666677778888);
    CHECK(capnp_list_u32(AS(CAPNP_FOUR_BYTES), 1) == 0x77778888);
    CHECK(capnp_list_u16(AS(CAPNP_TWO_BYTES), 0) == 0x4444);
    CHECK(capnp_list_u8(AS(CAPNP_BYTE), 1) == 0x88);
    CHECK(capnp_list_cap(AS(CAPNP_POINTER), 1) == 2);
    CHECK(capnp_list_len(AS(CAPNP_VOID)) == 2);
    CHECK(capnp_error(&message) == ERR_OK);
    CHECK(LIE(words, AS(CAPNP_BIT)));
    PASS;
}

/* The other way around: the sender is the old one. */
TEST(elements_read_as_structs)
{
    const uint64_t bytes[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_BYTE, 2), 0x2211};
    const uint64_t pointers[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_POINTER, 2), CAP(1), CAP(2)};
    const uint64_t nothings[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_VOID, 2)};
    const uint64_t bits[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_BIT, 2), 3};
    struct capnp_message message;
    struct capnp_struct second;

    OPEN(&message, bytes);
    second = capnp_list_struct(AS(CAPNP_COMPOSITE), 1);
    CHECK(capnp_u8(second, 0) == 0x22 && capnp_u8(second, 1) == 0 && capnp_u16(second, 0) == 0);
    CHECK(!capnp_has(second, 0));
    OPEN(&message, pointers);
    second = capnp_list_struct(AS(CAPNP_COMPOSITE), 1);
    CHECK(capnp_get_cap(second, 0) == 2 && capnp_u8(second, 0) == 0);
    OPEN(&message, nothings);
    CHECK(capnp_list_len(AS(CAPNP_COMPOSITE)) == 2);
    CHECK(capnp_u8(capnp_list_struct(AS(CAPNP_COMPOSITE), 1), 0) == 0);
    CHECK(capnp_error(&message) == ERR_OK);
    CHECK(LIE(bits, AS(CAPNP_COMPOSITE)));
    PASS;
}

TEST(larger_elements_read_as_smaller_ones)
{
    const uint64_t words[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_FOUR_BYTES, 2), 0x2222222211111111};
    struct capnp_message message;

    OPEN(&message, words);
    CHECK(capnp_list_u16(AS(CAPNP_TWO_BYTES), 1) == 0x2222);
    CHECK(capnp_error(&message) == ERR_OK);
    CHECK(LIE(words, AS(CAPNP_EIGHT_BYTES)));
    CHECK(LIE(words, AS(CAPNP_POINTER)));
    CHECK(LIE(words, AS(CAPNP_BIT)));
    PASS;
}

/* A list of no structs says nothing about them: its canonical form has structs of no size. */
TEST(empty_lists_are_of_anything)
{
    const uint64_t words[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_COMPOSITE, 0), STRUCT(0, 0, 0)};
    struct capnp_message message;

    OPEN(&message, words);
    CHECK(capnp_list_len(AS(CAPNP_EIGHT_BYTES)) == 0);
    CHECK(capnp_list_len(AS(CAPNP_POINTER)) == 0);
    CHECK(capnp_list_len(AS(CAPNP_BIT)) == 0);
    CHECK(capnp_error(&message) == ERR_OK);
    PASS;
}

TEST(only_bits_read_as_bits)
{
    const uint64_t bytes[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_BYTE, 8), UINT64_MAX};
    const uint64_t nothings[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_VOID, 20)};
    struct capnp_message message;

    OPEN(&message, bytes);
    CHECK(!capnp_list_bool(AS(CAPNP_BYTE), 1));
    OPEN(&message, nothings);
    CHECK(!capnp_list_bool(AS(CAPNP_VOID), 19));
    CHECK(capnp_error(&message) == ERR_OK);
    PASS;
}

TEST(lists_are_as_long_as_they_say)
{
    const uint64_t words[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_VOID, CAPNP_COUNT_MAX)};
    struct capnp_message message;

    OPEN(&message, words);
    capnp_trust(&message);
    CHECK(capnp_list_len(AS(CAPNP_VOID)) == CAPNP_COUNT_MAX);
    PASS;
}

TEST(lists_as_they_are_encoded)
{
    const uint64_t words[] = {STRUCT(0, 0, 2), LIST(1, CAPNP_FOUR_BYTES, 2), CAP(0), 0};
    struct capnp_message message;
    struct capnp_list list;

    OPEN(&message, words);
    list = capnp_pointer_any_list(FIRST(&message));
    CHECK(list.size == CAPNP_FOUR_BYTES && list.n == 2 && list.step == 4);
    CHECK(capnp_pointer_kind(FIRST(&message)) == CAPNP_KIND_LIST);
    CHECK(capnp_error(&message) == ERR_OK);
    CHECK(LIE(words, capnp_get_list(capnp_root(&message), 1, CAPNP_BYTE)));
    PASS;
}

TEST(lists_outside_are_lies)
{
    const uint64_t longer[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_BYTE, 9), 0};
    const uint64_t bits[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_BIT, 65), 0};
    const uint64_t longest[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_EIGHT_BYTES, 0x1fffffff), 0};
    const uint64_t no_tag[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_COMPOSITE, 0)};
    const uint64_t bad_tag[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_COMPOSITE, 1), LIST(1, 0, 0), 0};
    const uint64_t too_many[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_COMPOSITE, 1), STRUCT(2, 1, 0), 0};

    CHECK(LIE(longer, AS(CAPNP_BYTE)));
    CHECK(LIE(bits, AS(CAPNP_BIT)));
    CHECK(LIE(longest, AS(CAPNP_EIGHT_BYTES)));
    CHECK(LIE(no_tag, AS(CAPNP_COMPOSITE)));
    CHECK(LIE(bad_tag, AS(CAPNP_COMPOSITE)));
    CHECK(LIE(too_many, AS(CAPNP_COMPOSITE)));
    PASS;
}

TEST(reads_text_and_data)
{
    const uint64_t words[] = {STRUCT(0, 0, 2), LIST(1, CAPNP_BYTE, 4), LIST(1, CAPNP_BYTE, 1),
                              letters("a\0b"), 0};
    struct capnp_message message;
    struct capnp_struct root;

    OPEN(&message, words);
    root = capnp_root(&message);
    CHECK(capnp_get_text(root, 0).len == 3);
    CHECK(memcmp(capnp_get_text(root, 0).at, "a\0", 3) == 0);
    CHECK(capnp_get_data(root, 0).len == 4);
    CHECK(capnp_get_text(root, 1).len == 0);
    CHECK(capnp_error(&message) == ERR_OK);
    PASS;
}

TEST(text_of_other_things_is_a_lie)
{
    const uint64_t open[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_BYTE, 2), letters("abc")};
    const uint64_t wide[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_TWO_BYTES, 2), 0};
    const uint64_t nothing[] = {STRUCT(0, 0, 1), STRUCT(-1, 0, 0)};

    CHECK(LIE(open, capnp_get_text(capnp_root(&message), 0)));
    CHECK(LIE(wide, capnp_get_text(capnp_root(&message), 0)));
    CHECK(LIE(wide, capnp_get_data(capnp_root(&message), 0)));
    CHECK(LIE(nothing, capnp_get_data(capnp_root(&message), 0)));
    PASS;
}

int main(void)
{
    RUN(reads_elements_of_each_size);
    RUN(reads_lists_of_pointers);
    RUN(reads_lists_of_structs);
    RUN(structs_read_as_their_first_field);
    RUN(elements_read_as_structs);
    RUN(larger_elements_read_as_smaller_ones);
    RUN(empty_lists_are_of_anything);
    RUN(only_bits_read_as_bits);
    RUN(lists_are_as_long_as_they_say);
    RUN(lists_as_they_are_encoded);
    RUN(lists_outside_are_lies);
    RUN(reads_text_and_data);
    RUN(text_of_other_things_is_a_lie);
    TESTS_END;
}
