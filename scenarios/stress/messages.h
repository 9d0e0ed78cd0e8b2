/*
 * What players say to each other, and to init.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "player.h"

#define METHOD_PLAY 0

/* Words of a call and of its answer. */
enum { CALL_KEY, CALL_SCOPES, CALL_NESTING, CALL_WORDS };
enum { ANSWER_KEY, ANSWER_SCOPES, ANSWER_WORDS };

/* The scopes of the capabilities that go along, eight bits for each. */
static inline enum scope scope_of(uint64_t scopes, uint32_t i)
{
    return (enum scope)(scopes >> 8 * i & 0xff);
}

static inline uint64_t answer_to(uint64_t key)
{
    return random_mix(key, 42);
}

/* What a receiver says that does not want to: nobody else says it. */
#define REFUSAL ERR_DEADLOCK

/* The cookie of those whose answers are all counted, on both sides. */
#define COOKIE_EXACT 1

/* Copies of some of what the player holds go along, of those that anybody may have if EXACT; their scopes. */
uint64_t give_some(struct player *, struct random *, struct call *, bool exact);

/* Answers, or refuses. */
void answer(struct player *, struct random *, const struct held_reply *, bool gladly);
