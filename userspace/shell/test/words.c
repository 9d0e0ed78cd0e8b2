/*
 * Tests how a command line becomes words.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "words.h"

#include "kernel/test/check.h"

static struct words words;

static const char *split(const char *line)
{
    const char *wrong = words_split(&words, line);

    return wrong ? wrong : "fine";
}

#define WORD(i, expected) CHECK_STRING(words.word[i].text, expected)

TEST(separates_by_spaces)
{
    CHECK_STRING(split(""), "fine");
    CHECK(words.n == 0);
    CHECK_STRING(split("   "), "fine");
    CHECK(words.n == 0);
    CHECK_STRING(split("  run  hello a=b,c  & "), "fine");
    CHECK(words.n == 4);
    WORD(0, "run");
    WORD(2, "a=b,c");
    CHECK(word_is(&words.word[3], "&"));
    PASS;
}

TEST(takes_quoted_words)
{
    CHECK_STRING(split("run \"a b\" \"with\" \"\" \"\\\"\\\\n\\n\\x\""), "fine");
    CHECK(words.n == 5);
    WORD(1, "a b");
    CHECK(words.word[2].is_quoted && !word_is(&words.word[2], "with"));
    WORD(3, "");
    WORD(4, "\"\\n\nx");
    PASS;
}

TEST(refuses_half_quotes)
{
    CHECK_STRING(split("run \"a b"), "a quote has no end");
    CHECK_STRING(split("\""), "a quote has no end");
    CHECK_STRING(split("\"\\"), "a quote has no end");
    CHECK_STRING(split("\"a\"b"), "a space is missing behind a quoted word");
    PASS;
}

TEST(takes_json_whole)
{
    CHECK_STRING(split("call a.b {\"x\": [1, {\"}\": \"\\\"}{\"}], \"y\": {}} z"), "fine");
    CHECK(words.n == 4);
    WORD(2, "{\"x\": [1, {\"}\": \"\\\"}{\"}], \"y\": {}}");
    WORD(3, "z");
    PASS;
}

TEST(refuses_half_json)
{
    CHECK_STRING(split("call a.b {"), "a brace has no end");
    CHECK_STRING(split("{\"a\": {}"), "a brace has no end");
    CHECK_STRING(split("{\"a"), "a quote has no end");
    CHECK_STRING(split("{\"a\\"), "a quote has no end");
    CHECK_STRING(split("{}x"), "a space is missing behind a brace");
    PASS;
}

TEST(is_bounded)
{
    char line[2 * WORDS_MAX + 3] = "";

    for (int i = 0; i < WORDS_MAX; i++)
        strcat(line, "x ");
    CHECK_STRING(split(line), "fine");
    CHECK(words.n == WORDS_MAX);
    strcat(line, "x");
    CHECK_STRING(split(line), "more than 64 words");
    PASS;
}

int main(void)
{
    RUN(separates_by_spaces);
    RUN(takes_quoted_words);
    RUN(refuses_half_quotes);
    RUN(takes_json_whole);
    RUN(refuses_half_json);
    RUN(is_bounded);
    TESTS_END;
}
