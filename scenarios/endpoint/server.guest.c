/*
 * Serves "server", an endpoint, as service.h says; each answer is sent with the reception of the next call.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "service.h"

#define HELD_MAX  8
#define LARGE_MAX 512

static uint64_t words[LARGE_MAX];
static cap_t held[HELD_MAX];
static uint64_t held_numbers[HELD_MAX];
static uint32_t n_held;
static bool stopping;

/* What serving a call leads to. */
enum { ANSWERED_ALREADY = -1 };

static uint64_t free_all(void)
{
    uint64_t n = n_held;

    while (n_held > 0) {
        struct outcome outcome = endpoint_answer(held[n_held - 1], &held_numbers[n_held - 1], 1);

        n_held--;
        console_printf("answering call %lu at last: %s", held_numbers[n_held],
                       outcome_is_done(outcome) ? "done" : outcome_sentence(outcome));
    }
    return n;
}

static int hold(const struct incoming *in)
{
    check(n_held < HELD_MAX, "not more calls than can be held");
    held[n_held] = in->head.reply;
    held_numbers[n_held++] = message_u64(&in->params, 0);
    return ANSWERED_ALREADY;
}

static int use_memory(const struct incoming *in)
{
    uint64_t at;

    check(in->head.n_caps == 1 && in->caps[0].interface_id == INTERFACE_MEMORY_OBJECT,
          "one memory object");
    check(outcome_is_done(memory_map(in->caps[0].cap, 0, 0, 1, ACCESS_READ_WRITE, &at)), "a place");
    words[0] = (*(volatile uint64_t *)at)++;
    check(outcome_is_done(memory_unmap(in->caps[0].cap, at)), "the place back");
    check(outcome_is_done(cap_release(in->caps[0].cap)), "its release");
    return 1;
}

static int give(const struct incoming *in)
{
    struct call answer;
    cap_t client;

    check(outcome_is_done(endpoint_mint(capos_cap("server"), message_u64(&in->params, 0),
                                        INTERFACE_OTHER, &client)),
          "a client");
    call_open_as(&answer, RING_RETURN, in->head.reply, 0, 0, 1);
    message_put_cap(&answer.params, answer.pointers, 0);
    call_transfer(&answer, &client, 1);
    check(outcome_is_done(answer_send(&answer)), "an answer with a capability");
    check(outcome_is_done(cap_release(client)), "the server's own copy gone");
    return ANSWERED_ALREADY;
}

static int refuse(const struct incoming *in)
{
    static char reason[SERVICE_ROOM];
    uint64_t len = message_u64(&in->params, 0);

    check(len < sizeof(reason), "a reason that fits");
    memset(reason, 'x', len);
    endpoint_refuse(in->head.reply, EXCEPTION_OVERLOADED, ERR_IN_USE,
                    len ? reason : SERVICE_REASON);
    return ANSWERED_ALREADY;
}

static void answer_raw(const char *what, struct ring_submission answer, err_t expected)
{
    answer.opcode = RING_RETURN;
    attempt(what, capos_operate(&answer, NULL), expected);
}

/* Wrong answers do not use the right up; the right one does. */
static int misuse(const struct incoming *in)
{
    cap_t reply = in->head.reply, server, client;
    struct call call;

    answer_raw("answering from beyond the arena",
               (struct ring_submission){.cap = reply, .params = 1 << 30, .params_len = 8},
               ERR_BAD_ARENA);
    answer_raw("answering with an exception's code and no exception",
               (struct ring_submission){.cap = reply, .value = 1}, ERR_BAD_FLAGS);
    attempt("calling the right to answer", capos_call(reply, INTERFACE_REPLY, 0, NULL, 0, NULL, 0),
            ERR_BAD_METHOD);
    check(
        outcome_is_done(endpoint_create(capos_cap("endpoints"), INTERFACE_OTHER, &server, &client)),
        "an endpoint");
    call_open(&call, client, INTERFACE_OTHER, SERVICE_ADD, 0, 0, 0);
    call_transfer(&call, &reply, 1);
    attempt("passing the right to answer on", call_make(&call, 0), ERR_NOT_PERMITTED);
    call_close(&call);
    cap_release(client);
    cap_release(server);
    attempt("answering", endpoint_answer(reply, NULL, 0), ERR_OK);
    attempt("answering once more", endpoint_answer(reply, NULL, 0), ERR_BAD_HANDLE);
    return ANSWERED_ALREADY;
}

static int large(const struct incoming *in)
{
    uint64_t n = message_u64(&in->params, 0);

    check(n <= LARGE_MAX, "no more words than there are");
    for (uint64_t i = 0; i < n; i++)
        words[i] = i;
    return (int)n;
}

/* How many words to answer with. */
static int serve(const struct incoming *in)
{
    switch (in->head.method) {
    case SERVICE_ADD:
        words[0] = message_u64(&in->params, 0) + message_u64(&in->params, 8);
        return 1;
    case SERVICE_WHO:
        words[0] = in->head.cookie;
        words[1] = in->head.interface_id;
        return 2;
    case SERVICE_HOLD:
        return hold(in);
    case SERVICE_FREE_ALL:
        words[0] = free_all();
        return 1;
    case SERVICE_HELD:
        words[0] = n_held;
        return 1;
    case SERVICE_USE_MEMORY:
        return use_memory(in);
    case SERVICE_GIVE:
        return give(in);
    case SERVICE_REFUSE:
        return refuse(in);
    case SERVICE_DROP:
        cap_release(in->head.reply);
        return ANSWERED_ALREADY;
    case SERVICE_MISUSE:
        return misuse(in);
    case SERVICE_LARGE:
        return large(in);
    case SERVICE_DIE:
        syscall_exit(0);
    case SERVICE_STOP:
        stopping = true;
        return 0;
    default:
        endpoint_refuse(in->head.reply, EXCEPTION_UNIMPLEMENTED, ERR_BAD_METHOD, "no such method");
        return ANSWERED_ALREADY;
    }
}

/* Answers the last call, if it still has to be, and receives the next one. */
static void next(struct incoming *in, int n_words)
{
    cap_t server = capos_cap("server"), reply = in->head.reply;
    struct outcome outcome = OUTCOME_TRANSPORT_OF(ERR_CANCELLED);

    incoming_close(in);
    if (n_words != ANSWERED_ALREADY)
        outcome = endpoint_answer_recv(reply, words, (uint16_t)n_words, server, SERVICE_ROOM,
                                       RING_NEVER, in);
    if (outcome.code == ERR_CANCELLED)
        outcome = endpoint_recv(server, SERVICE_ROOM, RING_NEVER, in);
    check(outcome_is_done(outcome), "a call, not: %s", outcome_sentence(outcome));
}

int main(void)
{
    struct incoming in = {.client = ring_mine(), .mark = ring_mine()->used};
    int n_words = ANSWERED_ALREADY;

    while (!stopping) {
        next(&in, n_words);
        n_words = serve(&in);
    }
    endpoint_answer(in.head.reply, words, 0);
    return 0;
}
