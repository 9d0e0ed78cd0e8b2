/*
 * What a word could be completed to.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CHOICES_LEN 2048 /* bytes of the words that can be shown, with a NUL behind each */
#define CHOICE_LEN  128  /* bytes of a word; longer ones are no choice */

struct choices {
    uint32_t n;              /* all of them */
    char common[CHOICE_LEN]; /* how all of them begin */
    size_t common_len;
    char words[CHOICES_LEN]; /* the first of them, each with a NUL behind it */
    size_t used;
    uint32_t n_words;
};

void choices_open(struct choices *);

/* One more: the whole word, with what shall follow it when it is the only one (a space, a full stop). */
void choices_add(struct choices *, const char *word);
