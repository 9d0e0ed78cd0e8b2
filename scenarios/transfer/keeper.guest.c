/*
 * Keeps what is moved to it (keeper.h), at the endpoint "keeper".
 * SPDX-License-Identifier: Apache-2.0
 */
#include "keeper.h"
#include "capos/program.h"

#define FILL_MAX 64

static cap_t kept[KEPT_MAX], filled[FILL_MAX];
static uint32_t n_kept;
static err_t last_error;
static struct fill fill = {filled, 0};

static void store(const struct words_call *in)
{
    for (uint32_t i = 0; i < in->head.n_caps; i++)
        kept[n_kept++] = in->caps[i].cap;
}

/* Has it still when it did not arrive. */
static void fetch(cap_t reply)
{
    last_error = post_answer(reply, &MOVE(kept[n_kept - 1]), 1).code;
    n_kept -= last_error == ERR_OK;
}

static void serve(struct program_endpoint own, const struct words_call *in)
{
    const uint64_t state[] = {n_kept, ledger_used().caps, last_error};
    cap_t reply = in->head.reply;

    switch (in->head.method) {
    case KEEPER_STORE:
        store(in);
        break;
    case KEEPER_FETCH:
        fetch(reply);
        return;
    case KEEPER_STATE:
        check(outcome_is_done(capos_answer(reply, state, 3)), "an answer");
        return;
    case KEEPER_FILL:
        fill_table(&fill, own, FILL_MAX, (uint32_t)in->params[0]);
        break;
    case KEEPER_DRAIN:
        drain_table(&fill);
        break;
    default:
        syscall_exit(0);
    }
    check(outcome_is_done(capos_answer(reply, NULL, 0)), "an answer");
}

int main(void)
{
    struct program_endpoint own = program_endpoint_open(INTERFACE_POST);
    struct words_call in;

    while (outcome_is_done(capos_recv(capos_cap("keeper"), RING_NEVER, &in)))
        serve(own, &in);
    return 1;
}
