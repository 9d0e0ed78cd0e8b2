/*
 * Moves with answers: they arrive, or have stayed, and the server is told which.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/program.h"
#include "post.h"

static struct program_endpoint post;

/* A call in line, with so much room for its answer. */
static struct letter ask(uint32_t room)
{
    struct letter letter;
    struct ring_submission call = letter_write(&letter, post.client, NULL, 0);

    call.result_len = room;
    letter_submit(&call);
    return letter;
}

static void used_up(cap_t reply)
{
    check(describe(reply).code == ERR_BAD_HANDLE, "a right to answer that is used up");
}

static cap_t arrives(cap_t memory)
{
    struct letter letter = ask(ROOM);
    struct words_call in = post_receive(post);
    cap_t got;

    attempt("answering with a move", post_answer(in.head.reply, &MOVE(memory), 1), ERR_OK);
    check_gone(memory);
    attempt("the call", letter_end(&letter, &got), ERR_OK);
    attempt("using what came with the answer", use(got), ERR_OK);
    return got;
}

static void no_room(cap_t memory)
{
    struct letter letter = ask(8);
    struct words_call in = post_receive(post);

    attempt("answering with a move, without room for it",
            post_answer(in.head.reply, &MOVE(memory), 1), ERR_NOT_DELIVERED);
    used_up(in.head.reply);
    attempt("the call", letter_end(&letter, NULL), ERR_NO_ROOM);
    check_here(memory);
}

/* What was only copied is nobody's loss. */
static void no_room_for_a_copy(cap_t memory)
{
    struct letter letter = ask(8);
    struct words_call in = post_receive(post);

    attempt("answering with a copy, without room for it",
            post_answer(in.head.reply, &COPY(memory), 1), ERR_OK);
    attempt("the call", letter_end(&letter, NULL), ERR_NO_ROOM);
}

static void refusal(cap_t memory)
{
    struct letter letter = ask(8);
    struct words_call in = post_receive(post);
    struct ring_submission refuse = {.opcode = RING_RETURN,
                                     .flags = RING_EXCEPTION,
                                     .cap = in.head.reply,
                                     .value = ERR_IN_USE,
                                     .transfers = arena_alloc(ring_mine(), 16),
                                     .n_transfers = 1};

    *(struct ring_transfer *)ring_at(ring_mine(), refuse.transfers) = MOVE(memory);
    attempt("refusing with a move, without room for it", ring_operate(&refuse, NULL),
            ERR_NOT_DELIVERED);
    arena_free(ring_mine(), refuse.transfers);
    attempt("the call", letter_end(&letter, NULL), ERR_IN_USE);
    check_here(memory);
}

static void withdrawn(cap_t memory)
{
    struct letter letter = ask(ROOM);
    struct words_call in = post_receive(post);

    check(ring_cancel(ring_mine(), letter.id) == ERR_OK, "a call to cancel");
    attempt("answering a call that was cancelled, with a move",
            post_answer(in.head.reply, &MOVE(memory), 1), ERR_CANCELLED);
    used_up(in.head.reply);
    check(letter_end(&letter, NULL).code == ERR_CANCELLED, "its end");
    check_here(memory);
}

/* RETURN and RECV in one: what was not delivered comes first. */
static void not_received(cap_t memory)
{
    struct letter first = ask(8), second = ask(ROOM);
    struct words_call in = post_receive(post);
    struct ring_submission answer = {.opcode = RING_RETURN,
                                     .flags = RING_THEN_RECV,
                                     .cap = in.head.reply,
                                     .endpoint = post.server,
                                     .result = arena_alloc(ring_mine(), ROOM),
                                     .result_len = ROOM,
                                     .transfers = arena_alloc(ring_mine(), 16),
                                     .n_transfers = 1};

    *(struct ring_transfer *)ring_at(ring_mine(), answer.transfers) = MOVE(memory);
    attempt("answering so and going on to receive", ring_operate(&answer, NULL), ERR_NOT_DELIVERED);
    check(letter_end(&first, NULL).code == ERR_NO_ROOM, "the first call's end");
    check_here(memory);
    in = post_receive(post);
    attempt("answering the second call", post_answer(in.head.reply, NULL, 0), ERR_OK);
    check(outcome_is_done(letter_end(&second, NULL)), "the second call's end");
    arena_free(ring_mine(), answer.result);
    arena_free(ring_mine(), answer.transfers);
}

static void doubled(cap_t memory)
{
    struct letter letter = ask(ROOM);
    struct words_call in = post_receive(post);

    attempt("answering with the same one twice",
            post_answer(in.head.reply, (struct ring_transfer[]){MOVE(memory), MOVE(memory)}, 2),
            ERR_RESERVED);
    check_here(memory);
    attempt("answering after that", post_answer(in.head.reply, NULL, 0), ERR_OK);
    attempt("the call", letter_end(&letter, NULL), ERR_OK);
}

int main(void)
{
    struct budget before = ledger_used();
    cap_t memory = new_memory();

    post = program_endpoint_open(INTERFACE_POST);
    memory = arrives(memory);
    no_room(memory);
    no_room_for_a_copy(memory);
    refusal(memory);
    withdrawn(memory);
    not_received(memory);
    doubled(memory);
    cap_release(memory);
    program_endpoint_close(post);
    ledger_check("all of it", before);
    return 0;
}
