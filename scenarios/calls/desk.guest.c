/*
 * Serves "desk", as desk.capnp says.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "scenarios/calls/desk.calls.h"

#define HELD_MAX 16
#define LEN_MAX  2000

static struct service service;
static struct {
    uint64_t number;
    struct deferred call;
} held[HELD_MAX];
static uint32_t n_held;

static struct outcome echo(void *object, struct incoming *incoming,
                           struct desk_echo_params_reader params,
                           struct desk_echo_results_builder results)
{
    (void)object;
    (void)incoming;
    desk_echo_results_set_number(results, desk_echo_params_number(params));
    desk_echo_results_set_text(results, desk_echo_params_text(params));
    return outcome_done();
}

static struct outcome hold(void *object, struct incoming *incoming,
                           struct desk_hold_params_reader params,
                           struct desk_hold_results_builder results)
{
    (void)object;
    (void)results;
    if (n_held == HELD_MAX)
        return outcome_refuse(EXCEPTION_OVERLOADED, ERR_IN_USE, "%u calls are held", n_held);
    held[n_held].number = desk_hold_params_number(params);
    held[n_held++].call = incoming_defer(incoming);
    return outcome_done();
}

/* What comes of the answer is the caller's business: it may have gone. */
static void answer(uint32_t i)
{
    struct call answer;

    answer_open(&answer, held[i].call, 1 + DESK_HOLD_RESULTS_WORDS);
    desk_hold_results_set_number(desk_hold_results_init_root(&answer.params), held[i].number);
    answer_send(&answer);
    held[i] = held[--n_held];
}

static struct outcome free_one(void *object, struct incoming *incoming,
                               struct desk_free_params_reader params,
                               struct desk_free_results_builder results)
{
    uint64_t number = desk_free_params_number(params);

    (void)object;
    (void)incoming;
    for (uint32_t i = 0; i < n_held; i++) {
        if (held[i].number != number)
            continue;
        answer(i);
        desk_free_results_set_held(results, n_held);
        return outcome_done();
    }
    return outcome_refuse(EXCEPTION_FAILED, ERR_NOT_FOUND, "call %lu is not held", number);
}

static struct outcome refuse(void *object, struct incoming *incoming,
                             struct desk_refuse_params_reader params,
                             struct desk_refuse_results_builder results)
{
    (void)object;
    (void)incoming;
    (void)results;
    return outcome_refuse(EXCEPTION_FAILED, ERR_IN_USE, "%s", desk_refuse_params_reason(params).at);
}

/* Services of another make may send longer reasons than this library's. */
static struct outcome refuse_at_length(void *object, struct incoming *incoming,
                                       struct desk_refuse_at_length_params_reader params,
                                       struct desk_refuse_at_length_results_builder results)
{
    static char reason[LEN_MAX];
    struct cap_exception_builder exception;
    struct call answer;
    uint32_t len = desk_refuse_at_length_params_len(params);

    (void)object;
    (void)results;
    if (len > LEN_MAX)
        return outcome_refuse(EXCEPTION_FAILED, ERR_BAD_ARGUMENT, "at most %u bytes", LEN_MAX);
    memset(reason, 'x', len);
    answer_open(&answer, incoming_defer(incoming), 1 + CAP_EXCEPTION_WORDS + len / 8 + 1);
    exception = cap_exception_init_root(&answer.params);
    cap_exception_set_code(exception, ERR_IN_USE);
    cap_exception_set_reason(exception, capnp_text_n(reason, len));
    answer.submission.flags = RING_EXCEPTION;
    answer.submission.value = ERR_IN_USE;
    return answer_send(&answer);
}

static struct outcome close(void *object, struct incoming *incoming,
                            struct desk_close_params_reader params,
                            struct desk_close_results_builder results)
{
    (void)object;
    (void)incoming;
    (void)params;
    (void)results;
    service_stop(&service);
    return outcome_done();
}

int main(void)
{
    static const struct desk_server methods = {
        .echo = echo,
        .hold = hold,
        .free = free_one,
        .refuse = refuse,
        .refuse_at_length = refuse_at_length,
        .close = close,
    };
    static const struct service_interface interfaces[] = {DESK_SERVICE(methods)};

    service = (struct service){
        .endpoint = capos_cap("desk"),
        .interfaces = interfaces,
        .n_interfaces = 1,
        .room = 512,
    };
    check(service_open(&service) == ERR_OK, "room for calls");
    check(outcome_is_done(service_run(&service)), "an end that was wanted");
    service_close(&service);
    check(ring_mine()->used == 0, "an empty arena, not %u bytes", ring_mine()->used);
    return 0;
}
