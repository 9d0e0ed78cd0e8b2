/*
 * Tests message/reader.c: on a message that capnp made, and on messages that lie.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "message/reader.h"

#include <stdlib.h>

#include "message/test/sample.h"
#include "test/check.h"

#define CONVERT                                                                     \
    "capnp convert --quiet text:canonical kernel/message/test/sample.capnp Sample " \
    "<kernel/message/test/sample.txt"

static struct message message;
static struct message_struct root;

static err_t open_words(const uint64_t *words, size_t n)
{
    return message_root(&message, words, n * 8, &root);
}

static int bytes_are(struct bytes bytes, const char *string)
{
    return bytes.len == strlen(string) && memcmp(bytes.at, string, bytes.len) == 0;
}

/* A struct pointer, a list pointer, and a list's tag. */
static uint64_t to_struct(int32_t offset, uint64_t data_words, uint64_t n_pointers)
{
    return n_pointers << 48 | data_words << 32 | (uint32_t)offset << 2;
}

static uint64_t to_list(int32_t offset, uint64_t size, uint64_t n)
{
    return n << 35 | size << 32 | (uint32_t)offset << 2 | 1;
}

static uint64_t tag(uint32_t n, uint64_t data_words, uint64_t n_pointers)
{
    return to_struct((int32_t)n, data_words, n_pointers);
}

TEST(scalars_are_read)
{
    CHECK(open_words(sample_words, 25) == ERR_OK);
    CHECK(message_u64(&root, SAMPLE_U64) == 1234567890123456789);
    CHECK(message_u32(&root, SAMPLE_U32) == 3000000000);
    CHECK(message_u16(&root, SAMPLE_U16) == 50000);
    CHECK(message_u8(&root, SAMPLE_U8) == 200);
    CHECK(message_bool(&root, SAMPLE_FIRST) && !message_bool(&root, SAMPLE_SECOND));
    CHECK(message_bool(&root, SAMPLE_THIRD));
    PASS;
}

TEST(bytes_and_structs_are_read)
{
    struct message_struct inner;
    struct bytes bytes;

    CHECK(open_words(sample_words, 25) == ERR_OK);
    CHECK(message_text(&root, SAMPLE_TEXT, &bytes) == ERR_OK && bytes_are(bytes, "hello, world"));
    CHECK(message_data(&root, SAMPLE_DATA, &bytes) == ERR_OK && bytes.len == 3);
    CHECK(memcmp(bytes.at, "\0\1\377", 3) == 0);
    CHECK(message_text(&root, SAMPLE_EMPTY_TEXT, &bytes) == ERR_OK && bytes.len == 0);
    CHECK(message_struct_at(&root, SAMPLE_INNER, &inner) == ERR_OK);
    CHECK(message_u32(&inner, INNER_VALUE) == 7 && message_bool(&inner, INNER_FLAG));
    CHECK(message_text(&inner, INNER_TEXT, &bytes) == ERR_OK && bytes_are(bytes, "inner"));
    PASS;
}

TEST(lists_are_read)
{
    struct message_list list;
    struct message_struct item;
    struct bytes text;

    CHECK(open_words(sample_words, 25) == ERR_OK);
    CHECK(message_list(&root, SAMPLE_LIST, &list) == ERR_OK && list.n == 3);
    item = message_list_get(&list, 1);
    CHECK(message_u32(&item, INNER_VALUE) == 2 && message_bool(&item, INNER_FLAG));
    CHECK(message_text(&item, INNER_TEXT, &text) == ERR_OK && bytes_are(text, "two"));
    item = message_list_get(&list, 2);
    CHECK(item.data_len == 8 && message_u32(&item, INNER_VALUE) == 0);
    item = message_list_get(&list, 3);
    CHECK(item.data_len == 0 && item.n_pointers == 0 && message_u32(&item, INNER_VALUE) == 0);
    PASS;
}

TEST(what_was_not_sent_is_empty)
{
    static const uint64_t null = 0;
    struct message_struct inner;
    struct message_list list;
    struct bytes bytes;
    uint32_t index;

    for (size_t n = 0; n < 2; n++) {
        CHECK(open_words(&null, n) == ERR_OK);
        CHECK(message_u64(&root, 0) == 0 && message_u32(&root, 0) == 0);
        CHECK(message_u16(&root, 0) == 0 && message_u8(&root, 0) == 0 && !message_bool(&root, 0));
        CHECK(message_struct_at(&root, 0, &inner) == ERR_OK && inner.data_len == 0);
        CHECK(message_text(&root, 0, &bytes) == ERR_OK && bytes.len == 0 && bytes.at);
        CHECK(message_data(&root, 0, &bytes) == ERR_OK && bytes.len == 0 && bytes.at);
        CHECK(message_list(&root, 0, &list) == ERR_OK && list.n == 0);
        CHECK(message_cap(&root, 0, &index) == ERR_NOT_FOUND);
    }
    CHECK(message_root(&message, NULL, 0, &root) == ERR_OK);
    CHECK(message_text(&inner, 0, &bytes) == ERR_OK && bytes.len == 0);
    PASS;
}

