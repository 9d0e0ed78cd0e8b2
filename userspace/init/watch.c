/*
 * The services while the system runs: started, waited for, and started again by their policy.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "watch.h"

#include "exports.h"
#include "restart.h"
#include "start.h"

#define NS_PER_MS 1000000
#define END_LEN   48

static const char *label_of(const struct watch *watch, uint32_t service)
{
    return watch->graph->services[service].label;
}

/* --- Ends --- */

/* It will not run again: its clients hear so. */
static void finish(struct watch *watch, uint32_t service, enum services_state state, uint32_t code)
{
    watch->services[service].state = state;
    exports_close(watch->graph, service);
    if (watch->stopping)
        return;
    if (code)
        watch->exit_code = 1;
    if (manifest_service_essential(watch->graph->services[service].from)) {
        console_printf("%s was essential: the system ends", label_of(watch, service));
        watch->exit_code = code;
        watch->stopping = true;
    }
}

/* What happened is in WHAT; it ran so long; CODE is 0 when it ended well. OTHERWISE is its state if
 * it is not started again. */
static void decide(struct watch *watch, uint32_t service, const char *what, uint64_t ran,
                   uint32_t code, enum services_state otherwise)
{
    struct watched *watched = &watch->services[service];
    struct restart_rule rule =
        restart_rule_of(manifest_service_restart(watch->graph->services[service].from));
    enum restart_verdict verdict = RESTART_ENDED;
    uint64_t delay;

    if (!watch->stopping)
        verdict = restart_decide(&rule, code != 0, ran, &watched->row, &delay);
    if (verdict == RESTART_AGAIN) {
        console_printf("%s: %s; restart %u of %u in %lu ms", label_of(watch, service), what,
                       watched->row, rule.limit, delay / NS_PER_MS);
        watched->state = SERVICES_STATE_WAITING;
        watched->time = clock_now() + delay;
        watched->restarts++;
    } else if (verdict == RESTART_GIVEN_UP) {
        console_printf("%s: %s; given up, restarts %u of %u", label_of(watch, service), what,
                       watched->row, rule.limit);
        finish(watch, service, SERVICES_STATE_FAILED, code ? code : 1);
    } else {
        console_printf("%s: %s", label_of(watch, service), what);
        finish(watch, service, otherwise, code);
    }
}

static void end_describe(struct process_end end, char to[END_LEN])
{
    if (end.reason == PROCESS_REASON_EXITED)
        format_text(to, END_LEN, "ended, exit code %u", end.code);
    else if (end.reason == PROCESS_REASON_FAULTED)
        format_text(to, END_LEN, "ended by fault %u", end.code);
    else
        format_text(to, END_LEN, "was terminated");
}

void watch_ended(struct watch *watch, uint32_t service, const struct ring_completion *completion)
{
    struct watched *watched = &watch->services[service];
    struct outcome outcome = call_read(&watched->wait, completion);
    struct process_wait_results_reader end = process_wait_results(&watched->wait);
    char what[END_LEN];

    check(outcome_is_done(outcome), "the end of %s, not: %s", label_of(watch, service),
          outcome_sentence(outcome));
    watched->end =
        (struct process_end){process_wait_results_reason(end), process_wait_results_code(end)};
    call_close(&watched->wait);
    cap_release(watched->process);
    watched->process = CAP_NONE;
    watched->id = 0;
    end_describe(watched->end, what);
    decide(watch, service, what, clock_now() - watched->time,
           watched->end.reason == PROCESS_REASON_EXITED ? watched->end.code : 1,
           SERVICES_STATE_ENDED);
}

/* --- Starts --- */

static void wait_submit(struct watched *watched, uint32_t service)
{
    err_t error;

    process_wait_open(&watched->wait, watched->process);
    error = call_submit(&watched->wait, 8 * (1 + PROCESS_WAIT_RESULTS_WORDS),
                        WATCH_USER_DATA + service);
    check(!error, "a wait: %s", err_sentence(error));
}

static void start(struct watch *watch, uint32_t service)
{
    struct watched *watched = &watch->services[service];
    struct outcome outcome = service_start(watch->graph, service, &watched->process);
    char what[CONSOLE_LINE_LEN];

    if (!outcome_is_done(outcome)) {
        format_text(what, sizeof(what), "cannot be started: %s", outcome_sentence(outcome));
        decide(watch, service, what, 0, 1, SERVICES_STATE_FAILED);
        return;
    }
    console_printf("%s: started", label_of(watch, service));
    process_info(watched->process, &watched->id, NULL);
    watched->state = SERVICES_STATE_RUNNING;
    watched->time = clock_now();
    wait_submit(watched, service);
}

void watch_start_due(struct watch *watch)
{
    for (uint32_t i = 0; i < watch->graph->n_services; i++) {
        uint32_t service = watch->graph->order[i];
        const struct watched *watched = &watch->services[service];

        if (!watch->stopping && watched->state == SERVICES_STATE_WAITING &&
            watched->time <= clock_now())
            start(watch, service);
    }
}

uint64_t watch_next(const struct watch *watch)
{
    uint64_t next = RING_NEVER;

    for (uint32_t i = 0; i < watch->graph->n_services; i++) {
        if (watch->services[i].state == SERVICES_STATE_WAITING && watch->services[i].time < next)
            next = watch->services[i].time;
    }
    return next;
}

bool watch_is_idle(const struct watch *watch)
{
    for (uint32_t i = 0; i < watch->graph->n_services; i++) {
        if (watch->services[i].state <= SERVICES_STATE_RUNNING)
            return false;
    }
    return true;
}

void watch_stop(struct watch *watch)
{
    watch->stopping = true;
    for (uint32_t i = watch->graph->n_services; i-- > 0;) {
        uint32_t service = watch->graph->order[i];
        struct watched *watched = &watch->services[service];
        struct ring_completion completion;
        err_t error;

        if (watched->state != SERVICES_STATE_RUNNING)
            continue;
        process_terminate(watched->process);
        error = ring_wait(ring_mine(), WATCH_USER_DATA + service, &completion);
        check(!error, "the end of %s: %s", label_of(watch, service), err_sentence(error));
        watch_ended(watch, service, &completion);
    }
}
