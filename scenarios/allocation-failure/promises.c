/*
 * Calls of what earlier calls will bring: first another endpoint's client, then a timer.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "steps.h"

#define ROOM (sizeof(struct ring_delivery) + 2 * sizeof(struct ring_cap))

enum { FIRST, SECOND, SLEEP, CALLS, RECEIVING = CALLS };

static cap_t server, client, luggage, reply, received;
static struct call calls[CALLS];
static bool under_way[CALLS + 1];
static uint32_t room;

/* What it is to be of is not there yet: the first of what call NUMBER - 1 brings. */
static void await(unsigned number)
{
    calls[number].submission.flags = RING_PROMISED;
    calls[number].submission.cap = number - 1;
}

static void submit_calls(void)
{
    call_open(&calls[FIRST], client, INTERFACE_STEP, 0, 0);
    call_open(&calls[SECOND], CAP_NONE, INTERFACE_STEP, 0, 0);
    call_move(&calls[SECOND], luggage);
    await(SECOND);
    timer_sleep_params_set_until(timer_sleep_open(&calls[SLEEP], CAP_NONE, 0), RING_NEVER);
    await(SLEEP);
    for (unsigned i = 0; i < CALLS; i++) {
        check(call_submit(&calls[i], 64, i) == ERR_OK, "a call");
        under_way[i] = true;
    }
}

/* A call has ended: for lack of memory, or since an earlier one has, before it was submitted or
 * after. */
static void take_end(const struct ring_completion *completion)
{
    struct outcome outcome = call_read(&calls[completion->user_data], completion);

    check(outcome.code == ERR_NO_MEMORY || outcome.code == ERR_BROKEN_PROMISE ||
              outcome.code == ERR_NOT_FOUND,
          "an end for lack of memory, not: %s", outcome_sentence(outcome));
    under_way[completion->user_data] = false;
    call_close(&calls[completion->user_data]);
}

static bool take_reception(const struct ring_completion *completion)
{
    const uint8_t *at = ring_at(ring_mine(), room);
    struct ring_delivery delivery;

    under_way[RECEIVING] = false;
    if (!fine(outcome_read(ring_mine(), completion, at)))
        return false;
    memcpy(&delivery, at, sizeof(delivery));
    reply = delivery.reply;
    if (completion->n_caps > 0) {
        memcpy(&received, at + sizeof(delivery), sizeof(received));
        luggage = CAP_NONE;
    }
    return true;
}

/* Receives call NUMBER, if it comes. */
static bool receive(unsigned number)
{
    struct ring_submission recv = {.opcode = RING_RECV,
                                   .cap = server,
                                   .result = room,
                                   .result_len = ROOM,
                                   .user_data = RECEIVING};
    struct ring_completion completion;

    check(ring_submit(ring_mine(), &recv), "a reception");
    under_way[RECEIVING] = true;
    while (under_way[number]) {
        check(ring_next(ring_mine(), RING_NEVER, &completion) == ERR_OK, "a completion");
        if (completion.user_data == RECEIVING)
            return take_reception(&completion);
        take_end(&completion);
    }
    return false;
}

/* With CAP, which the next call waits for; the caller may lack memory for it. */
static bool answer_with(cap_t cap, unsigned number)
{
    struct ring_completion completion;
    struct call answer;
    bool done;

    answer_open(&answer, (struct deferred){reply}, 0);
    call_give(&answer, cap);
    if (!fine(answer_send(&answer)))
        return false;
    reply = CAP_NONE;
    check(ring_wait(ring_mine(), number, &completion) == ERR_OK, "the end of a call");
    under_way[number] = false;
    done = fine(call_read(&calls[number], &completion));
    call_close(&calls[number]);
    return done;
}

static void run(void)
{
    room = arena_alloc(ring_mine(), ROOM);
    if (!fine(endpoints_create(capos_cap("endpoints"), INTERFACE_STEP, &server, &client)) ||
        !fine(endpoint_mint(server, 0, INTERFACE_STEP, SCOPE_SHAREABLE, 0, &luggage)))
        return;
    submit_calls();
    if (receive(FIRST) && answer_with(client, FIRST) && receive(SECOND))
        answer_with(capos_cap("timer"), SECOND);
    ring_enter(ring_mine(), 0, 0);
}

static void clean(void)
{
    struct ring_completion completion;

    give_up(&reply);
    for (unsigned i = CALLS; i-- > 0;) {
        if (under_way[i])
            call_close(&calls[i]);
        under_way[i] = false;
    }
    if (under_way[RECEIVING]) {
        ring_cancel(ring_mine(), RECEIVING);
        ring_wait(ring_mine(), RECEIVING, &completion);
    }
    under_way[RECEIVING] = false;
    arena_free(ring_mine(), room);
    give_up(&received);
    give_up(&luggage);
    give_up(&client);
    give_up(&server);
}

const struct step step_promises = {.name = "promises", .run = run, .clean = clean};
