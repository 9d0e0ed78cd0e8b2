/*
 * Calls with capabilities in both directions, of a thread that serves itself.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "steps.h"

enum { CALLING, RECEIVING };

#define LUGGAGE 3
#define ROOM    (sizeof(struct ring_delivery) + LUGGAGE * sizeof(struct ring_cap))

/* Two ends of an endpoint, and what goes along. */
static cap_t server, client, luggage[LUGGAGE];

static struct call call;
static bool calling, receiving, moving;
static bool returning; /* the luggage goes along with the answer only */
static uint32_t room;
static cap_t reply, received[LUGGAGE], returned[LUGGAGE];

static void run_endpoints(void)
{
    if (!fine(endpoints_create(capos_cap("endpoints"), INTERFACE_STEP, &server, &client)))
        return;
    for (unsigned i = 0; i < LUGGAGE; i++)
        fine(endpoint_mint(server, i, INTERFACE_STEP, SCOPE_SHAREABLE, 0, &luggage[i]));
}

static void add(struct call *message, cap_t cap)
{
    if (moving)
        call_move(message, cap);
    else
        call_give(message, cap);
}

static void submit_call(void)
{
    call_open(&call, client, INTERFACE_STEP, 0, 0);
    for (unsigned i = 0; i < LUGGAGE && !returning; i++)
        add(&call, luggage[i]);
    check(call_submit(&call, sizeof(returned) * 2, CALLING) == ERR_OK, "a call");
    calling = true;
    ring_enter(ring_mine(), 0, 0);
}

static void submit_recv(void)
{
    struct ring_submission recv = {.opcode = RING_RECV,
                                   .cap = server,
                                   .result = room,
                                   .result_len = ROOM,
                                   .user_data = RECEIVING};

    check(ring_submit(ring_mine(), &recv), "a reception");
    receiving = true;
    ring_enter(ring_mine(), 0, 0);
}

/* Which of the two ends first; it was done if it was the reception. */
static bool is_received(void)
{
    struct ring_completion completion;
    struct ring_delivery delivery;
    const uint8_t *at = ring_at(ring_mine(), room);

    check(ring_next(ring_mine(), RING_NEVER, &completion) == ERR_OK, "a completion");
    if (completion.user_data == CALLING) {
        check(!fine(call_read(&call, &completion)), "no answer without a reception");
        return false;
    }
    receiving = false;
    if (!fine(outcome_read(ring_mine(), &completion, at)))
        return false;
    memcpy(&delivery, at, sizeof(delivery));
    reply = delivery.reply;
    check(completion.n_caps == (returning ? 0 : LUGGAGE), "all capabilities that were sent");
    at += sizeof(delivery) + delivery.params_len;
    for (unsigned i = 0; i < completion.n_caps; i++) {
        memcpy(&received[i], at + i * sizeof(struct ring_cap), sizeof(received[i]));
        if (moving)
            luggage[i] = CAP_NONE;
    }
    return true;
}

/* An answer for whose capabilities its caller lacks memory is the caller's loss; what was to move
 * with it has stayed. */
static void answer_call(void)
{
    cap_t *sent = returning ? luggage : received;
    struct call answer;
    struct outcome outcome;

    answer_open(&answer, (struct deferred){reply}, 0);
    for (unsigned i = 0; i < LUGGAGE; i++)
        add(&answer, sent[i]);
    outcome = answer_send(&answer);
    if (outcome.code != ERR_NOT_DELIVERED && !fine(outcome))
        return;
    reply = CAP_NONE;
    for (unsigned i = 0; moving && i < LUGGAGE && outcome_is_done(outcome); i++)
        sent[i] = CAP_NONE;
    if (!fine(call_wait(&call)))
        return;
    for (unsigned i = 0; i < LUGGAGE; i++)
        returned[i] = call_cap(&call, i);
}

static bool prepare(void)
{
    run_endpoints();
    room = arena_alloc(ring_mine(), ROOM);
    return luggage[0] && luggage[1] && luggage[2];
}

static void run_call_waits(void)
{
    if (!prepare())
        return;
    submit_call();
    submit_recv();
    if (is_received())
        answer_call();
}

/* Besides, its sender's entries must be there again whenever they have not gone. */
static void run_moves(void)
{
    moving = true;
    run_call_waits();
    moving = false;
}

static void run_answers_move(void)
{
    returning = true;
    run_moves();
    returning = false;
}

static void run_receiver_waits(void)
{
    if (!prepare())
        return;
    submit_recv();
    submit_call();
    if (is_received())
        answer_call();
}

static void clean_endpoints(void)
{
    for (unsigned i = 0; i < LUGGAGE; i++) {
        give_up(&received[i]);
        give_up(&returned[i]);
        give_up(&luggage[i]);
    }
    give_up(&client);
    give_up(&server);
}

static void clean(void)
{
    struct ring_completion completion;

    give_up(&reply);
    if (receiving && ring_cancel(ring_mine(), RECEIVING) != ERR_NOT_FOUND)
        ring_wait(ring_mine(), RECEIVING, &completion);
    else if (receiving)
        ring_take(ring_mine(), RECEIVING, &completion);
    if (calling)
        call_close(&call);
    calling = receiving = false;
    arena_free(ring_mine(), room);
    room = ARENA_NONE;
    clean_endpoints();
}

const struct step step_endpoints = {
    .name = "endpoints", .run = run_endpoints, .clean = clean_endpoints};
const struct step step_moves = {
    .name = "calls that move capabilities", .run = run_moves, .clean = clean};
const struct step step_answers_move = {
    .name = "answers that move capabilities", .run = run_answers_move, .clean = clean};
const struct step step_call_waits = {
    .name = "calls that are in line", .run = run_call_waits, .clean = clean};
const struct step step_receiver_waits = {
    .name = "calls that are waited for", .run = run_receiver_waits, .clean = clean};
