/*
 * Tests the line editor by what a terminal shows.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "line/line.h"

#include "kernel/test/check.h"
#include "screen.h"

#include <locale.h>

static struct screen screen;
static struct history history;
static struct line line;
static enum line_event event;
static char said[4096];
static size_t said_len;

static void show(void *context, const char *bytes, size_t len)
{
    screen_write(context, bytes, len);
    if (len < sizeof(said) - said_len) {
        memcpy(said + said_len, bytes, len);
        said_len += len;
    }
    said[said_len] = '\0';
}

static void begin(void)
{
    screen_open(&screen);
    history = (struct history){0};
    line = (struct line){
        .display = {.write = show, .context = &screen}, .columns = 80, .history = &history};
    line_begin(&line, "> ");
}

/* Types the keys; what was said is of these alone. */
static int type(const char *keys)
{
    said_len = 0;
    said[0] = '\0';
    for (; *keys; keys++) {
        const char *why;

        event = line_feed(&line, (uint8_t)*keys);
        why = event == LINE_MORE ? screen_check(&screen, &line) : screen.failure;
        if (why) {
            printf("# %s; shown: %s\n", why, screen_row(&screen));
            return 0;
        }
    }
    return 1;
}

#define AFTER(keys, expected)                               \
    do {                                                    \
        CHECK(type(keys));                                  \
        CHECK_STRING(line.text.bytes, expected);            \
        CHECK(line.text.len == strlen(line.text.bytes));    \
        CHECK(line.text.cursor <= strlen(line.text.bytes)); \
    } while (0)

TEST(types)
{
    begin();
    AFTER("caps", "caps");
    CHECK_STRING(said, "caps");
    CHECK_STRING(screen_row(&screen), "> caps");
    CHECK(event == LINE_MORE);
    AFTER("\r", "caps");
    CHECK(event == LINE_DONE && screen.rows == 1);
    PASS;
}

TEST(moves_and_edits)
{
    begin();
    AFTER("helo\x1b[Dl", "hello");
    AFTER("\x01oh, ", "oh, hello");
    AFTER("\x05!", "oh, hello!");
    AFTER("\x1b[H\x1b[3~\x04O", "O, hello!");
    CHECK(line.text.cursor == 1);
    AFTER("\x1b[F\x7f\b", "O, hell");
    AFTER("\x1b[1~\x1b[4~\x1bOH\x1bOF\x02\x06.", "O, hell.");
    PASS;
}

TEST(cuts)
{
    begin();
    AFTER("one two  three \x17", "one two  ");
    AFTER("\x17", "one ");
    AFTER("two\x1b[D\x0b", "one tw");
    AFTER("\x1b[D\x15", "w");
    AFTER("\x0b\x0b\x15\x17", "");
    CHECK_STRING(screen_row(&screen), ">");
    PASS;
}

TEST(words)
{
    begin();
    AFTER("run \"a b\" with\x1b[1;5D\x1b[1;5D.", "run \"a .b\" with");
    AFTER("\x1b[1;5C!", "run \"a .b\"! with");
    AFTER("\x1b"
          "b\x1b"
          "b\x1b"
          "b\x1b"
          "b\x1b"
          "b-",
          "-run \"a .b\"! with");
    AFTER("\x1b"
          "f\x1b[1;3C\x1b[1;3C\x1b[1;3C\x1b[1;3C.",
          "-run \"a .b\"! with.");
    PASS;
}

/* Characters of two to four bytes, of no column and of two. */
TEST(characters)
{
    begin();
    AFTER("gr\xc3\xbc\xc3\x9f", "gr\xc3\xbc\xc3\x9f");
    AFTER("\x1b[D\x7f", "gr\xc3\x9f");
    AFTER("\x1b[3~\xe6\x97\xa5\xe6\x9c\xac\xf0\x9f\x90\xa7",
          "gr\xe6\x97\xa5\xe6\x9c\xac\xf0\x9f\x90\xa7");
    CHECK(screen.column == 2 + 2 + 6);
    AFTER("\x02\x02\x7f", "gr\xe6\x9c\xac\xf0\x9f\x90\xa7");
    AFTER("\x15"
          "a\xcc\x81",
          "a\xcc\x81\xe6\x9c\xac\xf0\x9f\x90\xa7");
    AFTER("\x1b[D\x1b[C\x7f", "\xe6\x9c\xac\xf0\x9f\x90\xa7");
    PASS;
}

