/*
 * Tests the block of arguments and environment (userspace/lib/capos/arguments.c).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/arguments.h"

#include "kernel/test/check.h"

static struct arguments read_back;
static char block[600];

TEST(nothing)
{
    size_t len = 1;

    CHECK(arguments_read("", 0, &read_back) == ERR_OK);
    CHECK(read_back.n_arguments == 0 && read_back.n_environment == 0);
    CHECK(arguments_pack(block, 0, NULL, 0, NULL, 0, &len) == ERR_OK && len == 0);
    PASS;
}

TEST(there_and_back)
{
    static const char *const arguments[] = {"a", "two words"}, *const environment[] = {"N=v", "E="};
    size_t len;

    CHECK(arguments_pack(block, sizeof(block), arguments, 2, environment, 2, &len) == ERR_OK);
    CHECK(len == 20 && memcmp(block, "a\0two words\0\0N=v\0E=", 20) == 0);
    CHECK(arguments_read(block, len, &read_back) == ERR_OK);
    CHECK(read_back.n_arguments == 2 && read_back.n_environment == 2);
    CHECK_STRING(read_back.strings[1], "two words");
    CHECK_STRING(read_back.strings[3], "E=");
    PASS;
}

TEST(environment_alone)
{
    static const char *const environment[] = {"N=v"};
    size_t len;

    CHECK(arguments_pack(block, sizeof(block), NULL, 0, environment, 1, &len) == ERR_OK &&
          len == 5);
    CHECK(arguments_read(block, len, &read_back) == ERR_OK);
    CHECK(read_back.n_arguments == 0 && read_back.n_environment == 1);
    CHECK(arguments_read("", 1, &read_back) == ERR_OK && read_back.n_environment == 0);
    PASS;
}

TEST(malformed)
{
    CHECK(arguments_read("a", 1, &read_back) == ERR_MALFORMED);
    CHECK(arguments_read("a\0b", 3, &read_back) == ERR_MALFORMED);
    CHECK(arguments_read("a\0\0", 4, &read_back) == ERR_MALFORMED);
    CHECK(arguments_read("a\0\0E=\0\0", 8, &read_back) == ERR_MALFORMED);
    PASS;
}

TEST(full)
{
    static const char *const arguments[] = {"12345"}, *const empty[] = {""};
    static const char *many[ARGUMENTS_MAX + 1];
    size_t len;

    CHECK(arguments_pack(block, 5, arguments, 1, NULL, 0, &len) == ERR_NO_ROOM);
    CHECK(arguments_pack(block, 6, arguments, 1, NULL, 0, &len) == ERR_OK && len == 6);
    CHECK(arguments_pack(block, 6, empty, 1, NULL, 0, &len) == ERR_BAD_ARGUMENT);
    for (unsigned i = 0; i <= ARGUMENTS_MAX; i++)
        many[i] = "x";
    CHECK(arguments_pack(block, sizeof(block), many, 1, many, ARGUMENTS_MAX, &len) == ERR_NO_ROOM);
    CHECK(arguments_pack(block, sizeof(block), many, ARGUMENTS_MAX, NULL, 0, &len) == ERR_OK);
    CHECK(arguments_read(block, len, &read_back) == ERR_OK);
    CHECK(read_back.n_arguments == ARGUMENTS_MAX);
    block[len] = 'y';
    block[len + 1] = '\0';
    CHECK(arguments_read(block, len + 2, &read_back) == ERR_BAD_LENGTH);
    PASS;
}

int main(void)
{
    RUN(nothing);
    RUN(there_and_back);
    RUN(environment_alone);
    RUN(malformed);
    RUN(full);
    TESTS_END;
}
