/*
 * Tests builder.h and builder.c to the word.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "words.h"

#include "kernel/test/check.h"

/* Memory of the caller is not zero before. */
static uint64_t words[32];
static struct capnp_builder builder;

static void start(size_t n_words)
{
    memset(words, 0xee, sizeof(words));
    capnp_build(&builder, words, n_words * 8);
}

#define BUILT(expected)                               \
    (capnp_built_len(&builder) == sizeof(expected) && \
     memcmp(words, expected, sizeof(expected)) == 0)

TEST(builds_scalars)
{
    const uint64_t expected[] = {STRUCT(0, 2, 0), 0x8877665544332211, 0x801};
    struct capnp_struct_builder root;

    start(3);
    root = capnp_init_root(&builder, 2, 0);
    capnp_set_u8(root, 0, 0x11);
    capnp_set_u8(root, 1, 0x22);
    capnp_set_u16(root, 2, 0x4433);
    capnp_set_u32(root, 4, 0x88776655);
    capnp_set_bool(root, 64, true);
    capnp_set_bool(root, 65, true);
    capnp_set_bool(root, 65, false);
    capnp_set_bool(root, 75, true);
    CHECK(BUILT(expected));
    capnp_set_u64(root, 0, 5);
    CHECK(words[1] == 5);
    PASS;
}

TEST(builds_empty_structs)
{
    const uint64_t alone[] = {STRUCT(-1, 0, 0)};
    const uint64_t within[] = {STRUCT(0, 0, 2), 0, STRUCT(-1, 0, 0)};

    start(1);
    capnp_init_root(&builder, 0, 0);
    CHECK(BUILT(alone));
    start(3);
    capnp_init_struct(capnp_init_root(&builder, 0, 2), 1, 0, 0);
    CHECK(BUILT(within));
    PASS;
}

TEST(builds_text_data_and_capabilities)
{
    const uint64_t expected[] = {
        STRUCT(0, 0, 5),
        LIST(4, CAPNP_BYTE, 3),
        LIST(4, CAPNP_BYTE, 1),
        LIST(4, CAPNP_BYTE, 9),
        CAP(6),
        0,
        letters("ok"),
        0,
        letters("12345678"),
        letters("9"),
    };
    struct capnp_struct_builder root;

    start(10);
    root = capnp_init_root(&builder, 0, 5);
    capnp_set_text(root, 0, capnp_text("ok"));
    capnp_set_text(root, 1, capnp_text_n(NULL, 0));
    capnp_set_data(root, 2, capnp_data("123456789", 9));
    capnp_set_cap(root, 3, 6);
    capnp_set_cap(root, 4, CAPNP_NO_CAP);
    CHECK(BUILT(expected));
    PASS;
}

TEST(data_can_be_filled_later)
{
    const uint64_t expected[] = {STRUCT(0, 0, 2), LIST(1, CAPNP_BYTE, 2), LIST(1, CAPNP_BYTE, 0),
                                 letters("hi")};
    struct capnp_struct_builder root;
    uint8_t *data;

    start(4);
    root = capnp_init_root(&builder, 0, 2);
    data = capnp_init_data(root, 0, 2);
    CHECK(data && data[0] == 0 && data[1] == 0);
    memcpy(data, "hi", 2);
    CHECK(capnp_init_data(root, 1, 0));
    CHECK(BUILT(expected));
    PASS;
}

TEST(objects_begin_as_zeros)
{
    struct capnp_struct_builder root;
    uint8_t *data;

    start(32);
    root = capnp_init_root(&builder, 2, 2);
    CHECK(words[1] == 0 && words[2] == 0 && words[3] == 0 && words[4] == 0);
    data = capnp_init_data(root, 0, 100);
    for (int i = 0; i < 104; i++)
        CHECK(data[i] == 0);
    capnp_init_struct(root, 1, 2, 1);
    CHECK(builder.used == 21 && words[18] == 0 && words[19] == 0 && words[20] == 0);
    CHECK(words[21] == 0xeeeeeeeeeeeeeeee);
    PASS;
}

