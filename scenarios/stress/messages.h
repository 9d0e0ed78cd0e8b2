/*
 * What players say to each other, and to init.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "player.h"

#define METHOD_PLAY 0

/* Words of a call and of its answer. */
enum { CALL_KEY, CALL_LUGGAGE, CALL_NESTING, CALL_WORDS };
enum { ANSWER_KEY, ANSWER_LUGGAGE, ANSWER_WORDS };

static inline uint64_t answer_to(uint64_t key)
{
    return random_mix(key, 42);
}

/* What a receiver says that does not want to: nobody else says it. */
#define REFUSAL ERR_DEADLOCK

/* The cookie of those whose answers are all counted, on both sides. */
#define COOKIE_EXACT 1

/* Some of what the player holds goes along; EXACT: with a call that must be answered, to one that
 * does not end early. FIRST (NULL: none) moves in front of them. */
void luggage_pack(struct player *, struct random *, bool exact, struct holding *first,
                  struct call *, struct luggage *);

/* Whether it is among them already. */
bool luggage_has(const struct luggage *, cap_t);

/* The message is over: what was to move is in one place. */
enum arrival { ARRIVAL_UNKNOWN, ARRIVAL_NONE, ARRIVAL_ALL };
void luggage_settle(struct player *, const struct luggage *, enum arrival);

/* Takes on the Ith that came, of which the message's WORD tells what it must be. */
void luggage_take(struct player *, cap_t, uint64_t interface_id, uint64_t word, uint32_t i);

/* The caller says with the depth of nesting that it waits for a client. */
#define NESTING_BRINGS 0x100

/* Answers, or refuses. */
void answer(struct player *, struct random *, const struct held_reply *, bool gladly);
