/*
 * Tests copy.c and canonical.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "words.h"

#include "capnp/canonical.h"

#include "kernel/test/check.h"

static uint64_t target[64];
static struct capnp_builder builder;
static struct capnp_message message;

static void copy_root(const struct capnp_cap_map *caps)
{
    capnp_build(&builder, target, sizeof(target));
    capnp_pointer_copy(capnp_root_builder(&builder), capnp_root_pointer(&message), caps);
}

static err_t canonicalize(void)
{
    capnp_build(&builder, target, sizeof(target));
    return capnp_canonical(capnp_root(&message), &builder);
}

#define BUILT(expected)                               \
    (capnp_built_len(&builder) == sizeof(expected) && \
     memcmp(target, expected, sizeof(expected)) == 0)

/* Of everything something, in preorder, as it is copied. */
static const uint64_t sample[] = {
    STRUCT(0, 1, 4),
    0x1234,
    STRUCT(3, 1, 1),             /* word 2 */
    LIST(7, CAPNP_COMPOSITE, 4), /* word 3 */
    LIST(13, CAPNP_BIT, 3),      /* word 4 */
    CAP(3),
    7, /* the struct: word 6 */
    LIST(0, CAPNP_POINTER, 2),
    LIST(1, CAPNP_BYTE, 3), /* word 8 */
    0,
    0x6b6f,
    STRUCT(2, 1, 1), /* the list of structs: word 11 */
    11,
    0,
    22,
    LIST(0, CAPNP_TWO_BYTES, 5), /* word 15 */
    0x4444333322221111,
    0x5555,
    5, /* the bits: word 18 */
};

TEST(copies_are_the_same)
{
    OPEN(&message, sample);
    copy_root(NULL);
    CHECK(capnp_error(&message) == ERR_OK);
    CHECK(BUILT(sample));
    PASS;
}

TEST(copies_parts)
{
    const uint64_t of_struct[] = {
        STRUCT(0, 0, 1), STRUCT(0, 1, 1), 7, LIST(0, CAPNP_POINTER, 2), LIST(1, CAPNP_BYTE, 3), 0,
        0x6b6f};
    const uint64_t of_bits[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_BIT, 3), 5};
    struct capnp_struct root;

    OPEN(&message, sample);
    root = capnp_root(&message);
    capnp_build(&builder, target, sizeof(target));
    capnp_copy_struct(capnp_init_root(&builder, 0, 1), 0, capnp_get_struct(root, 0));
    CHECK(BUILT(of_struct));
    capnp_build(&builder, target, sizeof(target));
    capnp_copy_list(capnp_init_root(&builder, 0, 1), 0, capnp_get_list(root, 2, CAPNP_BIT));
    CHECK(BUILT(of_bits));
    capnp_build(&builder, target, sizeof(target));
    capnp_copy_pointer(capnp_init_root(&builder, 0, 1), 0, capnp_get_pointer(root, 2));
    CHECK(BUILT(of_bits));
    CHECK(capnp_error(&message) == ERR_OK);
    PASS;
}

/* What is null replaces what was there before; a struct is there even when it is empty. */
TEST(copies_of_nothing)
{
    const uint64_t source[] = {STRUCT(0, 0, 1), 0};
    const uint64_t null[] = {STRUCT(0, 0, 1), 0};
    const uint64_t empty[] = {STRUCT(0, 0, 1), STRUCT(-1, 0, 0)};
    struct capnp_struct root;
    struct capnp_struct_builder to;

    OPEN(&message, source);
    root = capnp_root(&message);
    capnp_build(&builder, target, sizeof(target));
    to = capnp_init_root(&builder, 0, 1);
    capnp_set_cap(to, 0, 5);
    capnp_copy_pointer(to, 0, capnp_get_pointer(root, 0));
    CHECK(BUILT(null));
    capnp_set_cap(to, 0, 5);
    capnp_copy_list(to, 0, capnp_get_list(root, 0, CAPNP_BYTE));
    CHECK(BUILT(null));
    capnp_copy_struct(to, 0, capnp_get_struct(root, 0));
    CHECK(BUILT(empty));
    PASS;
}