TEST(builds_lists_of_each_size)
{
    const uint64_t expected[] = {
        STRUCT(0, 0, 6),
        LIST(5, CAPNP_VOID, 3),
        LIST(4, CAPNP_BIT, 65),
        LIST(5, CAPNP_BYTE, 2),
        LIST(5, CAPNP_TWO_BYTES, 2),
        LIST(5, CAPNP_FOUR_BYTES, 2),
        LIST(5, CAPNP_EIGHT_BYTES, 1),
        2,
        1,
        0x2200,
        0x22220000,
        0x2222222200000000,
        7,
    };
    struct capnp_struct_builder root;
    struct capnp_list_builder bits;

    start(13);
    root = capnp_init_root(&builder, 0, 6);
    capnp_init_list(root, 0, CAPNP_VOID, 3);
    bits = capnp_init_list(root, 1, CAPNP_BIT, 65);
    capnp_list_set_bool(bits, 0, true);
    capnp_list_set_bool(bits, 0, false);
    capnp_list_set_bool(bits, 1, true);
    capnp_list_set_bool(bits, 64, true);
    capnp_list_set_u8(capnp_init_list(root, 2, CAPNP_BYTE, 2), 1, 0x22);
    capnp_list_set_u16(capnp_init_list(root, 3, CAPNP_TWO_BYTES, 2), 1, 0x2222);
    capnp_list_set_u32(capnp_init_list(root, 4, CAPNP_FOUR_BYTES, 2), 1, 0x22222222);
    capnp_list_set_u64(capnp_init_list(root, 5, CAPNP_EIGHT_BYTES, 1), 0, 7);
    CHECK(BUILT(expected));
    PASS;
}

TEST(builds_lists_of_pointers_and_structs)
{
    const uint64_t expected[] = {
        STRUCT(0, 0, 1),
        LIST(0, CAPNP_POINTER, 5),
        LIST(4, CAPNP_BYTE, 2),
        LIST(4, CAPNP_BYTE, 1),
        CAP(9),
        LIST(3, CAPNP_TWO_BYTES, 1),
        LIST(3, CAPNP_COMPOSITE, 4),
        letters("a"),
        letters("b"),
        3,
        STRUCT(2, 1, 1),
        0,
        0,
        8,
        STRUCT(0, 1, 0),
        9,
    };
    struct capnp_list_builder list, structs;
    struct capnp_struct_builder second;

    start(16);
    list = capnp_init_list(capnp_init_root(&builder, 0, 1), 0, CAPNP_POINTER, 5);
    capnp_list_set_text(list, 0, capnp_text("a"));
    capnp_list_set_data(list, 1, capnp_data("b", 1));
    capnp_list_set_cap(list, 2, 9);
    capnp_list_set_u16(capnp_list_init_list(list, 3, CAPNP_TWO_BYTES, 1), 0, 3);
    structs = capnp_list_init_struct_list(list, 4, 2, 1, 1);
    second = capnp_struct_of(structs, 1);
    capnp_set_u64(second, 0, 8);
    capnp_set_u64(capnp_init_struct(second, 0, 1, 0), 0, 9);
    CHECK(BUILT(expected));
    PASS;
}

/* At each length that is too short by something, nothing behind it is touched, and it is said. */
TEST(what_does_not_fit_is_left_out)
{
    for (size_t n = 0; n <= 11; n++) {
        struct capnp_struct_builder root, inner;
        struct capnp_list_builder list;
        uint8_t *data;

        start(n);
        root = capnp_init_root(&builder, 1, 3);
        capnp_set_u64(root, 0, 1);
        capnp_set_text(root, 0, capnp_text("text"));
        inner = capnp_init_struct(root, 1, 1, 1);
        capnp_set_u64(inner, 0, 2);
        data = capnp_init_data(inner, 0, 8);
        CHECK(n < 9 ? !data : data != NULL);
        list = capnp_init_struct_list(root, 2, 1, 1, 0);
        capnp_set_u64(capnp_struct_of(list, 0), 0, 3);
        CHECK(builder.full == (n < 11));
        CHECK(capnp_built_len(&builder) == (n < 11 ? 0 : 88));
        CHECK(words[n] == 0xeeeeeeeeeeeeeeee);
    }
    PASS;
}

/* In a message with a root of one word and a list of two bytes, STATEMENT does not fit. */
#define REFUSED(statement)                          \
    start(16);                                      \
    root = capnp_init_root(&builder, 1, 1);         \
    list = capnp_init_list(root, 0, CAPNP_BYTE, 2); \
    CHECK(!builder.full && list.n == 2);            \
    statement;                                      \
    CHECK(builder.full)

