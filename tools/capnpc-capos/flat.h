/*
 * Flat methods: those whose parameters and results are values that fit the arguments of a C
 * function. SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "methods.h"

#define ARGUMENTS_MAX 32

/* One field of the parameters or results as an argument. */
struct argument {
    struct field field;
    char name[NAME_LEN_MAX + 16];
};

struct flat {
    struct argument params[ARGUMENTS_MAX], results[ARGUMENTS_MAX];
    unsigned n_params, n_results, n_texts,
        n_caps; /* texts and data among the parameters, capabilities among the results */
    char list[ARGUMENTS_MAX * 2 *
              (3 * NAME_LEN_MAX)]; /* what stands between the function's parentheses */
};

/* False: the method is not flat. */
bool flat_read(struct generator *, const struct method *, struct flat *);
