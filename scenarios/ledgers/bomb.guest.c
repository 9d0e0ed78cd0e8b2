/*
 * Multiplies until it is refused, as all its descendants do: threads, or processes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Argument: the character 't' or 'p'. A process exits when all its threads were refused; processes do not wait for
 * those they started.
 */
#include "capos/capos.h"
#include "capos/program.h"

static uint32_t n_threads = 1, n_refused;

static void expect_typed(struct outcome outcome)
{
    check(outcome.kind == OUTCOME_EXCEPTION && outcome.type == EXCEPTION_OVERLOADED,
          "a refusal for lack of something, not: %s", outcome_sentence(outcome));
}

static int multiply_threads(void *unused)
{
    struct thread thread;
    struct outcome outcome;

    (void)unused;
    while (outcome_is_done(outcome = thread_start(&thread, multiply_threads, NULL)))
        __atomic_add_fetch(&n_threads, 1, __ATOMIC_RELAXED);
    expect_typed(outcome);
    __atomic_add_fetch(&n_refused, 1, __ATOMIC_RELEASE);
    for (;;)
        syscall_cap_enter(0, 1, RING_NEVER);
    return 0;
}

static int watch(void *unused)
{
    (void)unused;
    while (__atomic_load_n(&n_refused, __ATOMIC_ACQUIRE) <
           __atomic_load_n(&n_threads, __ATOMIC_RELAXED))
        timer_sleep(capos_cap("timer"), clock_now() + 1000000, NULL);
    syscall_exit(0);
}

static void explode_threads(void)
{
    struct thread watcher;

    check(outcome_is_done(thread_start(&watcher, watch, NULL)), "a thread");
    multiply_threads(NULL);
}

/* Half of what is left, for each child. */
static struct budget half(void)
{
    struct budget used, limit;

    check(outcome_is_done(ledger_read(capos_cap("system"), &used, &limit)), "the ledger");
    return (struct budget){
        .frames = (limit.frames - used.frames) / 2,
        .objects = (limit.objects - used.objects) / 2,
        .calls = (limit.calls - used.calls) / 2,
        .timers = (limit.timers - used.timers) / 2,
        .caps = (limit.caps - used.caps) / 2,
    };
}

static struct outcome spawn_half(void)
{
    struct process_grant grants[PROCESS_GRANTS_MAX];
    struct process_request request = {
        .image = "bomb", .arguments = "p", .arguments_len = 1, .grants = grants, .budget = half()};
    const struct grant *own = capos_grants(&request.n_grants);
    cap_t process;

    for (uint32_t i = 0; i < request.n_grants; i++)
        grants[i] = (struct process_grant){own[i].name, own[i].cap};
    return process_spawn(capos_cap("processes"), &request, &process);
}

static void explode_processes(void)
{
    struct outcome outcome;

    do
        outcome = spawn_half();
    while (outcome_is_done(outcome));
    expect_typed(outcome);
}

int main(void)
{
    size_t len;
    const char *kind = capos_arguments(&len);

    check(len == 1, "a kind");
    if (*kind == 't')
        explode_threads();
    else
        explode_processes();
    return 0;
}
