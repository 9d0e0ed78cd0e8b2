/*
 * Starting processes.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/process.h"

#include <string.h>

/* Of a message to the kernel. */
#define ARGUMENTS_MAX 4096

static uint32_t text_words(const char *text)
{
    return (uint32_t)strlen(text) / 8 + 1;
}

/* Words behind the root: texts, arguments, the budget, and a list of grants with its tag. */
static uint32_t extra_words(const struct process_request *request)
{
    uint32_t words = text_words(request->image) + (uint32_t)(request->arguments_len + 7) / 8 +
                     BUDGET_WORDS + 1 + PROCESSES_GRANT_WORDS * request->n_grants;

    for (uint32_t i = 0; i < request->n_grants; i++)
        words += text_words(request->grants[i].name);
    return words;
}

static void grants_write(struct call *call, struct processes_spawn_params_builder params,
                         const struct process_request *request)
{
    struct capnp_list_builder list = processes_spawn_params_init_grants(params, request->n_grants);

    for (uint32_t i = 0; i < request->n_grants; i++) {
        struct processes_grant_builder grant = processes_grant_init_at(list, i);
        cap_t cap = request->grants[i].cap;

        processes_grant_set_name(grant, capnp_text(request->grants[i].name));
        processes_grant_set_cap(grant, request->moves >> i & 1 ? call_move(call, cap)
                                                               : call_give(call, cap));
    }
}

static bool is_possible(const struct process_request *request)
{
    return request->n_grants <= PROCESS_GRANTS_MAX && request->arguments_len <= ARGUMENTS_MAX;
}

/* Makes the call that is open. */
static struct outcome start(struct call *call, struct processes_spawn_params_builder params,
                            const struct process_request *request, cap_t *process)
{
    struct outcome outcome;

    processes_spawn_params_set_image(params, capnp_text(request->image));
    processes_spawn_params_set_arguments(
        params, capnp_data(request->arguments, (uint32_t)request->arguments_len));
    processes_spawn_params_set_arena_pages(params, request->arena_pages);
    budget_write(processes_spawn_params_init_budget(params), &request->budget);
    grants_write(call, params, request);
    outcome = call_make(call, 8 * (1 + PROCESSES_SPAWN_RESULTS_WORDS) + sizeof(struct ring_cap));
    *process = call_cap(call, processes_spawn_results_process(processes_spawn_results(call)));
    return call_end(call, outcome);
}

struct outcome process_spawn(cap_t processes, const struct process_request *request, cap_t *process)
{
    struct call call;

    *process = CAP_NONE;
    if (!is_possible(request))
        return outcome_transport(ERR_BAD_ARGUMENT);
    return start(&call, processes_spawn_open(&call, processes, extra_words(request)), request,
                 process);
}

/* Both methods have one shape. */
struct outcome process_launch(cap_t launcher, const struct process_request *request, cap_t *process)
{
    struct call call;

    *process = CAP_NONE;
    if (!is_possible(request))
        return outcome_transport(ERR_BAD_ARGUMENT);
    return start(&call,
                 (struct processes_spawn_params_builder){
                     session_launcher_spawn_open(&call, launcher, extra_words(request)).s},
                 request, process);
}
