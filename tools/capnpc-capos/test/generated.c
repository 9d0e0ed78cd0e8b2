/*
 * Tests generated code in itself: constants, defaults, capabilities, unions. What capnp's own
 * library reads and writes of it, interop_test.sh compares. SPDX-License-Identifier: Apache-2.0
 */
#include "other.capnp.h"
#include "rich.capnp.h"

#include "kernel/test/check.h"

static uint64_t words[512];
static struct capnp_builder builder;
static struct capnp_message message;

static struct rich_root_builder build_root(void)
{
    memset(words, 0xee, sizeof(words));
    capnp_build(&builder, words, sizeof(words));
    return rich_root_init_root(&builder);
}

static struct rich_root_reader read_root(void)
{
    capnp_as_reader(&builder, &message);
    return rich_root_root(&message);
}

static bool is_text(struct capnp_text text, const char *expected)
{
    return text.len == strlen(expected) && memcmp(text.at, expected, text.len + 1) == 0;
}

TEST(numbers_and_texts_are_macros)
{
    CHECK(RICH_YES);
    CHECK(RICH_LEAST == INT64_MIN && RICH_MOST == UINT64_MAX && RICH_LESSER == INT32_MIN);
    CHECK(RICH_LEAST / 2 < 0 && -1 < RICH_LESSER + INT32_MAX + 1);
    CHECK(RICH_HALF == 0.5f && RICH_NEVER != RICH_NEVER);
    CHECK(RICH_FAVOURITE == RICH_COLOUR_H_TTP_BLUE);
    CHECK(RICH_TREE_BOUND == 3);
    CHECK_STRING(RICH_TITLE, "a \"title\"\\ with\n\"\xc3\xa9\" ?\?/");
    PASS;
}

TEST(other_constants_are_functions)
{
    struct capnp_data blob = rich_blob();

    CHECK(blob.len == 5 && memcmp(blob.at, "\xde\xad\xbe\xef", 5) == 0);
    CHECK(rich_leaf_number(rich_origin()) == 3 && is_text(rich_leaf_text(rich_origin()), "origin"));
    CHECK(capnp_list_len(rich_primes()) == 4 && capnp_list_u16(rich_primes(), 3) == 7);
    CHECK(capnp_list_len(rich_words()) == 2 && is_text(capnp_list_text(rich_words(), 1), "beta"));
    PASS;
}

/* Of a message of no length, and of one whose struct is older than the fields. */
TEST(what_is_not_there_reads_as_its_default)
{
    static const uint64_t empty[] = {0x00000000fffffffc};

    for (unsigned i = 0; i < 2; i++) {
        struct rich_defaults_reader from;

        capnp_open(&message, empty, i * sizeof(empty));
        from = rich_defaults_root(&message);
        CHECK(rich_defaults_flag(from) && rich_defaults_tiny(from) == INT8_MIN);
        CHECK(rich_defaults_small(from) == -300 && rich_defaults_medium(from) == INT32_MIN);
        CHECK(rich_defaults_large(from) == INT64_MIN && rich_defaults_byte(from) == 255);
        CHECK(rich_defaults_short(from) == 65535 && rich_defaults_int(from) == UINT32_MAX);
        CHECK(rich_defaults_long(from) == UINT64_MAX && rich_defaults_single(from) == -1.5f);
        CHECK(rich_defaults_double(from) > 1e308 &&
              rich_defaults_wrong(from) != rich_defaults_wrong(from));
        CHECK(rich_defaults_colour(from) == RICH_COLOUR_DARK_GREEN);
        CHECK(is_text(rich_defaults_text(from), "h\xc3\xa9llo \"\\?\n"));
        CHECK(rich_defaults_data(from).len == 3 && rich_defaults_data(from).at[1] == 0xff);
        CHECK(rich_leaf_number(rich_defaults_leaf(from)) == 7);
        CHECK(is_text(rich_leaf_text(rich_defaults_leaf(from)), "seven"));
        CHECK(capnp_list_u16(rich_defaults_shorts(from), 2) == 3);
        CHECK(is_text(capnp_list_text(rich_defaults_texts(from), 2), "three"));
        CHECK(is_text(rich_leaf_text(rich_leaf_at(rich_defaults_leaves(from), 1)), "two"));
        CHECK(capnp_list_bool(rich_defaults_bools(from), 2) &&
              !capnp_list_bool(rich_defaults_bools(from), 1));
        CHECK(!rich_defaults_has_leaf(from) && !capnp_error(&message));
    }
    PASS;
}

/* A default is stored as zeros, so that it compresses. */
TEST(defaults_are_zeros_on_the_wire)
{
    struct rich_defaults_builder to;

    capnp_build(&builder, words, sizeof(words));
    to = rich_defaults_init_root(&builder);
    rich_defaults_set_flag(to, true);
    rich_defaults_set_tiny(to, INT8_MIN);
    rich_defaults_set_large(to, INT64_MIN);
    rich_defaults_set_single(to, -1.5f);
    rich_defaults_set_colour(to, RICH_COLOUR_DARK_GREEN);
    for (uint32_t i = 1; i <= RICH_DEFAULTS_DATA_WORDS; i++)
        CHECK(words[i] == 0);
    PASS;
}

