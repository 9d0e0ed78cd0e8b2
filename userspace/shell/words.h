/*
 * A command line, as words.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Spaces separate them. A word that begins with a quote ends with the next one; between them \" and \\ stand for a quote
 * and a backslash, \n for a line feed. A word that begins with a brace is JSON and ends with the brace that matches, as
 * JSON counts them. No other character means anything.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "line/text.h"

#define WORDS_MAX 64

struct word {
    const char *text;
    bool is_quoted; /* it is a word of the user's, whatever it says */
};

struct words {
    struct word word[WORDS_MAX];
    uint32_t n;
    char storage[TEXT_MAX + WORDS_MAX + 1];
};

/* NULL, or what is wrong with the line, which has at most TEXT_MAX bytes. */
const char *words_split(struct words *, const char *line);

/* Whether the word is this one, without quotes. */
bool word_is(const struct word *, const char *text);
