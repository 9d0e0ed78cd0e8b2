/*
 * A line editor: bytes as they are typed in, what the terminal shall show out. It waits for nothing.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "line/line.h"

#include "line/utf8.h"

#include <stdio.h>
#include <string.h>

#define BELL         "\a"
#define CLEAR_SCREEN "\x1b[H\x1b[2J" /* CUP, ED */
#define CLEAR_ROW    "\r\x1b[K"      /* EL */

/* Nothing of a hidden line is told, not even how long it is. */
static void show(struct line *line, const char *what)
{
    if (!line->is_hidden)
        display_write(&line->display, what);
}

static void update(struct line *line)
{
    if (!line->is_hidden)
        display_update(&line->display, &line->text);
}

void line_begin(struct line *line, const char *prompt)
{
    size_t columns;

    snprintf(line->prompt, sizeof(line->prompt), "%s", prompt);
    columns = utf8_columns(line->prompt, strlen(line->prompt));
    line->display.columns = LINE_NARROW;
    if (line->columns > columns + LINE_NARROW)
        line->display.columns = line->columns - columns;
    line->back = 0;
    text_set(&line->text, "");
    line_show(line);
}

void line_hide(struct line *line)
{
    if (line->prompt[0])
        display_write(&line->display, CLEAR_ROW);
    else
        display_clear(&line->display);
}

void line_show(struct line *line)
{
    display_write(&line->display, line->prompt);
    display_begin(&line->display);
    update(line);
}

static void insert(struct line *line, const char *bytes, size_t len)
{
    if (!text_insert(&line->text, bytes, len))
        show(line, BELL);
}

/* What is being typed is kept as a draft; what is recalled is a copy. */
static void recall(struct line *line, uint32_t back)
{
    const char *text = back == 0 ? line->draft : history_get(line->history, back);

    if (!text) {
        show(line, BELL);
        return;
    }
    if (line->back == 0)
        memcpy(line->draft, line->text.bytes, line->text.len + 1);
    line->back = back;
    text_set(&line->text, text);
    line->display.first = 0; /* it counted bytes of the other text */
}

/* What follows a word when it is the only one is not shown. */
static void choices_show(struct line *line)
{
    const char *word = line->choices.words;

    show(line, "\n");
    for (uint32_t i = 0; i < line->choices.n_words; i++, word += strlen(word) + 1) {
        char text[CHOICE_LEN + 2];

        snprintf(text, sizeof(text), "%s%.*s", i > 0 ? "  " : "", (int)strcspn(word, " "), word);
        show(line, text);
    }
    show(line, line->choices.n_words < line->choices.n ? "  ...\n" : "\n");
    line_show(line);
}

/* --- What the keys do --- */

static void key_text(struct line *line)
{
    insert(line, line->keys.text, line->keys.n_text);
}

static void key_backspace(struct line *line)
{
    text_cut(&line->text, text_before(&line->text));
}

static void key_delete(struct line *line)
{
    text_cut(&line->text, text_after(&line->text));
}

static void key_cut_to_begin(struct line *line)
{
    text_cut(&line->text, 0);
}

static void key_cut_to_end(struct line *line)
{
    text_cut(&line->text, line->text.len);
}

static void key_cut_word(struct line *line)
{
    text_cut(&line->text, text_word_begin(&line->text));
}

static void key_left(struct line *line)
{
    line->text.cursor = text_before(&line->text);
}

static void key_right(struct line *line)
{
    line->text.cursor = text_after(&line->text);
}

static void key_word_left(struct line *line)
{
    line->text.cursor = text_word_begin(&line->text);
}

static void key_word_right(struct line *line)
{
    line->text.cursor = text_word_end(&line->text);
}

static void key_home(struct line *line)
{
    line->text.cursor = 0;
}

static void key_end(struct line *line)
{
    line->text.cursor = line->text.len;
}

static void key_up(struct line *line)
{
    if (line->history)
        recall(line, line->back + 1);
}

static void key_down(struct line *line)
{
    if (line->back > 0)
        recall(line, line->back - 1);
}

/* Adds what all choices have in common. When that is nothing new, shows them. */
static void key_tab(struct line *line)
{
    struct choices *choices = &line->choices;
    const char *word;
    size_t len;

    if (!line->complete)
        return;
    choices_open(choices);
    len = line->text.cursor;
    word = line->text.bytes + line->complete(line->display.context, line->text.bytes, len, choices);
    len -= (size_t)(word - line->text.bytes);
    if (choices->n == 0)
        show(line, BELL);
    else if (choices->common_len > len && memcmp(word, choices->common, len) == 0)
        insert(line, choices->common + len, choices->common_len - len);
    else if (choices->n > 1)
        choices_show(line);
}

static void key_clear(struct line *line)
{
    if (line->is_hidden)
        return;
    display_write(&line->display, CLEAR_SCREEN);
    line_show(line);
}

static void (*const actions[KEYS])(struct line *) = {
    [KEY_TEXT] = key_text,
    [KEY_TAB] = key_tab,
    [KEY_LEFT] = key_left,
    [KEY_RIGHT] = key_right,
    [KEY_WORD_LEFT] = key_word_left,
    [KEY_WORD_RIGHT] = key_word_right,
    [KEY_HOME] = key_home,
    [KEY_END] = key_end,
    [KEY_UP] = key_up,
    [KEY_DOWN] = key_down,
    [KEY_BACKSPACE] = key_backspace,
    [KEY_DELETE] = key_delete,
    [KEY_CUT_TO_BEGIN] = key_cut_to_begin,
    [KEY_CUT_TO_END] = key_cut_to_end,
    [KEY_CUT_WORD] = key_cut_word,
    [KEY_CLEAR] = key_clear,
    [KEY_CLOSE] = key_delete,
};

static enum line_event ended(struct line *line, enum key key)
{
    key_end(line);
    update(line);
    display_write(&line->display, "\n");
    if (key == KEY_CANCEL)
        return LINE_CANCELLED;
    if (line->history)
        history_add(line->history, line->text.bytes, line->text.len);
    return LINE_DONE;
}

enum line_event line_feed(struct line *line, uint8_t byte)
{
    enum key key = keys_feed(&line->keys, byte);

    if (key == KEY_ENTER || key == KEY_CANCEL)
        return ended(line, key);
    if (key == KEY_CLOSE && line->text.len == 0)
        return LINE_END;
    if (actions[key]) {
        actions[key](line);
        update(line);
    }
    return LINE_MORE;
}
