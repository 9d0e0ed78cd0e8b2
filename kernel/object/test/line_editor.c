/*
 * Tests object/line_editor.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/line_editor.h"

#include "test/check.h"

#define SCREEN_MAX 8192

static char screen[SCREEN_MAX + 1];
static size_t screen_len;

static void echo(const char *bytes, size_t len)
{
    if (len > SCREEN_MAX - screen_len)
        len = SCREEN_MAX - screen_len;
    memcpy(screen + screen_len, bytes, len);
    screen_len += len;
    screen[screen_len] = 0;
}

static struct line_editor editor;

/* A new editor, which has seen nothing yet. */
static void start(void)
{
    editor = (struct line_editor){.echo = echo};
}

static void begin(uint32_t max, bool visible)
{
    screen_len = 0;
    screen[0] = 0;
    line_editor_begin(&editor, max, visible);
}

/* Types until the line ends; how, or LINE_GOES_ON. */
static enum line_event type(const char *bytes, size_t len, size_t *taken)
{
    enum line_event event = LINE_GOES_ON;

    for (*taken = 0; *taken < len && event == LINE_GOES_ON; (*taken)++)
        event = line_editor_take(&editor, (uint8_t)bytes[*taken]);
    return event;
}

static const char *line(void)
{
    static char copy[LINE_LEN_MAX + 1];
    struct bytes bytes = line_editor_line(&editor);

    memcpy(copy, bytes.at, bytes.len);
    copy[bytes.len] = 0;
    return copy;
}

#define GERMAN "\xc3\xa4"         /* two bytes */
#define EURO   "\xe2\x82\xac"     /* three */
#define SMILE  "\xf0\x9f\x99\x82" /* four */
#define ERASED "\b \b"

static const struct {
    const char *typed, *line, *screen;
    uint32_t max;
    enum line_event event;
} lines[] = {
    /* Ends */
    {"\r", "", "\n", 8, LINE_ENDS},
    {"\n", "", "\n", 8, LINE_ENDS},
    {"abc\r", "abc", "abc\n", 8, LINE_ENDS},
    {"abc\n", "abc", "abc\n", 8, LINE_ENDS},
    {"abc", "abc", "abc\n", 8, LINE_GOES_ON},
    /* Cancelled, with what was typed */
    {"\x03", "", "\n", 8, LINE_IS_CANCELLED},
    {"ab\x03", "ab", "ab\n", 8, LINE_IS_CANCELLED},
    {"\x04", "", "\n", 8, LINE_IS_CANCELLED},
    {"ab\x04\r", "ab", "ab\n", 8, LINE_ENDS},
    {"a\b\x04", "", "a" ERASED "\n", 8, LINE_IS_CANCELLED},
    /* Rubbed out */
    {"ab\bc\r", "ac", "ab" ERASED "c\n", 8, LINE_ENDS},
    {"ab\x7f\x7f\x7f"
     "c\r",
     "c", "ab" ERASED ERASED "c\n", 8, LINE_ENDS},
    {"abc\x15x\r", "x", "abc" ERASED ERASED ERASED "x\n", 8, LINE_ENDS},
    {"\x15\b\x7f\r", "", "\n", 8, LINE_ENDS},
    {"a" GERMAN "\b\r", "a", "a" GERMAN ERASED "\n", 8, LINE_ENDS},
    {"a" EURO SMILE "\b\b\r", "a", "a" EURO SMILE ERASED ERASED "\n", 16, LINE_ENDS},
    {GERMAN EURO SMILE "\x15\r", "", GERMAN EURO SMILE ERASED ERASED ERASED "\n", 16, LINE_ENDS},
    /* What is no UTF-8 is rubbed out byte by byte */
    {"a\x80\b\r", "a", "a\x80" ERASED "\n", 8, LINE_ENDS},
    {"a\xe2\x82\b\r", "a", "a\xe2\x82" ERASED "\n", 8, LINE_ENDS},
    {GERMAN "\x80\b\r", GERMAN, GERMAN "\x80" ERASED "\n", 8, LINE_ENDS},
    {"a\x80\x80\x80\x80\x80\b\r", "a\x80\x80\x80\x80", "a\x80\x80\x80\x80\x80" ERASED "\n", 8,
     LINE_ENDS},
    {"\x80\x80\x15\r", "", "\x80\x80" ERASED ERASED "\n", 8, LINE_ENDS},
    {"\xff\xfe\b\r", "\xff", "\xff\xfe" ERASED "\n", 8, LINE_ENDS},
    /* Full */
    {"abcd\r", "abc", "abc\a\n", 3, LINE_ENDS},
    {"abcd\be\r", "abe", "abc\a" ERASED "e\n", 3, LINE_ENDS},
    {"ab" EURO "\r", "ab", "ab\a\n", 4, LINE_ENDS},
    {"ab" EURO "c\r", "abc", "ab\ac\n", 4, LINE_ENDS},
    {"a" EURO "\r", "a" EURO, "a" EURO "\n", 4, LINE_ENDS},
    {SMILE SMILE "\r", SMILE, SMILE "\a\n", 7, LINE_ENDS},
    {"\xc3\xff\x80\r", "\xff", "\a\xff\a\n", 1, LINE_ENDS},
    /* Other control bytes */
    {"a\tb\x01\x02\x05\x06\a\v\f\x0e\x1f\x12\x16\x17\r", "ab", "ab\n", 8, LINE_ENDS},
    /* Escape sequences */
    {"a\x1b[Ab\r", "ab", "ab\n", 8, LINE_ENDS},
    {"a\x1b[1;5Cb\r", "ab", "ab\n", 8, LINE_ENDS},
    {"a\x1b[3~b\r", "ab", "ab\n", 8, LINE_ENDS},
    {"a\x1b[?1 qb\r", "ab", "ab\n", 8, LINE_ENDS},
    {"a\x1bOPb\r", "ab", "ab\n", 8, LINE_ENDS},
    {"a\x1b(Bb\r", "ab", "ab\n", 8, LINE_ENDS},
    {"a\x1b"
     "fb\r",
     "ab", "ab\n", 8, LINE_ENDS},
    {"a\x1b]0;title\ab\r", "ab", "ab\n", 8, LINE_ENDS},
    {"a\x1bP1$r\x1b\\b\r", "ab", "ab\n", 8, LINE_ENDS},
    {"\x1b\x1b[Ab\r", "b", "b\n", 8, LINE_ENDS},
    {"a\x1b[12\r", "a", "a\n", 8, LINE_ENDS},
    {"a\x1b[1\x03", "a", "a\n", 8, LINE_IS_CANCELLED},
    {"ab\x1b\bc\r", "ac", "ab" ERASED "c\n", 8, LINE_ENDS},
    {"a\x1b" GERMAN "\r", "a" GERMAN, "a" GERMAN "\n", 8, LINE_ENDS},
};

