/*
 * Moves that are refused at once, and leave everything as it was.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/program.h"
#include "post.h"

static struct program_endpoint post;
static cap_t memory;

static void refused(const char *what, struct ring_transfer first, struct ring_transfer second,
                    err_t expected)
{
    struct budget before = ledger_used();

    attempt(what, letter_try(post.client, (struct ring_transfer[]){first, second}, 2), expected);
    check_here(memory);
    ledger_check(what, before);
}

static void arrays(void)
{
    cap_t gone = new_memory();

    cap_release(gone);
    refused("moving the same one twice", MOVE(memory), MOVE(memory), ERR_RESERVED);
    refused("moving it and copying it", MOVE(memory), COPY(memory), ERR_RESERVED);
    refused("copying it and moving it", COPY(memory), MOVE(memory), ERR_RESERVED);
    refused("moving it and one that is forged", MOVE(memory), MOVE(12345), ERR_BAD_HANDLE);
    refused("moving it and one that is gone", MOVE(memory), MOVE(gone), ERR_BAD_HANDLE);
    refused("moving it and none", MOVE(memory), MOVE(CAP_NONE), ERR_BAD_HANDLE);
    refused("moving it by a mode that there is not", MOVE(memory),
            (struct ring_transfer){.cap = memory, .mode = RING_TRANSFER_MODES}, ERR_BAD_ARGUMENT);
    refused("moving it with a reserved field set", MOVE(memory),
            (struct ring_transfer){.cap = memory, .reserved = 1}, ERR_BAD_FLAGS);
}

/* The right to answer stays with whoever received the call. */
static void replies(void)
{
    struct letter letter = letter_send(post.client, &COPY(memory), 1);
    struct words_call in = post_receive(post);

    refused("moving it and a right to answer", MOVE(memory), MOVE(in.head.reply),
            ERR_NOT_PERMITTED);
    attempt("answering with the right to answer",
            post_answer(in.head.reply, &MOVE(in.head.reply), 1), ERR_NOT_PERMITTED);
    attempt("answering with one that is forged", post_answer(in.head.reply, &MOVE(12345), 1),
            ERR_BAD_HANDLE);
    cap_release(in.caps[0].cap);
    attempt("answering", post_answer(in.head.reply, NULL, 0), ERR_OK);
    attempt("the call", letter_end(&letter, NULL), ERR_OK);
}

/* Objects of the kernel's take nothing that they do not ask for. */
static void objects(void)
{
    struct letter letter;
    struct ring_submission call = letter_write(&letter, capos_cap("timer"), &MOVE(memory), 1);

    call.interface_id = INTERFACE_TIMER;
    call.method = TIMER_NOW;
    letter_submit(&call);
    attempt("moving it to the timer", letter_end(&letter, NULL), ERR_BAD_FLAGS);
    check_here(memory);
}

static const struct budget budget_owner = {
    .frames = 128, .objects = 8, .calls = 8, .timers = 8, .caps = 16};

/* By hand: the library would copy. */
static struct outcome spawn(const char *image, uint32_t grants, const struct ring_transfer *what,
                            uint32_t n, cap_t *process)
{
    static const char *const names[] = {"console", "memory"};
    struct processes_spawn_params_builder params;
    struct capnp_list_builder list;
    struct outcome outcome;
    struct call call;

    params = processes_spawn_open(&call, capos_cap("processes"), 64);
    processes_spawn_params_set_image(params, capnp_text(image));
    list = processes_spawn_params_init_grants(params, grants);
    for (uint32_t i = 0; i < grants; i++) {
        struct processes_grant_builder grant = processes_grant_init_at(list, i);

        processes_grant_set_name(grant, capnp_text(names[i]));
        processes_grant_set_cap(grant, i);
    }
    budget_write(processes_spawn_params_init_budget(params), &budget_owner);
    call.submission.transfers = arena_alloc(ring_mine(), n * sizeof(*what));
    call.submission.n_transfers = n;
    memcpy(ring_at(ring_mine(), call.submission.transfers), what, n * sizeof(*what));
    outcome = call_make(&call, 64);
    *process = call_cap(&call, 0);
    arena_free(ring_mine(), call.submission.transfers);
    call_close(&call);
    return outcome;
}

static void children(void)
{
    const struct ring_transfer what[] = {COPY(capos_cap("console")), MOVE(memory)};
    struct budget before = ledger_used();
    cap_t process;

    attempt("moving it to a program that there is not", spawn("nobody", 2, what, 2, &process),
            ERR_NOT_FOUND);
    attempt("moving it to a child without granting it", spawn("owner", 1, what, 2, &process),
            ERR_BAD_ARGUMENT);
    check_here(memory);
    ledger_check("children that were not made", before);
    attempt("moving it to a child", spawn("owner", 2, what, 2, &process), ERR_OK);
    check_gone(memory);
    program_succeed("the owner", process);
}

int main(void)
{
    struct budget before = ledger_used();

    post = program_endpoint_open(INTERFACE_POST);
    memory = new_memory();
    arrays();
    replies();
    objects();
    children();
    program_endpoint_close(post);
    ledger_check("all of it", before);
    return 0;
}
