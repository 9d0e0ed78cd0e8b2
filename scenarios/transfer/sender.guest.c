/*
 * Moves capabilities to "keeper" and back, into full tables on either side, and to its death.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/program.h"
#include "keeper.h"

#define ROUNDS   200
#define FILL_MAX 256

struct state {
    uint64_t n_kept, n_entries, last_error;
};

static cap_t keeper(void)
{
    return capos_cap("keeper");
}

static struct state ask_state(void)
{
    struct state state;

    check(outcome_is_done(
              capos_call(keeper(), INTERFACE_POST, KEEPER_STATE, NULL, 0, (uint64_t *)&state, 3)),
          "the keeper's state");
    return state;
}

static struct letter send(uint16_t method, const struct ring_transfer *what, uint32_t n)
{
    struct letter letter;
    struct ring_submission call = letter_write(&letter, keeper(), what, n);

    call.method = method;
    letter_submit(&call);
    return letter;
}

static struct outcome store(const struct ring_transfer *what, uint32_t n)
{
    struct letter letter = send(KEEPER_STORE, what, n);

    return letter_end(&letter, NULL);
}

static struct outcome fetch(cap_t *memory)
{
    struct letter letter = send(KEEPER_FETCH, NULL, 0);

    return letter_end(&letter, memory);
}

static void back_and_forth(void)
{
    cap_t memory = new_memory();
    struct budget before = ledger_used();

    for (unsigned i = 0; i < ROUNDS; i++) {
        check(outcome_is_done(store(&MOVE(memory), 1)), "a move there");
        check(ledger_used().caps == before.caps - 1, "an entry less");
        check(outcome_is_done(fetch(&memory)), "a move back");
    }
    check_here(memory);
    ledger_check("moves", before);
    check(ask_state().n_kept == 0, "nothing kept");
    cap_release(memory);
    console_printf("%u moves to another process and back: one entry, here or there", ROUNDS);
}

/* Of three that move, two would have room. */
static void full_receiver(void)
{
    cap_t memory[] = {new_memory(), new_memory(), new_memory()};
    const struct ring_transfer what[] = {MOVE(memory[0]), COPY(memory[1]), MOVE(memory[2])};
    const uint64_t leave = 2; /* the reply to this call goes, and that to the next one comes */
    struct state before;

    check(outcome_is_done(capos_call(keeper(), INTERFACE_POST, KEEPER_FILL, &leave, 1, NULL, 0)),
          "a table that is almost full");
    before = ask_state();
    attempt("moving three to where two have room", store(what, 3), ERR_NO_CAPS);
    for (unsigned i = 0; i < 3; i++)
        check_here(memory[i]);
    check(ask_state().n_entries == before.n_entries && ask_state().n_kept == 0, "nothing there");
    attempt("moving two there", store(what, 2), ERR_OK);
    check_gone(memory[0]);
    check_here(memory[1]);
    check(outcome_is_done(capos_call(keeper(), INTERFACE_POST, KEEPER_DRAIN, NULL, 0, NULL, 0)),
          "room again");
    cap_release(memory[1]);
    cap_release(memory[2]);
    for (unsigned i = 0; i < 2; i++) {
        check(outcome_is_done(fetch(&memory[0])), "them back");
        cap_release(memory[0]);
    }
}

static void full_caller(void)
{
    static cap_t filled[FILL_MAX];
    struct fill fill = {filled, 0};
    struct program_endpoint post = program_endpoint_open(INTERFACE_POST);
    cap_t memory = new_memory();

    check(outcome_is_done(store(&MOVE(memory), 1)), "a move there");
    fill_table(&fill, post, FILL_MAX, 0);
    attempt("fetching it without room for it", fetch(&memory), ERR_NO_CAPS);
    check(ask_state().last_error == ERR_NOT_DELIVERED, "a keeper that knows");
    check(ask_state().n_kept == 1, "one kept");
    drain_table(&fill);
    attempt("fetching it with room", fetch(&memory), ERR_OK);
    check_here(memory);
    cap_release(memory);
    program_endpoint_close(post);
}

/* What it had is gone with it; what was in line is not. */
static void dying_receiver(void)
{
    cap_t memory = new_memory(), other = new_memory();
    uint32_t objects = ledger_used().objects;
    struct letter last, behind;

    check(outcome_is_done(store(&MOVE(other), 1)), "a move there");
    last = send(KEEPER_EXIT, NULL, 0);
    behind = send(KEEPER_STORE, &MOVE(memory), 1);
    attempt("a call that the keeper exits in", letter_end(&last, NULL), ERR_DISCONNECTED);
    attempt("a move in line behind it", letter_end(&behind, NULL), ERR_DISCONNECTED);
    check_here(memory);
    attempt("moving it to nobody", store(&MOVE(memory), 1), ERR_DISCONNECTED);
    check_here(memory);
    while (ledger_used().objects != objects - 1) /* the other one goes with the keeper */
        continue;
    cap_release(memory);
}

int main(void)
{
    back_and_forth();
    full_receiver();
    full_caller();
    dying_receiver();
    return 0;
}
