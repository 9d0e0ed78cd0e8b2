/*
 * The shell's commands about programs.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "commands.h"

#include <inttypes.h>
#include <string.h>

#include "abi/kernel.calls.h"
#include "held.h"
#include "interfaces/services.calls.h"
#include "jobs.h"
#include "loop.h"
#include "run_words.h"
#include "user.h"

/* --- ps --- */

static const char *const states[] = {[SERVICES_STATE_WAITING] = "waiting",
                                     [SERVICES_STATE_RUNNING] = "running",
                                     [SERVICES_STATE_ENDED] = "ended",
                                     [SERVICES_STATE_FAILED] = "failed"};

static void say_services(struct capnp_list services)
{
    for (uint32_t i = 0; i < capnp_list_len(services); i++) {
        struct services_status_reader status = services_status_at(services, i);
        enum services_state state = services_status_state(status);

        say("%-7" PRIu64 " %-16s %-16s %s\n", services_status_id(status),
            services_status_name(status).at, services_status_program(status).at,
            state < SERVICES_STATE_COUNT ? states[state] : "?");
    }
}

#define SERVICES_LEN 8192

static void list_services(const struct name *directory)
{
    struct call call;
    struct outcome outcome;

    services_list_open(&call, directory->cap);
    outcome = loop_call(&call, SERVICES_LEN);
    if (outcome_is_done(outcome)) {
        say("%-7s %-16s %-16s %s\n", "process", "service", "program", "state");
        say_services(services_list_results_services(services_list_results(&call)));
    } else {
        say_outcome("services", outcome);
    }
    call_close(&call);
}

void command_ps(const struct word *words, uint32_t n)
{
    const struct name *directory = names_find(held_names(), "services");

    (void)words;
    if (n > 1) {
        command_usage("ps");
        return;
    }
    if (directory && directory->interface_id == INTERFACE_SERVICES)
        list_services(directory);
    say("%-7s %-16s %s\n", "process", "number", "program");
    for (const struct job *job = job_next(NULL); job; job = job_next(job))
        say("%-7" PRIu64 " %-16u %s\n", job->id, job->number, job->image);
}

void command_kill(const struct word *words, uint32_t n)
{
    uint64_t number;
    struct job *job;
    struct outcome outcome;

    if (n != 2 || !number_read(words[1].text, UINT32_MAX, &number)) {
        command_usage("kill");
        return;
    }
    job = job_find((uint32_t)number);
    if (!job) {
        say("no program that was started here has the number %" PRIu64 "; \"ps\" lists them\n",
            number);
        return;
    }
    outcome = job_terminate(job);
    if (!outcome_is_done(outcome))
        say_outcome(job->image, outcome);
}

/* --- run --- */

static void foreground(struct job *job)
{
    struct job_end end = job_run(job);

    if (!outcome_is_done(end.outcome) || end.reason != PROCESS_REASON_EXITED || end.code != 0)
        say("%s %s\n", job->image, job_end_words(&end));
}

void command_run(const struct word *words, uint32_t n)
{
    static struct run_words run;
    struct outcome outcome;
    struct job *job;
    cap_t processes;

    if (n < 2) {
        command_usage("run");
        return;
    }
    processes = held_need("processes", INTERFACE_PROCESSES);
    if (processes == CAP_NONE || !run_words_read(&run, words + 1, n - 1))
        return;
    job = job_start(processes, &run.request, &outcome);
    if (!job)
        say_outcome(run.request.image, outcome);
    else if (run.in_background)
        say("[%u] %s\n", job->number, job->image);
    else
        foreground(job);
}
