/*
 * Tests message.h and message.c: against what Debian's capnp encodes, and with lies.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/message.h"

#include "harness/test/check.h"

#define WORDS 64

/* From: (name = "init", arguments = "\x01\x02\x03", grants = [(name = "console",
 * handle = 4294967297, interfaceId = 0xcc94325527fa4642), (handle = 7)])
 * by: capnp encode --flat kernel/abi/kernel.capnp StartInfo */
static const uint64_t encoded[] = {
    0x0003000000000000, 0x0000002a00000009, 0x0000001a00000009, 0x0000003700000009,
    0x0000000074696e69, 0x0000000000030201, 0x0001000200000008, 0x0000000100000001,
    0xcc94325527fa4642, 0x000000420000000d, 0x0000000000000007, 0x0000000000000000,
    0x0000000000000000, 0x00656c6f736e6f63,
};
#define ENCODED (sizeof(encoded) / sizeof(encoded[0]))

static uint64_t words[WORDS];

/* Writes the same message into a space of that size. */
static struct message_writer write_into(uint32_t n_words)
{
    struct message_writer writer = {.words = words, .n_words = n_words};
    uint32_t pointers, grant;

    memset(words, 0xee, sizeof(words));
    pointers = message_put_root(&writer, 0, 3);
    message_put_text(&writer, pointers, "init");
    message_put_bytes(&writer, pointers + 1, "\1\2\3", 3, false);
    grant = message_put_list(&writer, pointers + 2, 2, 2, 1);
    message_put_u64(&writer, grant, 0, 0x100000001);
    message_put_u64(&writer, grant, 8, 0xcc94325527fa4642);
    message_put_text(&writer, grant + 2, "console");
    message_put_u32(&writer, grant + 3, 0, 7);
    return writer;
}

static void test_writing(void)
{
    struct message_writer writer = write_into(WORDS);

    check("writes what capnp encodes",
          !writer.full && writer.used == ENCODED && !memcmp(words, encoded, sizeof(encoded)),
          "%u words", writer.used);
}

static void test_no_room(void)
{
    for (uint32_t n = 0; n < ENCODED; n++) {
        struct message_writer writer = write_into(n);

        if (!writer.full || words[n] != 0xeeeeeeeeeeeeeeee)
            check("no room", false, "%u words: full %d, then %lx", n, writer.full, words[n]);
    }
    check("no room", true, " ");
}

static void test_reading(void)
{
    struct message_struct root, grant;
    const uint8_t *at;
    uint32_t len, n;

    check("opens", message_open(encoded, sizeof(encoded), &root) == ERR_OK, "refused");
    check_text("text", message_get_text(&root, 0), "init");
    check("data", !message_get_bytes(&root, 1, &at, &len) && len == 3 && at[2] == 3, "%u", len);
    n = message_get_list(&root, 2, &grant);
    check("list", n == 2, "%u structs", n);
    check("u64", message_u64(&grant, 0) == 0x100000001, "%lx", message_u64(&grant, 0));
    check("u32", message_u32(&grant, 12) == 0xcc943255, "%x", message_u32(&grant, 12));
    check("past the data", message_u64(&grant, 16) == 0, "%lx", message_u64(&grant, 16));
    check_text("text in the list", message_get_text(&grant, 0), "console");
    message_next(&grant);
    check("next", message_u64(&grant, 0) == 7, "%lx", message_u64(&grant, 0));
    check_text("null text", message_get_text(&grant, 0), "");
    check("past the pointers", message_get_bytes(&grant, 1, &at, &len) == ERR_NOT_FOUND, "found");
}

/* A root with one pointer, which is the given word, and one word behind it. */
static struct message_struct root_with(uint64_t pointer)
{
    static uint64_t lie[3];
    struct message_struct root;

    lie[0] = 0x0001000000000000;
    lie[1] = pointer;
    lie[2] = 0x4141414141414141;
    message_open(lie, sizeof(lie), &root);
    return root;
}

static void test_lies(void)
{
    static const struct {
        const char *name;
        uint64_t pointer;
    } lies[] = {
        {"text without an end", 0x0000004200000001},
        {"text of 9 bytes", 0x0000004a00000001},
        {"text far away", 0x0000000a7ffffffd},
        {"text before the message", 0x0000000affffff01},
        {"longest text", 0xfffffffa00000001},
        {"far pointer", 0x0000000000000002},
        {"struct as a text", 0x0000000100000000},
        {"capability as a text", 0x0000000000000003},
        {"list of bits", 0x0000000900000001},
    };
    struct message_struct out;
    uint32_t cap;

    for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
        struct message_struct root = root_with(lies[i].pointer);

        check_text(lies[i].name, message_get_text(&root, 0), "");
    }
    out = root_with(0x0000000200000000);
    check("struct of 2 words", message_get_struct(&out, 0, &out) == ERR_BAD_MESSAGE, "read");
    out = root_with(0x0000000f00000001);
    check("tag of many", message_get_list(&out, 0, &out) == 0, "read");
    out = root_with(0x0000000700000003);
    check("capability", !message_get_cap(&out, 0, &cap) && cap == 7, "refused");
    out = root_with(0x0000000700000007);
    check("other pointer", message_get_cap(&out, 0, &cap) == ERR_BAD_MESSAGE, "read");
    check("odd length", message_open(encoded, 9, &out) == ERR_BAD_MESSAGE, "read");
    check("empty", message_open(NULL, 0, &out) == ERR_OK && out.n_data == 0, "refused");
}

/* The list's one struct would begin where the message ends. */
static void test_list_end(void)
{
    static const uint64_t lie[] = {0x0001000000000000, 0x0000000f00000001, 0x0000000100000004};
    struct message_struct root, element;

    message_open(lie, sizeof(lie), &root);
    check("list over the end", message_get_list(&root, 0, &element) == 0, "read");
}

int main(void)
{
    test_writing();
    test_no_room();
    test_reading();
    test_lies();
    test_list_end();
    return check_done();
}