/* A character that is none is dropped, whatever comes in its middle. */
TEST(no_characters)
{
    begin();
    AFTER("\xff\x80\xc3(\xe2\x82x\xf0\x9f\x90", "(x");
    AFTER("\xc0\x80\xe0\x80\x80\xed\xa0\x80\xf4\x90\x80\x80\xf5z", "(xz");
    AFTER("\xc2\x85\x01\x05\x1c\x1f", "(xz");
    PASS;
}

TEST(marks_without_letters)
{
    begin();
    AFTER("\xcc\x81 \xcc\x81z", " z");
    CHECK(screen.bells == 2);
    PASS;
}

TEST(sequences_without_meaning)
{
    begin();
    AFTER("a\x1b[15~\x1bOP\x1b[1;2P\x1b[<0;1;1M\x1b[?1;2c\x1b[123456789012345~b", "ab");
    AFTER("\x1b]0;title\a\x1bPdata\x1b\\\x1b_x\x1b\\\x1bxc", "abc");
    AFTER("\x1b[A\x1b[B", "abc");
    AFTER("\x1b[1;", "abc");
    CHECK(type("\x03") && event == LINE_CANCELLED);
    PASS;
}

TEST(ends)
{
    begin();
    AFTER("x\x7f\x04", "");
    CHECK(event == LINE_END);
    AFTER("half a li\x1b[D\x1b[D\x03", "half a li");
    CHECK(event == LINE_CANCELLED);
    CHECK_STRING(said, "half a li\b\b\x1b[2C\n");
    line_begin(&line, "> ");
    AFTER("one\r", "one");
    CHECK(event == LINE_DONE);
    line_begin(&line, "> ");
    AFTER("\n", "");
    CHECK(event == LINE_MORE);
    CHECK(type("\n") && event == LINE_DONE);
    PASS;
}

static void enter(const char *text)
{
    type(text);
    type("\r");
    line_begin(&line, "> ");
}

TEST(recalls)
{
    begin();
    enter("first");
    enter("second");
    enter("second");
    enter("");
    AFTER("draft\x1b[A", "second");
    AFTER("\x10", "first");
    AFTER("\x1b[A", "first");
    CHECK(screen.bells == 1);
    AFTER("\x7f\x7f\x1b[B", "second");
    AFTER("\x0e", "draft");
    AFTER("\x1b[B", "draft");
    AFTER("\x1b[A\x1b[A", "first");
    PASS;
}

TEST(forgets_the_oldest)
{
    static char text[TEXT_MAX + 1];

    begin();
    for (int i = 0; i < 20; i++) {
        memset(text, 'a' + i, TEXT_MAX);
        enter(text);
    }
    CHECK(history.n == HISTORY_LEN / (TEXT_MAX + 1));
    for (int i = 0; i < 20; i++)
        CHECK(type("\x1b[A"));
    CHECK(line.text.bytes[0] == 'a' + 20 - 8 && line.text.len == TEXT_MAX);
    PASS;
}

static size_t complete(void *context, const char *at, size_t len, struct choices *choices)
{
    static const char *const words[] = {"call ", "caps ", "console.", "gr\xc3\xbcn ",
                                        "gr\xc3\xb6\xc3\x9f"
                                        "e "};
    size_t begin = len;

    (void)context;
    while (begin > 0 && at[begin - 1] != ' ')
        begin--;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strncmp(words[i], at + begin, len - begin) == 0)
            choices_add(choices, words[i]);
    }
    return begin;
}

TEST(completes)
{
    begin();
    line.complete = complete;
    AFTER("co\t", "console.");
    AFTER(" c\t", "console. c");
    CHECK_STRING(said, " c\ncall  caps  console.\n> console. c");
    AFTER("a\t", "console. ca");
    AFTER("l\t", "console. call ");
    AFTER("x\t", "console. call x");
    CHECK(screen.bells == 1);
    AFTER("\x15gr\t", "gr");
    AFTER("\xc3\xb6\t", "gr\xc3\xb6\xc3\x9f"
                        "e ");
    AFTER("\x01"
          "cal\t",
          "call gr\xc3\xb6\xc3\x9f"
          "e ");
    PASS;
}

TEST(offers_more_than_it_shows)
{
    static struct choices choices;
    char word[CHOICE_LEN + 1];

    choices_open(&choices);
    for (unsigned i = 0; i < 100; i++) {
        snprintf(word, sizeof(word), "%0100u", i);
        choices_add(&choices, word);
    }
    memset(word, '0', CHOICE_LEN);
    word[CHOICE_LEN] = '\0';
    choices_add(&choices, word);
    CHECK(choices.n == 100 && choices.n_words == CHOICES_LEN / 101);
    CHECK(choices.common_len == 98);
    PASS;
}

