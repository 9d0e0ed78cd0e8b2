/*
 * A line editor: bytes as they are typed in, what the terminal shall show out. It waits for nothing.
 * SPDX-License-Identifier: Apache-2.0
 *
 *     struct line line = {.display = {.write = show}, .columns = 80};
 *
 *     line_begin(&line, "> ");
 *     while (line_feed(&line, next byte) == LINE_MORE)
 *         ;
 *     ... line.text.bytes ...
 *
 * A line is valid UTF-8 without control characters. What does not fit rings the bell and is dropped. Keys: the arrows,
 * Home, End, Delete, Backspace, Ctrl-A B C D E F H K L N P U W, words by Ctrl or Alt with arrows or by Alt-B and Alt-F.
 */
#pragma once

#include "line/choices.h"
#include "line/display.h"
#include "line/history.h"
#include "line/keys.h"

#define PROMPT_MAX  31
#define LINE_NARROW 4 /* columns that a text has at least, however long the prompt */

enum line_event {
    LINE_MORE,
    LINE_DONE,      /* Enter */
    LINE_CANCELLED, /* Ctrl-C; the text is what was typed */
    LINE_END,       /* Ctrl-D on an empty line */
};

struct line {
    /* Set by the user, before the first line_begin(). */
    struct display display;  /* .write and .context */
    size_t columns;          /* of the terminal */
    struct history *history; /* what Up and Down recall; entered lines are added. NULL: none */
    bool is_hidden;          /* show nothing, for secrets; neither is history of use then */

    /* Offers what the word could become that ends at the cursor; AT is what stands before that. Returns the beginning
     * of the word in it. NULL: Tab does nothing. */
    size_t (*complete)(void *context, const char *at, size_t len, struct choices *);

    struct text text;
    struct keys keys; /* goes on over lines */
    char prompt[PROMPT_MAX + 1];
    uint32_t back;            /* lines back in the history; 0: the line that is being typed */
    char draft[TEXT_MAX + 1]; /* which is kept here meanwhile */
    struct choices choices;
};

/* Begins a line, behind a prompt. The cursor is at the beginning of a row, or the prompt is empty. */
void line_begin(struct line *, const char *prompt);

/* Takes a byte that was typed. The end of the line is shown, too: as the beginning of a new row. */
enum line_event line_feed(struct line *, uint8_t byte);

/* Takes the line away, with its prompt, and shows it again where the cursor is then: between them something else can be
 * shown. */
void line_hide(struct line *);
void line_show(struct line *);
