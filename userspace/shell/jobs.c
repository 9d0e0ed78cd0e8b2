/*
 * The programs that the shell has started and that have not ended yet.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "jobs.h"

#include <stdio.h>
#include <string.h>

#include "abi/kernel.calls.h"
#include "line/keys.h"
#include "loop.h"
#include "prompt.h"
#include "streams.h"
#include "user.h"

static const char *const stream_names[JOB_STREAMS] = {"stdin", "stdout", "stderr"};

static struct job jobs[JOBS_MAX];
static uint32_t last_number;
static struct tty tty;
static struct job *foreground;
static struct job_end foreground_end;

struct job *job_find(uint32_t number)
{
    for (struct job *job = jobs; job < jobs + JOBS_MAX; job++) {
        if (number != 0 && job->number == number)
            return job;
    }
    return NULL;
}

struct job *job_next(const struct job *job)
{
    uint32_t i = job ? (uint32_t)(job - jobs) + 1 : 0;

    while (i < JOBS_MAX && jobs[i].number == 0)
        i++;
    return i < JOBS_MAX ? &jobs[i] : NULL;
}

bool job_is_foreground(const struct job *job)
{
    return job == foreground;
}

struct tty *job_tty(void)
{
    return &tty;
}

/* --- Starting --- */

static struct job *job_new(const char *image)
{
    for (struct job *job = jobs; job < jobs + JOBS_MAX; job++) {
        if (job->number != 0)
            continue;
        *job = (struct job){.number = ++last_number};
        snprintf(job->image, sizeof(job->image), "%s", image);
        return job;
    }
    return NULL;
}

static bool has_grant(const struct process_request *request, const char *name)
{
    for (uint32_t i = 0; i < request->n_grants; i++) {
        if (strcmp(request->grants[i].name, name) == 0)
            return true;
    }
    return false;
}

/* Adds those streams that the request does not grant already. */
static struct outcome add_streams(const struct job *job, struct process_request *request,
                                  struct process_grant *grants, cap_t *minted)
{
    struct outcome outcome = outcome_done();

    for (uint32_t i = 0; i < JOB_STREAMS && outcome_is_done(outcome); i++) {
        if (has_grant(request, stream_names[i]))
            continue;
        outcome = stream_mint(job, i, &minted[i]);
        if (minted[i] != CAP_NONE)
            grants[request->n_grants++] = (struct process_grant){stream_names[i], minted[i]};
    }
    return outcome;
}

static struct outcome spawn(struct job *job, cap_t processes, const struct process_request *request)
{
    struct process_grant grants[PROCESS_GRANTS_MAX + JOB_STREAMS];
    struct process_request whole = *request;
    cap_t minted[JOB_STREAMS] = {0};
    struct outcome outcome;

    memcpy(grants, request->grants, request->n_grants * sizeof(*grants));
    whole.grants = grants;
    outcome = add_streams(job, &whole, grants, minted);
    if (outcome_is_done(outcome))
        outcome = process_spawn(processes, &whole, &job->process);
    for (uint32_t i = 0; i < JOB_STREAMS; i++)
        cap_drop(minted[i]);
    return outcome;
}

static struct outcome await_end(struct job *job)
{
    err_t err;

    process_wait_open(&job->waiting, job->process);
    err = call_submit(&job->waiting, 8 * (1 + PROCESS_WAIT_RESULTS_WORDS),
                      LOOP_JOBS + (uint64_t)(job - jobs));
    if (err)
        call_close(&job->waiting);
    return err ? outcome_transport(err) : outcome_done();
}

struct job *job_start(cap_t processes, const struct process_request *request,
                      struct outcome *outcome)
{
    struct job *job = job_new(request->image);

    if (!job) {
        *outcome =
            outcome_refuse(EXCEPTION_OVERLOADED, ERR_NO_ROOM, "%u programs run already", JOBS_MAX);
        return NULL;
    }
    *outcome = spawn(job, processes, request);
    if (outcome_is_done(*outcome)) {
        process_info(job->process, &job->id, NULL);
        *outcome = await_end(job);
    }
    if (outcome_is_done(*outcome))
        return job;
    cap_drop(job->process);
    job->number = 0;
    return NULL;
}

struct outcome job_terminate(struct job *job)
{
    return process_terminate(job->process);
}

/* --- In the foreground --- */

static void foreground_typed(uint8_t byte)
{
    if (!tty_type(&tty, byte))
        job_terminate(foreground);
    else
        stream_answer(foreground);
}

/* What was typed for the program and not read by it, is for the shell. */
static void give_back(void)
{
    static char rest[TTY_LEN + TEXT_MAX];

    user_unread(rest, tty_close(&tty, rest, sizeof(rest)));
}

struct job_end job_run(struct job *job)
{
    tty_open(&tty, user_show, NULL);
    foreground = job;
    user_listen(foreground_typed);
    user_serve();
    while (foreground)
        loop_step();
    user_listen(NULL);
    give_back();
    user_begin_row();
    return foreground_end;
}

/* --- Ending --- */

static struct job_end end_read(struct job *job, const struct ring_completion *completion)
{
    struct job_end end = {.outcome = call_read(&job->waiting, completion)};
    struct process_wait_results_reader results = process_wait_results(&job->waiting);

    end.reason = process_wait_results_reason(results);
    end.code = process_wait_results_code(results);
    call_close(&job->waiting);
    return end;
}

void job_done(uint32_t place, const struct ring_completion *completion)
{
    struct job *job = place < JOBS_MAX ? &jobs[place] : NULL;
    struct job_end end;

    if (!job || job->number == 0)
        return;
    end = end_read(job, completion);
    stream_end(job);
    cap_drop(job->process);
    if (job == foreground) {
        foreground = NULL;
        foreground_end = end;
    } else {
        prompt_hide();
        say("[%u] %s %s\n", job->number, job->image, job_end_words(&end));
        prompt_show();
    }
    job->number = 0;
}

const char *job_end_words(const struct job_end *end)
{
    static char words[160];

    if (!outcome_is_done(end->outcome))
        snprintf(words, sizeof(words), "is lost: %s", outcome_sentence(end->outcome));
    else if (end->reason == PROCESS_REASON_EXITED)
        snprintf(words, sizeof(words), "exited with code %u", end->code);
    else if (end->reason == PROCESS_REASON_FAULTED)
        snprintf(words, sizeof(words), "was ended by fault %u", end->code);
    else
        snprintf(words, sizeof(words), "was terminated");
    return words;
}
