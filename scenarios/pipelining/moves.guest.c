/*
 * Capabilities that are to move with a call whose own capability is still to come.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sides.h"

/* Submits a call, and one that waits for it and is to move MEMORY. */
static void begin(struct sides *sides, cap_t memory)
{
    node_open(&sides->first, sides->client, NODE_OPEN, 1);
    submit(&sides->first, FIRST);
    node_open(&sides->second, CAP_NONE, NODE_WRITE, 2);
    call_await(&sides->second, &sides->first, 0);
    call_move(&sides->second, memory);
    submit(&sides->second, SECOND);
    enter(2);
}

static void is_reserved(cap_t memory)
{
    uint32_t pages;

    attempt("using what is to move while the call waits", memory_info(memory, &pages),
            ERR_RESERVED);
    attempt("releasing it", cap_release(memory), ERR_RESERVED);
}

static void is_back(cap_t memory)
{
    uint32_t pages = 0;

    attempt("using it, by its old handle", memory_info(memory, &pages), ERR_OK);
    check(pages == 1, "its page");
}

static void broken(struct sides *sides, cap_t memory)
{
    begin(sides, memory);
    is_reserved(memory);
    sides_receive(sides, 1);
    sides_answer(sides, CAP_NONE);
    attempt("the call, when no capability came", finish(&sides->second), ERR_BROKEN_PROMISE);
    finish(&sides->first);
    is_back(memory);
}

static void cancelled(struct sides *sides, cap_t memory)
{
    begin(sides, memory);
    check(call_cancel(&sides->second) == ERR_OK, "a cancellation");
    attempt("the call, cancelled", finish(&sides->second), ERR_CANCELLED);
    is_back(memory);
    sides_receive(sides, 1);
    sides_answer(sides, CAP_NONE);
    finish(&sides->first);
}

/* A method that takes none. */
static void to_the_kernel(struct sides *sides, cap_t memory)
{
    begin(sides, memory);
    sides_receive(sides, 1);
    sides_answer(sides, capos_cap("timer"));
    attempt("the call, when a timer came", finish(&sides->second), ERR_BAD_INTERFACE);
    finish(&sides->first);
    is_back(memory);
}

static void moved(struct sides *sides, cap_t memory)
{
    struct words_call in;
    uint32_t pages = 0;

    begin(sides, memory);
    sides_receive(sides, 1);
    sides_answer(sides, sides->client);
    check(outcome_is_done(capos_recv(sides->server, RING_NEVER, &in)) && in.head.n_caps == 1,
          "the call with its capability");
    attempt("using what has moved", memory_info(memory, &pages), ERR_BAD_HANDLE);
    attempt("the server's use of it", memory_info(in.caps[0].cap, &pages), ERR_OK);
    attempt("its release", cap_release(in.caps[0].cap), ERR_OK);
    capos_answer(in.head.reply, NULL, 0);
    attempt("the call", finish(&sides->second), ERR_OK);
    finish(&sides->first);
}

int main(void)
{
    struct sides sides;
    cap_t memory;

    sides_make(&sides);
    check(outcome_is_done(frames_allocate(capos_cap("frames"), 1, &memory)), "a page");
    broken(&sides, memory);
    cancelled(&sides, memory);
    to_the_kernel(&sides, memory);
    moved(&sides, memory);
    sides_drop(&sides);
    return 0;
}
