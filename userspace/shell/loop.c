/*
 * The one place where the shell waits: for whatever comes next on its ring.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "loop.h"

#include <stdlib.h>

#include "capos/console.h"
#include "jobs.h"
#include "streams.h"
#include "user.h"

#define CTRL_C    0x03
#define AHEAD_LEN 1024

static struct call *waited; /* for its completion; NULL: nobody waits for a call */
static struct outcome waited_outcome;
static char ahead[AHEAD_LEN]; /* typed meanwhile */
static size_t n_ahead;

void loop_fail(const char *what, struct outcome outcome)
{
    console_printf("%s: %s", what, outcome_sentence(outcome));
    exit(EXIT_FAILURE);
}

static void call_done(const struct ring_completion *completion)
{
    if (!waited)
        return;
    waited_outcome = call_read(waited, completion);
    waited = NULL;
}

static void dispatch(const struct ring_completion *completion)
{
    struct outcome outcome;

    switch (completion->user_data) {
    case LOOP_USER:
        outcome = user_read_done(completion);
        if (!outcome_is_done(outcome))
            loop_fail("the terminal", outcome);
        break;
    case LOOP_STREAMS:
        streams_serve(completion);
        return;
    case LOOP_CALL:
        call_done(completion);
        break;
    default:
        if (completion->user_data >= LOOP_JOBS)
            job_done((uint32_t)(completion->user_data - LOOP_JOBS), completion);
        break;
    }
    streams_resume();
}

void loop_step(void)
{
    struct ring_completion completion;
    err_t err;

    user_flush();
    err = ring_next(ring_mine(), RING_NEVER, &completion);
    if (err)
        loop_fail("the ring", outcome_transport(err));
    dispatch(&completion);
}

/* What else is typed is for whoever listens next; Ctrl-C takes it back. */
static void call_typed(uint8_t byte)
{
    if (byte == CTRL_C) {
        n_ahead = 0;
        if (waited)
            call_cancel(waited);
    } else if (n_ahead < sizeof(ahead)) {
        ahead[n_ahead++] = (char)byte;
    }
}

struct outcome loop_call(struct call *call, uint32_t result_len)
{
    err_t err = call_submit(call, result_len, LOOP_CALL);

    if (err)
        return outcome_transport(err);
    waited = call;
    n_ahead = 0;
    user_listen(call_typed);
    user_serve();
    while (waited)
        loop_step();
    user_listen(NULL);
    user_unread(ahead, n_ahead);
    return waited_outcome;
}