#define N_LINES (sizeof(lines) / sizeof(lines[0]))

TEST(each_line_of_the_table)
{
    for (size_t i = 0; i < N_LINES; i++) {
        size_t taken;

        start();
        begin(lines[i].max, true);
        CHECK(type(lines[i].typed, strlen(lines[i].typed), &taken) == lines[i].event);
        CHECK(taken == strlen(lines[i].typed));
        CHECK_STRING(line(), lines[i].line);
        line_editor_end(&editor);
        CHECK_STRING(screen, lines[i].screen);
    }
    PASS;
}

TEST(hidden_ones_show_only_their_end)
{
    for (size_t i = 0; i < N_LINES; i++) {
        size_t taken;

        start();
        begin(lines[i].max, false);
        CHECK(type(lines[i].typed, strlen(lines[i].typed), &taken) == lines[i].event);
        CHECK_STRING(line(), lines[i].line);
        CHECK_STRING(screen, "");
        line_editor_end(&editor);
        CHECK_STRING(screen, "\n");
    }
    PASS;
}

TEST(nothing_is_left_of_a_line)
{
    size_t taken;

    start();
    begin(LINE_LEN_MAX, false);
    type("secret\b\b\r", 9, &taken);
    line_editor_end(&editor);
    CHECK(line_editor_line(&editor).len == 0);
    for (size_t i = 0; i < sizeof(editor.line); i++)
        CHECK(editor.line[i] == 0);
    PASS;
}

TEST(carriage_return_and_line_feed_end_one_line)
{
    size_t taken;

    start();
    begin(8, true);
    CHECK(type("one\r\ntwo\n", 9, &taken) == LINE_ENDS && taken == 4);
    line_editor_end(&editor);
    begin(8, true);
    CHECK(type("\ntwo\n\r", 6, &taken) == LINE_ENDS && taken == 5);
    CHECK_STRING(line(), "two");
    line_editor_end(&editor);
    begin(8, true);
    CHECK(type("\r", 1, &taken) == LINE_ENDS);
    CHECK_STRING(line(), "");
    line_editor_end(&editor);
    PASS;
}

TEST(a_sequence_goes_on_over_the_end_of_a_line)
{
    size_t taken;

    start();
    begin(8, true);
    type("a\x1b[", 3, &taken);
    line_editor_end(&editor);
    begin(8, true);
    CHECK(type("Ab\r", 3, &taken) == LINE_ENDS);
    CHECK_STRING(line(), "b");
    line_editor_end(&editor);
    PASS;
}

TEST(a_line_of_all_lengths)
{
    size_t taken;

    start();
    for (uint32_t max = 1; max <= LINE_LEN_MAX; max++) {
        begin(max, true);
        for (uint32_t i = 0; i < max + 3; i++)
            CHECK(type("x", 1, &taken) == LINE_GOES_ON);
        CHECK(line_editor_line(&editor).len == max);
        CHECK(screen_len == max + 3 && screen[max] == '\a');
        line_editor_end(&editor);
    }
    PASS;
}

int main(void)
{
    RUN(each_line_of_the_table);
    RUN(hidden_ones_show_only_their_end);
    RUN(nothing_is_left_of_a_line);
    RUN(carriage_return_and_line_feed_end_one_line);
    RUN(a_sequence_goes_on_over_the_end_of_a_line);
    RUN(a_line_of_all_lengths);
    TESTS_END;
}
