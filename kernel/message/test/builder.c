/*
 * Tests message/builder.c: it writes what capnp writes, and nothing where there is no room.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "message/builder.h"

#include "message/reader.h"
#include "message/test/sample.h"
#include "test/check.h"

#define N_WORDS (sizeof(sample_words) / 8)

/* The target, full of old bytes, and words behind it that nobody may touch. */
static uint64_t target[N_WORDS + 8];
static struct builder builder;

static void start(size_t n_words)
{
    memset(target, 0xa5, sizeof(target));
    builder = builder_in(target, n_words * 8);
}

static struct bytes bytes_of(const char *string)
{
    return (struct bytes){(const uint8_t *)string, strlen(string)};
}

static void build_inner(struct builder_struct inner, uint32_t value, bool flag, const char *text)
{
    builder_u32(&inner, INNER_VALUE, value);
    builder_bool(&inner, INNER_FLAG, flag);
    if (text)
        builder_text(&inner, INNER_TEXT, bytes_of(text));
}

static void build_sample(void)
{
    struct builder_struct root = builder_root(&builder, SAMPLE_DATA_WORDS, SAMPLE_POINTERS);
    struct builder_list list;

    builder_u64(&root, SAMPLE_U64, 1234567890123456789);
    builder_u32(&root, SAMPLE_U32, 3000000000);
    builder_u16(&root, SAMPLE_U16, 50000);
    builder_u8(&root, SAMPLE_U8, 200);
    builder_bool(&root, SAMPLE_FIRST, true);
    builder_bool(&root, SAMPLE_SECOND, true);
    builder_bool(&root, SAMPLE_THIRD, true);
    builder_bool(&root, SAMPLE_SECOND, false);
    builder_text(&root, SAMPLE_TEXT, bytes_of("hello, world"));
    builder_data(&root, SAMPLE_DATA, (struct bytes){(const uint8_t *)"\0\1\377", 3});
    build_inner(builder_struct_at(&root, SAMPLE_INNER, 1, 1), 7, true, "inner");
    list = builder_list(&root, SAMPLE_LIST, 3, 1, 1);
    build_inner(builder_list_get(&list, 0), 1, false, "one");
    build_inner(builder_list_get(&list, 1), 2, true, "two");
    build_inner(builder_list_get(&list, 2), 0, false, NULL);
    builder_text(&root, SAMPLE_EMPTY_TEXT, bytes_of(""));
}

/* Whether nothing from word FROM on was touched. */
static bool untouched(size_t from)
{
    for (size_t i = from; i < sizeof(target) / 8; i++) {
        if (target[i] != 0xa5a5a5a5a5a5a5a5)
            return false;
    }
    return true;
}

TEST(it_writes_what_capnp_writes)
{
    uint32_t len;

    start(N_WORDS);
    build_sample();
    CHECK(builder_len(&builder, &len) == ERR_OK && len == sizeof(sample_words));
    CHECK(memcmp(target, sample_words, len) == 0 && untouched(N_WORDS));
    PASS;
}

TEST(what_does_not_fit_is_left_out)
{
    for (size_t n = 0; n < N_WORDS; n++) {
        uint32_t len = 1;

        start(n);
        build_sample();
        CHECK(builder_len(&builder, &len) == ERR_NO_ROOM && len == 0);
        CHECK(builder.used <= n && untouched(n));
    }
    PASS;
}

TEST(odd_lengths_are_rounded_down)
{
    start(0);
    builder = builder_in(target, 8 * N_WORDS - 1);
    CHECK(builder.n_words == N_WORDS - 1);
    builder = builder_in(target, 7);
    builder_root(&builder, 0, 0);
    CHECK(builder.full && untouched(0));
    PASS;
}

