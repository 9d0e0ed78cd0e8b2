/*
 * Processes: one that ends, one that is ended, and one that serves a call.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "steps.h"

static cap_t ends, stays, serves, server, client, luggage;

/* With room in GRANTS for one more than the caller's own. */
static struct process_request request(const char *image, const char *argument, struct budget budget,
                                      struct process_grant *grants)
{
    struct process_request request = {.image = image,
                                      .arguments = argument,
                                      .arguments_len = strlen(argument),
                                      .grants = grants,
                                      .budget = budget};
    const struct grant *own = capos_grants(&request.n_grants);

    for (uint32_t i = 0; i < request.n_grants; i++)
        grants[i] = (struct process_grant){own[i].name, own[i].cap};
    return request;
}

bool spawn(const char *image, const char *argument, struct budget budget,
           const struct process_grant *more, cap_t *process)
{
    struct process_grant grants[PROCESS_GRANTS_MAX];
    struct process_request wanted = request(image, argument, budget, grants);

    if (more)
        grants[wanted.n_grants++] = *more;
    return fine(process_spawn(capos_cap("processes"), &wanted, process));
}

bool launch(cap_t launcher, const char *image, const char *argument, cap_t *process)
{
    struct process_grant grants[PROCESS_GRANTS_MAX];
    struct process_request wanted = request(image, argument, BUDGET_SMALL, grants);

    return fine(process_launch(launcher, &wanted, process));
}

void finish(cap_t *process)
{
    struct process_end end;

    if (*process == CAP_NONE)
        return;
    surely(process_wait(*process, &end.reason, &end.code));
    check(end.reason != PROCESS_REASON_FAULTED, "no fault");
    check(end.reason == PROCESS_REASON_TERMINATED || end.code == 0 || end.code == EXIT_NO_MEMORY,
          "an end for lack of memory, not with %u", end.code);
    give_up(process);
}

static void run(void)
{
    spawn("nothing", "", BUDGET_SMALL, NULL, &ends);
    spawn("nothing", "w", BUDGET_SMALL, NULL, &stays);
}

static void clean(void)
{
    finish(&ends);
    if (stays != CAP_NONE)
        surely(process_terminate(stays));
    finish(&stays);
}

/* The server has the only capability to receive, so that the call ends when it does. */
static void run_server(void)
{
    struct process_grant grant = {.name = "server"};
    struct call call;

    if (!fine(endpoints_create(capos_cap("endpoints"), INTERFACE_STEP, &server, &client)))
        return;
    grant.cap = server;
    spawn("server", "", BUDGET_SMALL, &grant, &serves);
    give_up(&server);
    call_open(&call, client, INTERFACE_STEP, 0, 0);
    call_give(&call, client);
    if (answered(call_make(&call, 64)))
        luggage = call_cap(&call, 0);
    call_close(&call);
}

static void clean_server(void)
{
    give_up(&luggage);
    give_up(&client);
    give_up(&server);
    finish(&serves);
}

const struct step step_processes = {
    .name = "processes", .run = run, .clean = clean, .starts_processes = true};
const struct step step_server = {.name = "a server in a process",
                                 .run = run_server,
                                 .clean = clean_server,
                                 .starts_processes = true};
