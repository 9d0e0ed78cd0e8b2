/*
 * What the words behind "run" ask for.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/process.h"
#include "words.h"

#define RUN_ARGUMENTS_LEN 2048
#define RUN_ARGUMENTS_MAX 32

struct run_words {
    struct process_request request; /* what it points to is here, or in the words */
    bool in_background;
    struct process_grant grants[PROCESS_GRANTS_MAX];
    char arguments[RUN_ARGUMENTS_LEN];
    char lists[TEXT_MAX + WORDS_MAX]; /* the words of lists, cut at their commas */
    size_t used;
};

/* False: the words make no sense, or name what the shell does not hold; the user is told. */
bool run_words_read(struct run_words *, const struct word *words, uint32_t n);