TEST(the_last_word_of_bytes_is_padded)
{
    static const uint8_t bytes[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

    for (size_t len = 0; len <= 16; len++) {
        start(6);

        struct builder_struct root = builder_root(&builder, 0, 2);

        builder_data(&root, 0, (struct bytes){bytes, len});
        CHECK(builder.used == 3 + (len + 7) / 8 && untouched(builder.used));
        for (size_t i = 0; i < (len + 7) / 8 * 8; i++)
            CHECK(((uint8_t *)&target[3])[i] == (i < len ? bytes[i] : 0));
        start(6);
        root = builder_root(&builder, 0, 2);
        builder_text(&root, 0, (struct bytes){bytes, len});
        CHECK(builder.used == 3 + (len + 8) / 8 && untouched(builder.used));
        for (size_t i = 0; i < (len + 8) / 8 * 8; i++)
            CHECK(((uint8_t *)&target[3])[i] == (i < len ? bytes[i] : 0));
    }
    PASS;
}

TEST(capabilities_are_built)
{
    struct message message;
    struct message_struct read;
    uint32_t len, index;

    start(3);

    struct builder_struct root = builder_root(&builder, 0, 2);

    builder_cap(&root, 1, 0xfffffffe);
    CHECK(builder_len(&builder, &len) == ERR_OK && len == 24);
    CHECK(message_root(&message, target, len, &read) == ERR_OK);
    CHECK(message_cap(&read, 0, &index) == ERR_NOT_FOUND);
    CHECK(message_cap(&read, 1, &index) == ERR_OK && index == 0xfffffffe);
    PASS;
}

TEST(empty_objects_are_not_null)
{
    struct message message;
    struct message_struct read, inner;
    struct message_list list;
    uint32_t len;

    start(5);

    struct builder_struct root = builder_root(&builder, 0, 3);

    builder_struct_at(&root, 0, 0, 0);
    builder_data(&root, 1, (struct bytes){NULL, 0});
    builder_list(&root, 2, 0, 1, 0);
    CHECK(builder_len(&builder, &len) == ERR_OK && len == 40);
    CHECK(target[1] == 0xfffffffc && target[2] != 0 && target[3] != 0);
    CHECK(message_root(&message, target, len, &read) == ERR_OK);
    CHECK(message_struct_at(&read, 0, &inner) == ERR_OK);
    CHECK(message_list(&read, 2, &list) == ERR_OK && list.n == 0);
    start(1);
    builder_root(&builder, 0, 0);
    CHECK(target[0] == 0xfffffffc && untouched(1));
    start(3);
    builder_root(&builder, 1, 1);
    CHECK(target[0] == 0x0001000100000000);
    PASS;
}

/* Mistakes of a caller: whatever it is, it shows, and touches nothing. */
TEST(fields_that_are_not_there_show)
{
    struct builder_struct root;
    struct builder_list list;

#define SHOWS(mistake)                           \
    do {                                         \
        start(8);                                \
        root = builder_root(&builder, 1, 1);     \
        list = builder_list(&root, 0, 1, 1, 0);  \
        CHECK(!builder.full);                    \
        mistake;                                 \
        CHECK(builder.full &&untouched(5));      \
        CHECK(target[1] == 0 && target[4] == 0); \
    } while (0)
    SHOWS(builder_u64(&root, 8, 1));
    SHOWS(builder_u64(&root, 4, 1));
    SHOWS(builder_u32(&root, 8, 1));
    SHOWS(builder_u16(&root, 8, 1));
    SHOWS(builder_u8(&root, 8, 1));
    SHOWS(builder_u8(&root, UINT32_MAX, 1));
    SHOWS(builder_bool(&root, 64, true));
    SHOWS(builder_text(&root, 1, bytes_of("x")));
    SHOWS(builder_data(&root, 1, bytes_of("x")));
    SHOWS(builder_cap(&root, 1, 1));
    SHOWS(builder_struct_at(&root, 1, 1, 1));
    SHOWS(builder_list(&root, 1, 1, 1, 1));
    SHOWS(builder_list_get(&list, 1));
#undef SHOWS
    PASS;
}

TEST(bools_keep_to_one_word)
{
    start(4);

    struct builder_struct root = builder_root(&builder, 2, 0);

    for (uint32_t bit = 64; bit < 128; bit += 9)
        builder_bool(&root, bit, true);
    CHECK(!builder.full && target[1] == 0 && target[2] == 0x8040201008040201);
    builder_bool(&root, 0, true);
    CHECK(builder.full && target[1] == 0);
    PASS;
}

TEST(counts_too_large_for_the_encoding_are_refused)
{
    struct builder_struct root;

    start(8);
    root = builder_root(&builder, 0, 1);
    builder_list(&root, 0, UINT32_MAX, 0, 0);
    CHECK(builder.full && untouched(2));
    start(8);
    root = builder_root(&builder, 0, 1);
    builder_list(&root, 0, 0x10000000, 0xffff, 0xffff);
    CHECK(builder.full && untouched(2));
    start(8);
    root = builder_root(&builder, 0, 1);
    builder_data(&root, 0, (struct bytes){(const uint8_t *)"", SIZE_MAX});
    CHECK(builder.full && untouched(2));
    start(8);
    root = builder_root(&builder, 0, 1);
    builder_text(&root, 0, (struct bytes){(const uint8_t *)"", SIZE_MAX});
    CHECK(builder.full && untouched(2));
    PASS;
}

int main(void)
{
    RUN(it_writes_what_capnp_writes);
    RUN(what_does_not_fit_is_left_out);
    RUN(odd_lengths_are_rounded_down);
    RUN(the_last_word_of_bytes_is_padded);
    RUN(capabilities_are_built);
    RUN(empty_objects_are_not_null);
    RUN(fields_that_are_not_there_show);
    RUN(bools_keep_to_one_word);
    RUN(counts_too_large_for_the_encoding_are_refused);
    TESTS_END;
}
