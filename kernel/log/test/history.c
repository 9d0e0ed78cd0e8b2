/*
 * Tests log/history.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "log/history.h"

#include "test/check.h"

/* The history is one for all tests, so each begins where it finds the end. */
static uint64_t end_of_all(void)
{
    struct log_part part = {0};
    char text[4096];

    while (log_history_read(part.end, text, sizeof(text), &part) && part.len)
        continue;
    return part.end;
}

static void add(const char *line)
{
    log_history_add(line, strlen(line));
}

static char text[LOG_HISTORY_LEN + 1];
static struct log_part part;

/* What stands behind FROM, as a string, of at most ROOM bytes. */
static const char *read(uint64_t from, size_t room)
{
    if (!log_history_read(from, text, room, &part))
        return "there is no such place";
    text[part.len] = 0;
    return text;
}

TEST(lines_come_in_order_and_then_there_are_none)
{
    uint64_t from = end_of_all();

    CHECK_STRING(read(from, 100), "");
    CHECK(part.end == from && part.lost == 0);
    add("one\n");
    add("two\n");
    CHECK_STRING(read(from, 100), "one\ntwo\n");
    CHECK(part.end == from + 8 && part.lost == 0);
    CHECK_STRING(read(part.end, 100), "");
    add("three\n");
    CHECK_STRING(read(part.end, 100), "three\n");
    PASS;
}

TEST(only_whole_lines_are_read)
{
    uint64_t from = end_of_all();

    add("one\n");
    add("two\n");
    CHECK_STRING(read(from, 7), "one\n");
    CHECK_STRING(read(part.end, 4), "two\n");
    CHECK_STRING(read(from, 3), "");
    CHECK(part.end == from);
    CHECK_STRING(read(from + 1, 100), "ne\ntwo\n");
    PASS;
}

TEST(there_is_nothing_behind_the_end)
{
    uint64_t end = end_of_all();

    CHECK(!log_history_read(end + 1, text, 100, &part));
    CHECK(!log_history_read(UINT64_MAX, text, 100, &part));
    PASS;
}

/* Lines of other lengths than the history's, so that each place in it is a line's end once. */
static void add_many(unsigned n)
{
    char line[64];

    for (unsigned i = 0; i < n; i++) {
        int len = snprintf(line, sizeof(line), "%u %.*s\n", i, (int)(i % 40),
                           "----------------------------------------");
        log_history_add(line, (size_t)len);
    }
}

TEST(old_lines_make_room_and_are_counted)
{
    uint64_t from = end_of_all(), end;

    add_many(3000);
    end = end_of_all();
    read(from, LOG_HISTORY_LEN);
    CHECK(part.end == end);
    CHECK(part.lost == end - from - part.len);
    CHECK(part.len > LOG_HISTORY_LEN - 64 && part.len <= LOG_HISTORY_LEN);
    CHECK(text[0] >= '1' && text[0] <= '9' && text[part.len - 1] == '\n');
    CHECK(strcmp(strrchr(text, ' ') - 4, "2999 ---------------------------------------\n") == 0);
    PASS;
}

TEST(what_is_kept_always_begins_with_a_line)
{
    uint64_t from = end_of_all();

    for (unsigned i = 0; i < 5000; i++) {
        add(i % 3 ? "[ordinary\n" : "[a longer line than the others are\n");
        CHECK(log_history_read(from, text, LOG_HISTORY_LEN, &part));
        CHECK(text[0] == '[' && text[part.len - 1] == '\n');
    }
    CHECK(part.lost > 0);
    PASS;
}

TEST(the_longest_line_at_the_end_of_the_ring)
{
    char line[256];
    uint64_t from;

    memset(line, 'x', sizeof(line));
    line[sizeof(line) - 1] = '\n';
    for (unsigned i = 0; i < 300; i++) {
        add("shift\n");
        from = end_of_all();
        log_history_add(line, sizeof(line));
        CHECK(log_history_read(from, text, sizeof(line), &part));
        CHECK(part.len == sizeof(line) && memcmp(text, line, sizeof(line)) == 0);
    }
    PASS;
}

int main(void)
{
    RUN(lines_come_in_order_and_then_there_are_none);
    RUN(only_whole_lines_are_read);
    RUN(there_is_nothing_behind_the_end);
    RUN(old_lines_make_room_and_are_counted);
    RUN(what_is_kept_always_begins_with_a_line);
    RUN(the_longest_line_at_the_end_of_the_ring);
    TESTS_END;
}
