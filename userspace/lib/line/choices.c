/*
 * What a word could be completed to.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "line/choices.h"

#include "line/utf8.h"

#include <string.h>

void choices_open(struct choices *choices)
{
    choices->n = choices->n_words = 0;
    choices->common_len = choices->used = 0;
}

/* Shortened to a whole character. */
static void common_cut(struct choices *choices, const char *word, size_t len)
{
    size_t same = 0;

    for (size_t at = 0; at < choices->common_len; at = same) {
        same = utf8_after(choices->common, choices->common_len, at);
        if (same > len || memcmp(choices->common + at, word + at, same - at) != 0) {
            choices->common_len = at;
            return;
        }
    }
}

void choices_add(struct choices *choices, const char *word)
{
    size_t len = strlen(word);

    if (len >= CHOICE_LEN)
        return;
    if (choices->n++ == 0) {
        memcpy(choices->common, word, len);
        choices->common_len = len;
    } else {
        common_cut(choices, word, len);
    }
    if (choices->used + len + 1 > CHOICES_LEN)
        return;
    memcpy(choices->words + choices->used, word, len + 1);
    choices->used += len + 1;
    choices->n_words++;
}
