/*
 * The other side of a call in host tests: it answers with what the test has said before.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/call.h"

#define CLIENT    5
#define INTERFACE 0x1234

struct answer {
    int32_t status;
    err_t code;
    uint64_t words[40]; /* the message */
    uint32_t n_words;
    struct ring_cap caps[4];
    uint32_t n_caps;
    bool keep; /* not at once: kernel_end(kept, answer_write(kept)) */
};

/* The last call that came. */
extern struct ring_submission answer_seen;

/* A fresh kernel, whose other side answers so. */
struct ring_client *answer_start(struct answer);

/* Writes the answer to a call; from now on with WORD as the first one of its data. */
struct ring_completion answer_write(const struct ring_submission *);
void answer_set_word(uint64_t word);

/* An answer made by hand: its root with so many words of data and pointers; an exception. */
struct answer answer_of(int32_t status, err_t code, uint16_t n_data, uint16_t n_pointers);
struct answer exception_of(err_t code, const char *reason);

/* A call of CLIENT without parameters. */
struct outcome call_simply(void);