static uint32_t next_but_two(void *context, uint32_t index)
{
    (*(int *)context)++;
    return index == 2 ? CAPNP_NO_CAP : index + 1;
}

TEST(capabilities_are_translated)
{
    const uint64_t source[] = {STRUCT(0, 0, 3), CAP(1), CAP(2), CAP(3)};
    const uint64_t expected[] = {STRUCT(0, 0, 3), CAP(2), 0, CAP(4)};
    int n = 0;
    const struct capnp_cap_map caps = {next_but_two, &n};

    OPEN(&message, source);
    copy_root(&caps);
    CHECK(BUILT(expected));
    CHECK(n == 3);
    PASS;
}

/* Elements of an older schema, read as structs, are copied as they came. */
TEST(lists_keep_their_encoding)
{
    const uint64_t source[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_BYTE, 2), 0x2211};
    struct capnp_struct_builder root;
    struct capnp_list list;
    const uint64_t expected[] = {STRUCT(0, 0, 1), STRUCT(0, 1, 0), 0x22};

    OPEN(&message, source);
    list = capnp_get_list(capnp_root(&message), 0, CAPNP_COMPOSITE);
    capnp_build(&builder, target, sizeof(target));
    capnp_copy_list(capnp_init_root(&builder, 0, 1), 0, list);
    CHECK(BUILT(source));
    capnp_build(&builder, target, sizeof(target));
    root = capnp_init_root(&builder, 0, 1);
    capnp_copy_struct(root, 0, capnp_list_struct(list, 1));
    CHECK(BUILT(expected));
    PASS;
}

TEST(bits_behind_the_end_are_not_copied)
{
    const uint64_t source[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_BIT, 11), UINT64_MAX};
    const uint64_t expected[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_BIT, 11), 0x7ff};

    OPEN(&message, source);
    copy_root(NULL);
    CHECK(BUILT(expected));
    PASS;
}

TEST(lies_become_null_and_are_noted)
{
    const uint64_t source[] = {STRUCT(0, 0, 3), STRUCT(9, 1, 0), LIST(9, CAPNP_BYTE, 1), CAP(1)};
    const uint64_t expected[] = {STRUCT(0, 0, 3), 0, 0, CAP(1)};

    OPEN(&message, source);
    copy_root(NULL);
    CHECK(capnp_error(&message) == ERR_BAD_MESSAGE);
    CHECK(BUILT(expected));
    PASS;
}

TEST(copies_that_do_not_fit_say_so)
{
    for (size_t n = 0; n < sizeof(sample) / 8; n++) {
        memset(target, 0xee, sizeof(target));
        OPEN(&message, sample);
        capnp_build(&builder, target, n * 8);
        capnp_pointer_copy(capnp_root_builder(&builder), capnp_root_pointer(&message), NULL);
        CHECK(builder.full && capnp_built_len(&builder) == 0);
        CHECK(target[n] == 0xeeeeeeeeeeeeeeee);
    }
    PASS;
}

/* What is left of the source costs nothing any more. */
TEST(copies_stop_when_they_do_not_fit)
{
    uint64_t budget;

    OPEN(&message, sample);
    budget = message.budget;
    capnp_build(&builder, target,
                7 * 8); /* the struct fits, and the one of 2 words in it does not */
    capnp_copy_struct(capnp_init_root(&builder, 0, 1), 0, capnp_root(&message));
    CHECK(builder.full && message.budget == budget - 2);
    PASS;
}

/* A chain as long as may be followed, and one that is longer. */
TEST(copies_as_deep_as_may_be)
{
    uint64_t chain[CAPNP_DEPTH + 1];

    for (int i = 0; i < CAPNP_DEPTH; i++)
        chain[i] = STRUCT(0, 0, 1);
    chain[CAPNP_DEPTH] = 0;
    OPEN(&message, chain);
    capnp_build(&builder, target, sizeof(target));
    CHECK(capnp_get_struct(capnp_root(&message), 0).n_pointers == 1);
    capnp_pointer_copy(capnp_root_builder(&builder), capnp_root_pointer(&message), NULL);
    CHECK(builder.full && capnp_error(&message) == ERR_OK);

    chain[CAPNP_DEPTH - 2] = STRUCT(-2, 0, 1);
    OPEN(&message, chain);
    {
        uint64_t deep[CAPNP_DEPTH + 1];

        capnp_build(&builder, deep, sizeof(deep));
        capnp_pointer_copy(capnp_root_builder(&builder), capnp_root_pointer(&message), NULL);
        CHECK(!builder.full && capnp_error(&message) == ERR_BAD_MESSAGE);
        CHECK(builder.used == CAPNP_DEPTH + 1 && deep[CAPNP_DEPTH] == 0);
    }
    PASS;
}