TEST(what_is_not_there_cannot_be_set)
{
    struct capnp_struct_builder root;
    struct capnp_list_builder list;
    struct capnp_pointer_builder nowhere;

    REFUSED(capnp_set_u64(root, 8, 1));
    REFUSED(capnp_set_u32(root, UINT32_MAX - 3, 1));
    REFUSED(capnp_set_u16(root, 8, 1));
    REFUSED(capnp_set_u8(root, 8, 1));
    REFUSED(capnp_set_bool(root, 64, true));
    REFUSED(capnp_set_text(root, 1, capnp_text("")));
    REFUSED(capnp_set_cap(root, 1, 0));
    REFUSED(nowhere = capnp_pointer_of(root, 1));
    REFUSED(capnp_list_set_u8(list, 2, 1));
    REFUSED(capnp_list_set_u16(list, 0, 1));
    REFUSED(capnp_list_set_bool(list, 0, true));
    REFUSED(capnp_struct_of(list, 0));
    REFUSED(nowhere = capnp_list_pointer_of(list, 0));
    REFUSED(capnp_init_root(&builder, 1, 0));
    REFUSED(nowhere = capnp_root_builder(&builder));
    CHECK(nowhere.at == UINT32_MAX);
    CHECK(words[3] == 0);
    PASS;
}

TEST(lists_longer_than_a_pointer_can_say_do_not_fit)
{
    struct capnp_struct_builder root;
    struct capnp_list_builder list;

    REFUSED(capnp_init_list(root, 0, CAPNP_VOID, CAPNP_COUNT_MAX + 1));
    REFUSED(capnp_init_list(root, 0, CAPNP_EIGHT_BYTES, UINT32_MAX));
    REFUSED(capnp_init_struct_list(root, 0, CAPNP_COUNT_MAX + 1, 0, 0));
    REFUSED(capnp_init_struct_list(root, 0, CAPNP_COUNT_MAX, 0xffff, 0xffff));
    REFUSED(capnp_set_text(root, 0, capnp_text_n("", UINT32_MAX)));
    REFUSED(capnp_set_data(root, 0, capnp_data("", UINT32_MAX)));
    start(16);
    root = capnp_init_root(&builder, 0, 2);
    capnp_init_list(root, 0, CAPNP_VOID, CAPNP_COUNT_MAX);
    capnp_init_struct_list(root, 1, CAPNP_COUNT_MAX, 0, 0);
    CHECK(!builder.full && builder.used == 4);
    CHECK(words[1] == LIST(1, CAPNP_VOID, CAPNP_COUNT_MAX));
    CHECK(words[3] == STRUCT(CAPNP_COUNT_MAX, 0, 0));
    PASS;
}

/* Somebody else writes to the memory between any two calls: nothing is written outside. */
TEST(who_scribbles_spoils_only_the_message)
{
    for (int byte = 0; byte < 256; byte += 51) {
        struct capnp_struct_builder root, inner;
        struct capnp_list_builder list;

        start(12);
#define SCRIBBLE memset(words, byte, 12 * 8)
        root = capnp_init_root(&builder, 1, 2);
        SCRIBBLE;
        inner = capnp_init_struct(root, 0, 1, 1);
        SCRIBBLE;
        capnp_set_bool(root, 3, true);
        list = capnp_init_struct_list(root, 1, 1, 1, 1);
        SCRIBBLE;
        capnp_set_u64(inner, 0, 2);
        capnp_set_text(inner, 0, capnp_text("text"));
        SCRIBBLE;
        capnp_set_text(capnp_struct_of(list, 0), 0, capnp_text("text"));
        CHECK(capnp_built_len(&builder) == 11 * 8);
        CHECK(words[12] == 0xeeeeeeeeeeeeeeee);
        CHECK(words[8] == LIST(1, CAPNP_BYTE, 5) && words[10] == letters("text"));
    }
    PASS;
}

TEST(what_is_built_can_be_read)
{
    struct capnp_message message;

    start(3);
    capnp_set_u64(capnp_init_root(&builder, 1, 0), 0, 5);
    capnp_as_reader(&builder, &message);
    CHECK(capnp_u64(capnp_root(&message), 0) == 5 && capnp_error(&message) == ERR_OK);
    start(1);
    capnp_init_root(&builder, 1, 0);
    capnp_as_reader(&builder, &message);
    CHECK(capnp_u64(capnp_root(&message), 0) == 0 && capnp_error(&message) == ERR_NO_ROOM);
    PASS;
}

int main(void)
{
    RUN(builds_scalars);
    RUN(builds_empty_structs);
    RUN(builds_text_data_and_capabilities);
    RUN(data_can_be_filled_later);
    RUN(objects_begin_as_zeros);
    RUN(builds_lists_of_each_size);
    RUN(builds_lists_of_pointers_and_structs);
    RUN(what_does_not_fit_is_left_out);
    RUN(what_is_not_there_cannot_be_set);
    RUN(lists_longer_than_a_pointer_can_say_do_not_fit);
    RUN(who_scribbles_spoils_only_the_message);
    RUN(what_is_built_can_be_read);
    TESTS_END;
}
