/*
 * Keys, from the bytes that a terminal sends for them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The terminal is an xterm in either of its modes, or any that follows ECMA-48. Escape sequences that mean nothing here are
 * swallowed whole. A control character ends an unfinished sequence and counts itself, so that nothing that was sent can
 * keep Enter or Ctrl-C from being heard.
 *
 * Between the marks of a bracketed paste every character is text: the ends of lines and tabs come as spaces, other
 * control characters are dropped. Ctrl-C ends the paste, too, in case its end was lost.
 */
#pragma once

#include "line/utf8.h"

enum key {
    KEY_NONE, /* nothing, or not yet */
    KEY_TEXT, /* a character: struct keys' text */
    KEY_ENTER,
    KEY_TAB,
    KEY_LEFT,
    KEY_RIGHT,
    KEY_WORD_LEFT,
    KEY_WORD_RIGHT,
    KEY_HOME,
    KEY_END,
    KEY_UP,
    KEY_DOWN,
    KEY_BACKSPACE,
    KEY_DELETE,
    KEY_CUT_TO_BEGIN, /* Ctrl-U */
    KEY_CUT_TO_END,   /* Ctrl-K */
    KEY_CUT_WORD,     /* Ctrl-W */
    KEY_CLEAR,        /* Ctrl-L */
    KEY_CANCEL,       /* Ctrl-C */
    KEY_CLOSE,        /* Ctrl-D */
    KEYS
};

#define KEYS_SEQUENCE_MAX 8 /* bytes behind ESC [; longer ones mean nothing */

/* The decoder. Zero is the beginning. */
struct keys {
    enum keys_state { KEYS_PLAIN, KEYS_ESCAPE, KEYS_CSI, KEYS_SS3, KEYS_STRING } state;
    struct utf8_parts parts;
    char sequence[KEYS_SEQUENCE_MAX + 1];
    uint8_t n_sequence; /* KEYS_SEQUENCE_MAX + 1: too long */
    bool is_pasting;
    bool was_return; /* the last byte was a carriage return: a line feed belongs to it */
    char text[UTF8_MAX];
    uint8_t n_text;
};

enum key keys_feed(struct keys *, uint8_t byte);

/* What a terminal is told so that it marks pastes, or does not any more. */
#define KEYS_PASTE_ON  "\x1b[?2004h"
#define KEYS_PASTE_OFF "\x1b[?2004l"