/* The data section is shorter than the schema's: what is not there is 0, and nothing is cut. */
TEST(older_senders_are_read)
{
    uint64_t words[] = {to_struct(0, 1, 0), 0x8877665544332211, UINT64_MAX};

    CHECK(open_words(words, 3) == ERR_OK);
    CHECK(message_u64(&root, 0) == 0x8877665544332211 && message_u64(&root, 8) == 0);
    CHECK(message_u32(&root, 4) == 0x88776655 && message_u32(&root, 8) == 0);
    CHECK(message_u16(&root, 6) == 0x8877 && message_u16(&root, 8) == 0);
    CHECK(message_u8(&root, 7) == 0x88 && message_u8(&root, 8) == 0);
    CHECK(message_bool(&root, 63) && !message_bool(&root, 64));
    CHECK(message_u64(&root, UINT32_MAX - 7) == 0 && message_u8(&root, UINT32_MAX) == 0);
    PASS;
}

TEST(lengths_are_whole_words)
{
    for (size_t len = 1; len < 24; len++) {
        err_t error = message_root(&message, sample_words, len, &root);

        CHECK(error == ERR_BAD_MESSAGE && root.data_len == 0 && root.n_pointers == 0);
    }
    PASS;
}

TEST(roots_that_lie_are_refused)
{
    static const uint64_t good[] = {0x0000000200000000, 1, 2};
    static const uint64_t bad[] = {
        0x0000000300000000, /* one word too long */
        0x0001000200000000, /* one pointer too long */
        0x0000000200000004, /* starts one word too late */
        0xffffffff00000000, /* as long as can be */
        0x00000002fffffff8, /* starts before the message */
        0x0000000080000000, /* farthest back */
        0x000000007ffffffc, /* farthest ahead */
        0x0000000200000001, /* a list */
        0x0000000200000002, /* far */
        0x0000000000000006, /* far, by way of a landing pad of two words */
        0x0000000000000003, /* a capability */
    };
    uint64_t words[3] = {0, 1, 2};

    CHECK(open_words(good, 3) == ERR_OK && message_u64(&root, 8) == 2);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        words[0] = bad[i];
        CHECK(open_words(words, 3) == ERR_BAD_MESSAGE);
        CHECK(root.data_len == 0 && root.n_pointers == 0);
    }
    PASS;
}

/* Reads pointer 0 of a root with one pointer in every way: each must give the error, or ERR_OK. */
struct reads {
    err_t to_struct, text, data, list, cap;
};

static struct reads read_all(uint64_t pointer, uint64_t next)
{
    static uint64_t words[4];
    struct message_struct inner;
    struct message_list list;
    struct bytes bytes;
    uint32_t index;

    words[0] = to_struct(0, 0, 1);
    words[1] = pointer;
    words[2] = next;
    words[3] = 0x0041424344454647;
    open_words(words, 4);
    return (struct reads){
        message_struct_at(&root, 0, &inner), message_text(&root, 0, &bytes),
        message_data(&root, 0, &bytes),      message_list(&root, 0, &list),
        message_cap(&root, 0, &index),
    };
}

static int reads_are(struct reads got, unsigned allowed)
{
    const err_t errors[] = {got.to_struct, got.text, got.data, got.list, got.cap};

    for (unsigned i = 0; i < 5; i++) {
        if (errors[i] != (allowed >> i & 1 ? ERR_OK : ERR_BAD_MESSAGE))
            return 0;
    }
    return 1;
}

enum { STRUCT = 1, TEXT = 2, DATA = 4, LIST = 8, CAP = 16 };

TEST(pointers_are_of_the_kind_that_is_asked)
{
    CHECK(reads_are(read_all(to_struct(0, 1, 1), 0), STRUCT));
    CHECK(reads_are(read_all(to_list(1, 2, 8), 0), TEXT | DATA));
    CHECK(reads_are(read_all(to_list(1, 2, 7), 0), DATA)); /* no NUL at its end */
    CHECK(reads_are(read_all(to_list(0, 2, 0), 0), DATA)); /* nor here: text has at least that */
    CHECK(reads_are(read_all(to_list(0, 7, 1), tag(1, 1, 0)), LIST));
    CHECK(reads_are(read_all(0x0000000500000003, 0), CAP));
    CHECK(reads_are(read_all(0x0000000500000007, 0), 0)); /* reserved bits of a capability */
    CHECK(reads_are(read_all(0x0000000000000002, 0), 0)); /* far */
    for (uint64_t size = 0; size < 7; size++) {
        if (size != 2)
            CHECK(reads_are(read_all(to_list(0, size, 1), 0), 0));
    }
    PASS;
}

TEST(capabilities_have_an_index)
{
    uint64_t words[] = {to_struct(0, 0, 1), 0xfffffffe00000003};
    uint32_t index;

    CHECK(open_words(words, 2) == ERR_OK);
    CHECK(message_cap(&root, 0, &index) == ERR_OK && index == 0xfffffffe);
    PASS;
}

