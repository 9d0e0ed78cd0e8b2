/*
 * Why a request was refused: the first reason found, for people.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capnp/reader.h"

#include <stdbool.h>

struct refusal {
    char text[512]; /* "SCHEMA: path: sentence"; empty: nothing was refused */
};

/* PATH is a node's display name, foreign, as "abi/kernel.capnp:Timer"; MEMBER is of it, or
 * empty. */
void refuse(struct refusal *, struct capnp_text path, struct capnp_text member, const char *format,
            ...) __attribute__((format(printf, 4, 5)));

static inline bool is_refused(const struct refusal *refusal)
{
    return refusal->text[0] != '\0';
}
