/*
 * Fuzzes the line editor: whatever is typed, the terminal shows the line, and the line is whole characters.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The first byte chooses the terminal's width and whether lines are hidden; all others are typed.
 */
#include "line/line.h"

#include "../test/screen.h"

#include <locale.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static size_t complete(void *context, const char *at, size_t len, struct choices *choices)
{
    size_t begin = len;

    (void)context;
    while (begin > 0 && at[begin - 1] != ' ')
        begin--;
    if (len - begin < 3) {
        choices_add(choices, "one ");
        choices_add(choices, "on\xc3\xa9.");
    }
    return begin;
}

static void require(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "%s\n", what);
    abort();
}

/* Characters that utf8.h lets pass, one behind another, the cursor between two of them. */
static bool is_whole(const struct text *text)
{
    struct utf8_parts parts = {0};
    bool is_ended = true, has_cursor = text->cursor == text->len;

    for (size_t at = 0; at < text->len; at = utf8_after(text->bytes, text->len, at))
        has_cursor = has_cursor || text->cursor == at;
    for (size_t at = 0; at < text->len; at++) {
        uint8_t byte = (uint8_t)text->bytes[at];

        if (byte < 0x80 && (!is_ended || byte < ' ' || byte == 0x7f))
            return false;
        is_ended = byte < 0x80 || utf8_feed(&parts, byte);
    }
    return is_ended && has_cursor && strlen(text->bytes) == text->len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static struct screen screen;
    static struct history history;
    static struct line line;

    if (len == 0)
        return 0;
    setlocale(LC_CTYPE, "C.UTF-8");
    screen_open(&screen);
    history = (struct history){0};
    line = (struct line){.display = {.write = screen_write, .context = &screen},
                         .columns = data[0] % SCREEN_COLUMNS + 1,
                         .history = &history,
                         .is_hidden = data[0] >= 0xf0,
                         .complete = complete};
    line_begin(&line, "> ");
    for (size_t i = 1; i < len; i++) {
        enum line_event event = line_feed(&line, data[i]);
        const char *why = NULL;

        require(is_whole(&line.text), "the line is not whole");
        if (event != LINE_MORE) {
            screen_write(&screen, "\n", event == LINE_END ? 1 : 0);
            line_begin(&line, "> ");
        }
        if (!line.is_hidden)
            why = screen_check(&screen, &line);
        require(!why, why);
    }
    return 0;
}