/* A long line shows the part with the cursor. */
TEST(scrolls)
{
    begin();
    for (int i = 0; i < TEXT_MAX; i++)
        CHECK(type(i % 10 ? "x" : "|"));
    CHECK(screen.bells == 0);
    CHECK(type("y") && screen.bells == 1 && line.text.len == TEXT_MAX);
    CHECK(line.display.first > 0);
    for (int i = 0; i < 500; i++)
        CHECK(type("\x1b[D"));
    CHECK(type("\x01") && line.display.first == 0);
    CHECK(type("\x05\x17\x17") && line.text.len == 0);
    PASS;
}

TEST(scrolls_wide_characters)
{
    begin();
    screen_open(&screen);
    line.columns = 1;
    line_begin(&line, "");
    for (int i = 0; i < 50; i++)
        CHECK(type(i % 3 ? "\xe6\x97\xa5" : "e\xcc\x81\xcc\x82"));
    for (int i = 0; i < 60; i++)
        CHECK(type(i % 2 ? "\x1b[D" : "\x7f"));
    CHECK(type("\x05\x01\x05"));
    PASS;
}

/* What is recalled while a long line is scrolled is shown from its beginning. */
TEST(recalls_other_widths)
{
    begin();
    enter("\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5x");
    screen_open(&screen);
    line.columns = 1;
    line_begin(&line, "> ");
    CHECK(type("abcdefghij") && line.display.first > 0);
    CHECK(type("\x10\x0e\x10"));
    PASS;
}

TEST(pastes)
{
    begin();
    line.complete = complete;
    AFTER("\x1b[200~one\r\ntwo\tthree\x7f\x01\x1b[A\x04\x1b"
          "b",
          "one two three");
    AFTER("\x1b[201~\x17", "one two ");
    AFTER("\x1b[200~four\x03", "one two four");
    CHECK(event == LINE_CANCELLED);
    line_begin(&line, "> ");
    CHECK(type("x\r") && event == LINE_DONE);
    PASS;
}

TEST(hides)
{
    begin();
    line.is_hidden = true;
    line_begin(&line, "password: ");
    said_len = 0;
    for (const char *keys = "secret\x1b[D\x7f\x0c\x01\x1b[A"; *keys; keys++)
        CHECK(line_feed(&line, (uint8_t)*keys) == LINE_MORE);
    CHECK(said_len == 0);
    CHECK_STRING(line.text.bytes, "secrt");
    CHECK(line_feed(&line, '\r') == LINE_DONE);
    CHECK_STRING(said, "\n");
    PASS;
}

TEST(makes_room)
{
    begin();
    AFTER("half\x1b[D", "half");
    line_hide(&line);
    CHECK_STRING(screen_row(&screen), "");
    screen_write(&screen, "news\n", 5);
    line_show(&line);
    CHECK(!screen_check(&screen, &line));
    AFTER("\x0c\xc3\xa9", "hal\xc3\xa9"
                          "f");
    PASS;
}

/* Without a prompt, what stands before the text stays. */
TEST(makes_room_behind_others)
{
    begin();
    screen_open(&screen);
    screen_write(&screen, "name: ", 6);
    line_begin(&line, "");
    for (const char *keys = "ada\x1b[D"; *keys; keys++)
        line_feed(&line, (uint8_t)*keys);
    CHECK_STRING(screen_row(&screen), "name: ada");
    line_hide(&line);
    CHECK_STRING(screen_row(&screen), "name:");
    CHECK(screen.column == 6);
    screen_write(&screen, "(your) ", 7);
    line_show(&line);
    CHECK_STRING(screen_row(&screen), "name: (your) ada");
    CHECK(screen.column == 15 && !screen.failure);
    PASS;
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    RUN(types);
    RUN(moves_and_edits);
    RUN(cuts);
    RUN(words);
    RUN(characters);
    RUN(no_characters);
    RUN(marks_without_letters);
    RUN(sequences_without_meaning);
    RUN(ends);
    RUN(recalls);
    RUN(forgets_the_oldest);
    RUN(completes);
    RUN(offers_more_than_it_shows);
    RUN(scrolls);
    RUN(scrolls_wide_characters);
    RUN(recalls_other_widths);
    RUN(pastes);
    RUN(hides);
    RUN(makes_room);
    RUN(makes_room_behind_others);
    TESTS_END;
}
