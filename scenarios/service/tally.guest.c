/*
 * Serves "tally", as tally.capnp says, with as many threads as its argument.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"
#include "scenarios/service/tally.calls.h"

#define ROOM        1024
#define LATER_MAX   8
#define ACCOUNTS    2 /* the cookies from 1 on */
#define THREADS_MAX 4

struct account {
    uint64_t sum;
};

static struct account accounts[ACCOUNTS];
static struct deferred later_calls[LATER_MAX];
static uint64_t later_numbers[LATER_MAX];
static uint32_t n_later;
static uint32_t n_met;
static uint64_t met_threads[2];
static _Thread_local struct service *serving;

static struct outcome add(void *object, struct incoming *incoming,
                          struct tally_add_params_reader params,
                          struct tally_add_results_builder results)
{
    struct account *account = object;
    uint64_t by = tally_add_params_by(params);

    (void)incoming;
    tally_add_results_set_sum(results, __atomic_add_fetch(&account->sum, by, __ATOMIC_RELAXED));
    return outcome_done();
}

static struct outcome pages(void *object, struct incoming *incoming,
                            struct tally_pages_params_reader params,
                            struct tally_pages_results_builder results)
{
    cap_t memory = incoming_cap(incoming, tally_pages_params_memory(params));
    struct outcome outcome;
    uint32_t n;

    (void)object;
    outcome = memory_info(memory, &n);
    cap_drop(memory);
    tally_pages_results_set_pages(results, n);
    return outcome;
}

static struct outcome ignore(void *object, struct incoming *incoming,
                             struct tally_ignore_params_reader params,
                             struct tally_ignore_results_builder results)
{
    (void)object;
    (void)incoming;
    (void)params;
    (void)results;
    return outcome_done();
}

static struct outcome give(void *object, struct incoming *incoming,
                           struct tally_give_params_reader params,
                           struct tally_give_results_builder results)
{
    cap_t one, other;

    (void)object;
    (void)params;
    check(outcome_is_done(
              endpoint_mint(capos_cap("tally"), 1, INTERFACE_TALLY, SCOPE_SHAREABLE, 0, &one)),
          "one");
    check(outcome_is_done(
              endpoint_mint(capos_cap("tally"), 2, INTERFACE_TALLY, SCOPE_SHAREABLE, 0, &other)),
          "other");
    tally_give_results_set_one(results, incoming_move(incoming, one));
    tally_give_results_set_other(results, incoming_move(incoming, other));
    return outcome_done();
}

static struct outcome later(void *object, struct incoming *incoming,
                            struct tally_later_params_reader params,
                            struct tally_later_results_builder results)
{
    (void)object;
    (void)results;
    if (n_later == LATER_MAX)
        return outcome_refuse(EXCEPTION_OVERLOADED, ERR_IN_USE, "%u calls wait already", n_later);
    later_numbers[n_later] = tally_later_params_number(params);
    later_calls[n_later++] = incoming_defer(incoming);
    return outcome_done();
}

static struct outcome answer_all(void *object, struct incoming *incoming,
                                 struct tally_answer_all_params_reader params,
                                 struct tally_answer_all_results_builder results)
{
    (void)object;
    (void)incoming;
    (void)params;
    tally_answer_all_results_set_calls(results, n_later);
    while (n_later > 0) {
        struct call answer;

        answer_open(&answer, later_calls[--n_later], 1 + TALLY_LATER_RESULTS_WORDS);
        tally_later_results_set_number(tally_later_results_init_root(&answer.params),
                                       later_numbers[n_later]);
        answer_send(&answer);
    }
    return outcome_done();
}

static struct outcome fill(void *object, struct incoming *incoming,
                           struct tally_fill_params_reader params,
                           struct tally_fill_results_builder results)
{
    uint8_t *bytes = tally_fill_results_init_bytes(results, tally_fill_params_len(params));

    (void)object;
    (void)incoming;
    if (bytes)
        memset(bytes, 'l', tally_fill_params_len(params));
    return outcome_done();
}

static struct outcome caps(void *object, struct incoming *incoming,
                           struct tally_caps_params_reader params,
                           struct tally_caps_results_builder results)
{
    (void)object;
    (void)incoming;
    (void)params;
    tally_caps_results_set_used(results, ledger_used().caps);
    return outcome_done();
}

static struct outcome leave(void *object, struct incoming *incoming,
                            struct tally_exit_params_reader params,
                            struct tally_exit_results_builder results)
{
    (void)object;
    (void)incoming;
    (void)params;
    (void)results;
    syscall_exit(5);
}

static struct outcome stop(void *object, struct incoming *incoming,
                           struct tally_stop_params_reader params,
                           struct tally_stop_results_builder results)
{
    (void)object;
    (void)incoming;
    (void)params;
    (void)results;
    service_stop(serving);
    return outcome_done();
}

/* Two calls that are answered only because two threads serve them at a time. */
static struct outcome meet(void *object, struct incoming *incoming,
                           struct tally_meet_params_reader params,
                           struct tally_meet_results_builder results)
{
    uint32_t place = __atomic_fetch_add(&n_met, 1, __ATOMIC_RELAXED) % 2;

    (void)object;
    (void)incoming;
    (void)params;
    __atomic_store_n(&met_threads[place], ring_mine()->ring->thread_id, __ATOMIC_RELEASE);
    while (__atomic_load_n(&met_threads[1 - place], __ATOMIC_ACQUIRE) == 0)
        thread_control_yield(capos_cap("thread"));
    tally_meet_results_set_other(results, met_threads[1 - place]);
    return outcome_done();
}

static void *find(struct service *service, uint64_t cookie)
{
    (void)service;
    return cookie >= 1 && cookie <= ACCOUNTS ? &accounts[cookie - 1] : NULL;
}

static const struct tally_server methods = {
    .add = add,
    .pages = pages,
    .ignore = ignore,
    .give = give,
    .later = later,
    .answer_all = answer_all,
    .fill = fill,
    .caps = caps,
    .exit = leave,
    .stop = stop,
    .meet = meet,
};

static int serve(void *unused)
{
    static const struct service_interface interfaces[] = {TALLY_SERVICE(methods)};
    struct service service = {
        .endpoint = capos_cap("tally"),
        .interfaces = interfaces,
        .n_interfaces = 1,
        .room = ROOM,
        .find = find,
    };

    (void)unused;
    serving = &service;
    check(service_open(&service) == ERR_OK, "room for calls");
    check(outcome_is_done(service_run(&service)), "an end that was wanted");
    service_close(&service);
    check(ring_mine()->used == 0, "an empty arena, not %u bytes", ring_mine()->used);
    return 0;
}

int main(void)
{
    struct thread threads[THREADS_MAX];
    size_t len;
    const uint8_t *n = capos_arguments(&len);

    check(len == 1 && *n >= 1 && *n <= THREADS_MAX, "a number of threads");
    for (uint8_t i = 1; i < *n; i++)
        check(outcome_is_done(thread_start(&threads[i], serve, NULL)), "a thread");
    serve(NULL);
    for (uint8_t i = 1; i < *n; i++)
        check(outcome_is_done(thread_finish(&threads[i], NULL)), "its end");
    return 0;
}