TEST(capabilities_are_indices)
{
    struct rich_caps_builder to;
    struct rich_caps_reader from;
    struct capnp_list_builder list;

    capnp_build(&builder, words, sizeof(words));
    to = rich_caps_init_root(&builder);
    rich_caps_set_typed(to, 7);
    rich_caps_set_any(to, CAPNP_NO_CAP);
    list = rich_caps_init_list(to, 2);
    capnp_list_set_cap(list, 1, 9);
    rich_caps_set_other_name(to, 5);
    CHECK(words[2] == (7ull << 32 | 3) && words[3] == 0);
    capnp_as_reader(&builder, &message);
    from = rich_caps_root(&message);
    CHECK(rich_caps_typed(from) == 7 && rich_caps_any(from) == CAPNP_NO_CAP &&
          !rich_caps_has_any(from));
    CHECK(capnp_list_cap(rich_caps_list(from), 1) == 9);
    CHECK(capnp_list_cap(rich_caps_list(from), 0) == CAPNP_NO_CAP);
    CHECK(rich_caps_other_name(from) == 5 && !capnp_error(&message));
    PASS;
}

TEST(a_setter_chooses_its_member)
{
    struct rich_root_builder to = build_root();

    rich_root_set_middle(to, 5);
    CHECK(rich_root_which(read_root()) == RICH_ROOT_WHICH_MIDDLE &&
          rich_root_middle(read_root()) == 5);
    rich_root_set_left(to);
    CHECK(rich_root_which(read_root()) == RICH_ROOT_WHICH_LEFT);
    rich_root_init_leaves(to, 2);
    CHECK(rich_root_which(read_root()) == RICH_ROOT_WHICH_LEAVES);
    rich_root_named_set_c(rich_root_init_named(to));
    CHECK(rich_root_named_which(rich_root_named(read_root())) == RICH_ROOT_NAMED_WHICH_C);
    PASS;
}

/* Whatever other members have left in its place. */
TEST(a_group_of_a_union_begins_empty)
{
    struct rich_root_builder to = build_root();
    struct rich_root_right_reader right;

    rich_root_right_set_number(rich_root_init_right(to), UINT64_MAX);
    rich_root_right_set_words(rich_root_init_right(to), capnp_text("old"));
    rich_root_right_choice_set_one(rich_root_right_init_choice(rich_root_init_right(to)), 255);
    rich_root_init_leaves(to, 2);
    rich_root_init_right(to);
    right = rich_root_right(read_root());
    CHECK(rich_root_which(read_root()) == RICH_ROOT_WHICH_RIGHT);
    CHECK(rich_root_right_number(right) == 0 && !rich_root_right_has_words(right));
    CHECK(rich_root_right_choice_which(rich_root_right_choice(right)) ==
          RICH_ROOT_RIGHT_CHOICE_WHICH_ONE);
    CHECK(rich_root_right_choice_one(rich_root_right_choice(right)) == 0);
    PASS;
}

TEST(structs_lists_and_pointers_are_copied_deeply)
{
    struct rich_root_builder to = build_root();
    struct rich_root_reader from;

    rich_root_set_leaf(to, rich_origin());
    rich_root_set_leaves(to, rich_defaults_leaves((struct rich_defaults_reader){0}));
    capnp_pointer_set_text(rich_root_init_any(to), capnp_text("any"));
    from = read_root();
    CHECK(is_text(rich_leaf_text(rich_root_leaf(from)), "origin"));
    CHECK(is_text(rich_leaf_text(rich_leaf_at(rich_root_leaves(from), 1)), "two"));
    CHECK(is_text(capnp_pointer_text(rich_root_any(from)), "any"));
    PASS;
}

/* An enum that has grown since: the number comes through. */
TEST(unknown_enumerators_are_kept)
{
    struct rich_root_builder to = build_root();

    rich_root_set_colour(to, (enum rich_colour)77);
    CHECK((unsigned)rich_root_colour(read_root()) == 77 && RICH_COLOUR_COUNT == 3);
    PASS;
}

TEST(lies_are_noted)
{
    static const uint64_t outside[] = {0x0001000000000000, 0x0000002200000ff1};
    struct rich_defaults_reader from;

    capnp_open(&message, outside, sizeof(outside));
    from = rich_defaults_root(&message);
    CHECK(rich_defaults_text(from).len == 0 && capnp_error(&message) == ERR_BAD_MESSAGE);
    PASS;
}

int main(void)
{
    RUN(numbers_and_texts_are_macros);
    RUN(other_constants_are_functions);
    RUN(what_is_not_there_reads_as_its_default);
    RUN(defaults_are_zeros_on_the_wire);
    RUN(capabilities_are_indices);
    RUN(a_setter_chooses_its_member);
    RUN(a_group_of_a_union_begins_empty);
    RUN(structs_lists_and_pointers_are_copied_deeply);
    RUN(unknown_enumerators_are_kept);
    RUN(lies_are_noted);
    TESTS_END;
}