TEST(canonical_structs_have_no_zeros_at_their_ends)
{
    const uint64_t source[] = {STRUCT(2, 3, 3), 99, 99, 5, 0, 0, STRUCT(3, 2, 0), 0, 0, 99, 0, 0};
    const uint64_t expected[] = {STRUCT(0, 1, 1), 5, STRUCT(-1, 0, 0)};

    OPEN(&message, source);
    CHECK(canonicalize() == ERR_OK);
    CHECK(BUILT(expected));
    memset(target, 0xee, sizeof(target));
    capnp_build(&builder, target, sizeof(expected));
    CHECK(capnp_canonical(capnp_root(&message), &builder) == ERR_OK);
    CHECK(BUILT(expected) && target[3] == 0xeeeeeeeeeeeeeeee);
    PASS;
}

/* All structs of a list have the size of what the largest needs. */
TEST(canonical_lists_of_structs_are_as_small_as_can_be)
{
    const uint64_t source[] = {STRUCT(0, 0, 1),
                               LIST(0, CAPNP_COMPOSITE, 10),
                               STRUCT(2, 3, 2),
                               5,
                               0,
                               0,
                               0,
                               0,
                               0,
                               6,
                               0,
                               STRUCT(-1, 0, 0),
                               0};
    const uint64_t expected[] = {
        STRUCT(0, 0, 1), LIST(0, CAPNP_COMPOSITE, 6), STRUCT(2, 2, 1), 5, 0, 0, 0, 6,
        STRUCT(-1, 0, 0)};
    const uint64_t none[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_COMPOSITE, 0), STRUCT(0, 3, 2)};
    const uint64_t expected_none[] = {STRUCT(0, 0, 1), LIST(0, CAPNP_COMPOSITE, 0),
                                      STRUCT(0, 0, 0)};

    OPEN(&message, source);
    CHECK(canonicalize() == ERR_OK);
    CHECK(BUILT(expected));
    OPEN(&message, none);
    CHECK(canonicalize() == ERR_OK);
    CHECK(BUILT(expected_none));
    PASS;
}

TEST(what_has_no_canonical_form_is_refused)
{
    const uint64_t cap[] = {STRUCT(0, 0, 1), CAP(0)};
    const uint64_t lie[] = {STRUCT(0, 0, 1), STRUCT(0, 1, 0)};

    OPEN(&message, cap);
    CHECK(canonicalize() == ERR_BAD_MESSAGE);
    OPEN(&message, lie);
    CHECK(canonicalize() == ERR_BAD_MESSAGE);
    OPEN(&message, sample);
    capnp_build(&builder, target, 16);
    CHECK(capnp_canonical(capnp_get_struct(capnp_root(&message), 0), &builder) == ERR_NO_ROOM);
    CHECK(capnp_canonical(capnp_get_struct(capnp_root(&message), 0), &builder) == ERR_NO_ROOM);
    PASS;
}

int main(void)
{
    RUN(copies_are_the_same);
    RUN(copies_parts);
    RUN(copies_of_nothing);
    RUN(capabilities_are_translated);
    RUN(lists_keep_their_encoding);
    RUN(bits_behind_the_end_are_not_copied);
    RUN(lies_become_null_and_are_noted);
    RUN(copies_that_do_not_fit_say_so);
    RUN(copies_stop_when_they_do_not_fit);
    RUN(copies_as_deep_as_may_be);
    RUN(canonical_structs_have_no_zeros_at_their_ends);
    RUN(canonical_lists_of_structs_are_as_small_as_can_be);
    RUN(what_has_no_canonical_form_is_refused);
    TESTS_END;
}
