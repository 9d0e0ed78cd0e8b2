/*
 * Tests what a program reads from the terminal.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "tty.h"

#include "kernel/test/check.h"

#include <locale.h>

static struct tty tty;
static char shown[8192]; /* the first of it */
static size_t n_shown;

static void show(void *context, const char *bytes, size_t len)
{
    (void)context;
    for (size_t i = 0; i < len && n_shown + 1 < sizeof(shown); i++)
        shown[n_shown++] = bytes[i];
    shown[n_shown] = '\0';
}

static void begin(void)
{
    n_shown = 0;
    show(NULL, "", 0);
    tty_open(&tty, show, NULL);
}

/* Whether the program goes on. */
static bool type(const char *keys)
{
    bool goes_on = true;

    for (; *keys; keys++)
        goes_on = tty_type(&tty, (uint8_t)*keys) && goes_on;
    return goes_on;
}

static const char *take(size_t room)
{
    static char bytes[TTY_LEN + 1];

    bytes[tty_take(&tty, bytes, room)] = '\0';
    return bytes;
}

TEST(reads_lines)
{
    begin();
    CHECK(type("ad\x7f"
               "da"));
    CHECK(!tty_is_ready(&tty));
    CHECK(type("\rbob\r"));
    CHECK_STRING(take(100), "ada\n");
    CHECK_STRING(take(2), "bo");
    CHECK_STRING(take(100), "b\n");
    CHECK(!tty_is_ready(&tty));
    CHECK_STRING(shown, "ad\b\x1b[Kda\nbob\n");
    PASS;
}

/* An end has its place among the lines. */
TEST(ends)
{
    begin();
    CHECK(type("a\x04\r\x04"
               "b\r\x04"));
    CHECK_STRING(take(100), "a\n");
    CHECK(tty_is_ready(&tty));
    CHECK_STRING(take(100), "");
    CHECK_STRING(take(100), "b\n");
    CHECK_STRING(take(100), "");
    CHECK(!tty_is_ready(&tty));
    PASS;
}

TEST(is_interrupted)
{
    char rest[TTY_LEN];

    begin();
    CHECK(!type("line\rabc\x03"));
    CHECK(!tty_is_ready(&tty) && tty_close(&tty, rest, sizeof(rest)) == 0);
    begin();
    CHECK(!type("\x1c"));
    begin();
    tty_set_mode(&tty, TTY_HIDDEN);
    CHECK(!type("\x03"));
    begin();
    tty_set_mode(&tty, TTY_KEYS);
    CHECK(type("\x03\x04"));
    CHECK_STRING(take(100), "\x03\x04");
    CHECK(type("x") && !type("\x1c") && !tty_is_ready(&tty));
    PASS;
}

TEST(reads_keys)
{
    begin();
    tty_set_mode(&tty, TTY_KEYS);
    CHECK_STRING(shown, KEYS_PASTE_OFF);
    CHECK(type("\x1b[Aq\r\n"));
    CHECK_STRING(shown, KEYS_PASTE_OFF);
    CHECK_STRING(take(3), "\x1b[A");
    CHECK_STRING(take(100), "q\r\n");
    PASS;
}

TEST(hides)
{
    begin();
    tty_set_mode(&tty, TTY_HIDDEN);
    CHECK(type("secret"));
    tty_hide(&tty);
    tty_show(&tty);
    CHECK_STRING(shown, "");
    CHECK(type("\r"));
    CHECK_STRING(take(100), "secret\n");
    CHECK_STRING(shown, "\n");
    PASS;
}

/* A line that is being typed moves behind what the program writes. */
TEST(makes_room)
{
    begin();
    CHECK(type("ab"));
    tty_hide(&tty);
    show(NULL, "news\n", 5);
    tty_show(&tty);
    CHECK_STRING(shown, "ab\b\b\x1b[Knews\nab");
    CHECK(type("c\r"));
    CHECK_STRING(take(100), "abc\n");
    PASS;
}

/* What nobody reads is bounded, and Ctrl-C works all the same. */
TEST(is_bounded)
{
    begin();
    for (int i = 0; i < 3 * TTY_LEN; i++)
        CHECK(type(i % 64 == 63 ? "\r" : "x"));
    CHECK(tty.n <= TTY_LEN && tty.n > TTY_LEN - TEXT_MAX - 1);
    CHECK(strchr(shown, '\a'));
    CHECK(!type("\x03"));
    begin();
    tty_set_mode(&tty, TTY_KEYS);
    for (int i = 0; i < TTY_LEN + 1; i++)
        CHECK(type("x"));
    CHECK(tty.n == TTY_LEN && strcmp(shown, KEYS_PASTE_OFF "\a") == 0);
    PASS;
}

TEST(takes_back)
{
    begin();
    CHECK(type("one\rtwo\r"));
    CHECK_STRING(take(100), "one\n");
    tty_give_back(&tty, "one\n", 4);
    CHECK_STRING(take(100), "one\n");
    CHECK_STRING(take(100), "two\n");
    CHECK(type("\x04"));
    CHECK_STRING(take(100), "");
    tty_give_back(&tty, "", 0);
    CHECK(tty_is_ready(&tty));
    PASS;
}

TEST(hands_on_what_is_left)
{
    char rest[TTY_LEN];

    begin();
    CHECK(type("one\rtwo"));
    rest[tty_close(&tty, rest, sizeof(rest))] = '\0';
    CHECK_STRING(rest, "one\ntwo");
    CHECK_STRING(shown, "one\ntwo\b\b\b\x1b[K");
    CHECK(tty_close(&tty, rest, 5) == 5);
    begin();
    tty_set_mode(&tty, TTY_KEYS);
    CHECK(type("one\r"));
    CHECK(tty_close(&tty, rest, sizeof(rest)) == 0);
    CHECK_STRING(shown, KEYS_PASTE_OFF KEYS_PASTE_ON);
    PASS;
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    RUN(reads_lines);
    RUN(ends);
    RUN(is_interrupted);
    RUN(reads_keys);
    RUN(hides);
    RUN(makes_room);
    RUN(is_bounded);
    RUN(takes_back);
    RUN(hands_on_what_is_left);
    TESTS_END;
}