TEST(pointers_out_of_the_message_are_refused)
{
    CHECK(reads_are(read_all(to_list(0, 2, 17), 0), 0));
    CHECK(reads_are(read_all(to_list(0, 2, 0x1fffffff), 0), 0));
    CHECK(reads_are(read_all(to_list(2, 2, 1), 0), 0));
    CHECK(reads_are(read_all(to_list(-3, 2, 1), 0), 0));
    CHECK(reads_are(read_all(to_list(INT32_MIN / 4, 2, 1), 0), 0));
    CHECK(reads_are(read_all(to_list(0, 7, 2), tag(1, 1, 0)), 0));
    CHECK(reads_are(read_all(to_list(0, 7, 0x1fffffff), tag(1, 1, 0)), 0));
    CHECK(reads_are(read_all(to_list(2, 7, 0), 0), 0)); /* no tag */
    CHECK(reads_are(read_all(to_struct(0, 2, 1), 0), 0));
    CHECK(reads_are(read_all(to_struct(-3, 1, 0), 0), 0));
    PASS;
}

/* Nothing fits in everywhere, at the very end as well. */
TEST(empty_objects_may_end_the_message)
{
    CHECK(reads_are(read_all(to_list(2, 2, 0), 0), DATA));
    CHECK(reads_are(read_all(to_list(3, 2, 0), 0), 0));
    CHECK(reads_are(read_all(to_struct(2, 0, 0), 0), STRUCT));
    CHECK(reads_are(read_all(to_struct(3, 0, 0), 0), 0));
    PASS;
}

TEST(tags_that_lie_are_refused)
{
    CHECK(reads_are(read_all(to_list(0, 7, 1), tag(2, 1, 0)), 0));
    CHECK(reads_are(read_all(to_list(0, 7, 1), tag(1, 1, 1)), 0));
    CHECK(reads_are(read_all(to_list(0, 7, 1), tag(0x3fffffff, 0xffff, 0xffff)), 0));
    CHECK(reads_are(read_all(to_list(0, 7, 1), tag(1, 1, 0) | 1), 0));
    CHECK(reads_are(read_all(to_list(0, 7, 1), tag(0, 1, 0)), LIST)); /* room to spare */
    PASS;
}

/* Elements without a word would otherwise cost the sender nothing, and us a billion steps. */
TEST(empty_elements_cost)
{
    CHECK(reads_are(read_all(to_list(0, 7, 0), tag(0x3fffffff, 0, 0)), 0));
    for (uint32_t n = 0; n < 4 * MESSAGE_BUDGET; n++) {
        uint64_t words[] = {to_struct(0, 0, 1), to_list(0, 7, 0), tag(n, 0, 0), 0};
        struct message_list list;
        bool fits = n <= 4 * MESSAGE_BUDGET - 2; /* the root and the tag cost one each */

        CHECK(open_words(words, 4) == ERR_OK);
        CHECK(message_list(&root, 0, &list) == (fits ? ERR_OK : ERR_BAD_MESSAGE));
        CHECK(list.n == (fits ? n : 0));
    }
    PASS;
}

TEST(the_budget_ends_loops)
{
    uint64_t words[] = {to_struct(0, 0, 1), to_struct(-1, 0, 1)};
    struct message_struct at;
    unsigned steps = 0;

    CHECK(open_words(words, 2) == ERR_OK);
    at = root;
    while (message_struct_at(&at, 0, &at) == ERR_OK)
        steps++;
    CHECK(steps == 2 * MESSAGE_BUDGET - 1 && message.budget == 0);
    CHECK(at.n_pointers == 0);
    PASS;
}

TEST(empty_structs_cost)
{
    uint64_t words[] = {to_struct(0, 0, 1), to_struct(-1, 0, 0)};
    struct message_struct inner;
    unsigned steps = 0;

    CHECK(open_words(words, 2) == ERR_OK);
    while (message_struct_at(&root, 0, &inner) == ERR_OK)
        steps++;
    CHECK(steps == 2 * MESSAGE_BUDGET - 1);
    PASS;
}

TEST(capnp_writes_the_same)
{
    uint8_t got[sizeof(sample_words) + 1];
    size_t len;
    FILE *output;

    if (system("command -v capnp >/dev/null") != 0)
        PASS;
    output = popen(CONVERT, "r");
    CHECK(output != NULL);
    len = fread(got, 1, sizeof(got), output);
    CHECK(pclose(output) == 0);
    CHECK(len == sizeof(sample_words) && memcmp(got, sample_words, len) == 0);
    PASS;
}

int main(void)
{
    RUN(scalars_are_read);
    RUN(bytes_and_structs_are_read);
    RUN(lists_are_read);
    RUN(what_was_not_sent_is_empty);
    RUN(older_senders_are_read);
    RUN(lengths_are_whole_words);
    RUN(roots_that_lie_are_refused);
    RUN(pointers_are_of_the_kind_that_is_asked);
    RUN(capabilities_have_an_index);
    RUN(pointers_out_of_the_message_are_refused);
    RUN(empty_objects_may_end_the_message);
    RUN(tags_that_lie_are_refused);
    RUN(empty_elements_cost);
    RUN(the_budget_ends_loops);
    RUN(empty_structs_cost);
    RUN(capnp_writes_the_same);
    TESTS_END;
}
