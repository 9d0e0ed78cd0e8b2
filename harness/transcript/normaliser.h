/* A normaliser from inside: its rules, and the line it works on.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/manifest/pattern.h"
#include "harness/transcript/normalise.h"
#include "harness/transcript/table.h"

#include <stdint.h>

/* Different values that numbered names can stand for, over all streams of a run. A run with more is
 * better off with a rule that is not numbered. */
#define VALUES_MAX 65536
#define WORDS_MAX  256

struct compiled {
    const char *name; /* the rule's, or a built-in's */
    struct pattern *pattern;
    bool numbered;
};

struct rule_list {
    struct compiled *rules;
    size_t n;
};

/* A value that normaliser_name() made known. */
struct word {
    char *name;
    char *value;
};

struct normaliser {
    struct rule_list console; /* the built-in rules */
    struct rule_list packets;
    struct rule_list own; /* the manifest's */
    struct word words[WORDS_MAX];
    size_t n_words;
    bool too_many_words;
    struct table *values; /* NAME NUL VALUE → number; NAME → how many it has */
};

/* The number of @value among the values called @name, from 1; 0 when there are too many. */
uint32_t normaliser_number(struct normaliser *, const char *name, const char *value, size_t len);

/* A line under way: its text, and which bytes of it are names already ('#') and which not (' '). */
struct line {
    struct normaliser *n;
    struct buffer text;
    struct buffer mask;
    bool start; /* the text is the start of its line */
    struct error *err;
};

/* line.c: puts names in the place of what a list's rules match, and of the known values. */
bool line_apply_rules(struct line *, const struct rule_list *);
bool line_apply_words(struct line *);
