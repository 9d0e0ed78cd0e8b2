/*
 * Moves that wait: what nobody can do with a capability meanwhile, and every way in which the call
 * ends.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/program.h"
#include "post.h"

/* Not even its holder. */
static void reserved(struct program_endpoint post, cap_t memory)
{
    struct budget before = ledger_used();
    struct letter letter = letter_send(post.client, &MOVE(memory), 1);
    struct process_grant grant = {"memory", memory};
    struct process_request request = {.image = "owner", .grants = &grant, .n_grants = 1};
    cap_t process, derived, revoker;

    check(ledger_used().caps == before.caps, "an entry that still counts");
    attempt("using what is about to move", use(memory), ERR_RESERVED);
    attempt("describing it", describe(memory), ERR_RESERVED);
    attempt("deriving from it",
            caps_derive(capos_cap("caps"), memory, SCOPE_SHAREABLE, 0, &derived, &revoker),
            ERR_RESERVED);
    attempt("releasing it", cap_release(memory), ERR_RESERVED);
    attempt("sending a copy of it", letter_try(post.client, &COPY(memory), 1), ERR_RESERVED);
    attempt("moving it with another call", letter_try(post.client, &MOVE(memory), 1), ERR_RESERVED);
    attempt("granting it to a child", process_spawn(capos_cap("processes"), &request, &process),
            ERR_RESERVED);
    check(ring_cancel(ring_mine(), letter.id) == ERR_OK, "a call to cancel");
    attempt("the call, cancelled", letter_end(&letter, NULL), ERR_CANCELLED);
    attempt("using it after that", use(memory), ERR_OK);
    ledger_check("the call", before);
}

static void too_late(struct program_endpoint post, cap_t memory)
{
    struct letter letter;
    struct ring_submission call = letter_write(&letter, post.client, &MOVE(memory), 1);

    call.deadline = clock_now() + 20 * MILLISECOND;
    letter_submit(&call);
    attempt("a call that nobody receives before its deadline", letter_end(&letter, NULL),
            ERR_TIMED_OUT);
    check_here(memory);
}

static void closed(cap_t memory)
{
    struct program_endpoint post = program_endpoint_open(INTERFACE_POST);
    struct letter letter = letter_send(post.client, &MOVE(memory), 1);

    check(outcome_is_done(endpoint_close(post.server)), "a close");
    attempt("a call in line when its endpoint is closed", letter_end(&letter, NULL),
            ERR_DISCONNECTED);
    check_here(memory);
    attempt("a call after that", letter_try(post.client, &MOVE(memory), 1), ERR_DISCONNECTED);
    check_here(memory);
    program_endpoint_close(post);
}

/* The receiver notices nothing. */
static void no_room(struct program_endpoint post, cap_t memory)
{
    struct letter letter = letter_send(post.client, &MOVE(memory), 1);
    struct ring_submission receive = {.opcode = RING_RECV,
                                      .cap = post.server,
                                      .result = arena_alloc(ring_mine(), 64),
                                      .result_len = 64,
                                      .deadline = clock_now() + MILLISECOND};

    attempt("receiving without room for a capability", ring_operate(&receive, NULL), ERR_TIMED_OUT);
    attempt("that call", letter_end(&letter, NULL), ERR_NO_ROOM);
    check_here(memory);
    arena_free(ring_mine(), receive.result);
}

/* The same entry or another: but another handle. */
static cap_t received(struct program_endpoint post, cap_t memory)
{
    struct budget before = ledger_used();
    struct letter letter = letter_send(post.client, &MOVE(memory), 1);
    struct words_call in = post_receive(post);

    check(in.head.n_caps == 1 && in.caps[0].interface_id == INTERFACE_MEMORY, "a memory object");
    attempt("the old handle of what has moved", use(memory), ERR_BAD_HANDLE);
    attempt("the new one", use(in.caps[0].cap), ERR_OK);
    attempt("answering", post_answer(in.head.reply, NULL, 0), ERR_OK);
    attempt("the call, answered", letter_end(&letter, NULL), ERR_OK);
    ledger_check("a move", before);
    return in.caps[0].cap;
}

/* Both sorts in one array, each in its place. */
static void mixed(struct program_endpoint post, cap_t *memory)
{
    cap_t other = new_memory();
    struct letter letter = letter_send(
        post.client,
        (struct ring_transfer[]){COPY(post.client), MOVE(*memory), COPY(post.client), MOVE(other)},
        4);
    struct words_call in = post_receive(post);

    check(in.head.n_caps == 4, "four capabilities");
    for (unsigned i = 0; i < 4; i++)
        check(in.caps[i].interface_id == (i % 2 ? INTERFACE_MEMORY : INTERFACE_POST),
              "the interface of capability %u", i);
    check_gone(*memory);
    check_gone(other);
    check_here(in.caps[3].cap);
    check(outcome_is_done(describe(post.client)), "what was copied");
    check(outcome_is_done(post_answer(in.head.reply, NULL, 0)), "an answer");
    check(outcome_is_done(letter_end(&letter, NULL)), "its end");
    *memory = in.caps[1].cap;
    cap_release(in.caps[0].cap);
    cap_release(in.caps[2].cap);
    cap_release(in.caps[3].cap);
    console_printf("two copied and two moved with one call: all four arrive, two are here no more");
}

/* What the array says when the call is received must be what it said. */
static void written_over(struct program_endpoint post, cap_t first)
{
    cap_t second = new_memory();
    const struct ring_transfer sent[] = {MOVE(first), MOVE(second)};
    const struct {
        const char *what;
        struct ring_transfer later[2];
        err_t expected;
    } cases[] = {
        {"exchanging two that move", {MOVE(second), MOVE(first)}, ERR_BAD_HANDLE},
        {"naming one of them twice", {MOVE(first), MOVE(first)}, ERR_BAD_HANDLE},
        {"moving another one instead", {MOVE(first), MOVE(post.client)}, ERR_BAD_HANDLE},
        {"copying another one instead", {MOVE(first), COPY(post.client)}, ERR_BAD_HANDLE},
        {"making a copy of a move", {MOVE(first), COPY(second)}, ERR_RESERVED},
        {"making a mode of nothing", {MOVE(first), {.cap = second, .mode = 7}}, ERR_BAD_ARGUMENT},
    };

    for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct letter letter = letter_send(post.client, sent, 2);
        struct words_call in;

        memcpy(letter_array(&letter), cases[i].later, sizeof(cases[i].later));
        check(capos_recv(post.server, clock_now() + MILLISECOND, &in).code == ERR_TIMED_OUT,
              "nothing to receive");
        attempt(cases[i].what, letter_end(&letter, NULL), cases[i].expected);
        check_here(first);
        check_here(second);
    }
    cap_release(second);
}

int main(void)
{
    struct budget before = ledger_used();
    struct program_endpoint post = program_endpoint_open(INTERFACE_POST);
    cap_t memory = new_memory();

    reserved(post, memory);
    too_late(post, memory);
    closed(memory);
    no_room(post, memory);
    memory = received(post, memory);
    mixed(post, &memory);
    written_over(post, memory);
    cap_release(memory);
    program_endpoint_close(post);
    ledger_check("all of it", before);
    return 0;
}
