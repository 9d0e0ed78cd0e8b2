/*
 * Tests the names of capabilities.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "names.h"

#include "kernel/test/check.h"

static struct names names;

static void begin(void)
{
    names = (struct names){0};
}

TEST(finds_by_name)
{
    begin();
    CHECK(names_add(&names, "timer", 5, 77));
    CHECK(names_find(&names, "timer")->cap == 5);
    CHECK(names_find(&names, "$timer")->interface_id == 77);
    CHECK(!names_find(&names, "time"));
    CHECK(!names_find(&names, ""));
    CHECK(!names_find(&names, "$"));
    PASS;
}

/* A number is no name without its sign, so that no one mistakes a handle for one. */
TEST(numbers)
{
    begin();
    CHECK_STRING(names_add(&names, NULL, 5, 0)->name, "$1");
    CHECK_STRING(names_add(&names, NULL, 6, 0)->name, "$2");
    CHECK(names_find(&names, "$2")->cap == 6);
    CHECK(!names_find(&names, "2"));
    names_find(&names, "$1")->cap = CAP_NONE;
    CHECK(!names_find(&names, "$1"));
    CHECK_STRING(names_add(&names, NULL, 7, 0)->name, "$3");
    PASS;
}

TEST(takes_no_name_twice)
{
    begin();
    CHECK(names_add(&names, "a", 1, 0));
    CHECK(!names_add(&names, "a", 2, 0));
    CHECK(names_find(&names, "a")->cap == 1);
    PASS;
}

TEST(is_bounded)
{
    begin();
    for (cap_t cap = 1; cap <= NAMES_MAX; cap++)
        CHECK(names_add(&names, NULL, cap, 0));
    CHECK(!names_add(&names, NULL, 99, 0));
    CHECK(!names_add(&names, "late", 99, 0));
    PASS;
}

TEST(knows_fit_names)
{
    CHECK(name_is_fit("a") && name_is_fit("chat-2") && name_is_fit("Chat_room"));
    CHECK(!name_is_fit("") && !name_is_fit("2a") && !name_is_fit("a.b") && !name_is_fit("$a"));
    CHECK(!name_is_fit("a b") && !name_is_fit("a=b") && !name_is_fit("\xc3\xbc"));
    CHECK(name_is_fit("a234567890123456789012345678901"));
    CHECK(!name_is_fit("a2345678901234567890123456789012"));
    PASS;
}

int main(void)
{
    RUN(finds_by_name);
    RUN(numbers);
    RUN(takes_no_name_twice);
    RUN(is_bounded);
    RUN(knows_fit_names);
    TESTS_END;
}
