/*
 * Clients of ProcessSpawner and ProcessHandle.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/process.h"

#include "abi/interfaces.h"

#define SPAWN_IMAGE     0
#define SPAWN_ARGUMENTS 1
#define SPAWN_GRANTS    2
#define SPAWN_BUDGET    3
#define SPAWN_POINTERS  4

#define BUDGET_WORDS 3

static uint32_t text_words(const char *text)
{
    return (uint32_t)strlen(text) / 8 + 1;
}

/* Words behind the root: texts, arguments, the budget, and a list of {cap, name}. */
static uint32_t spawn_extra(const struct process_request *request)
{
    uint32_t words = text_words(request->image) + (uint32_t)(request->arguments_len + 7) / 8 +
                     BUDGET_WORDS + 1 + 2 * request->n_grants;

    for (uint32_t i = 0; i < request->n_grants; i++)
        words += text_words(request->grants[i].name);
    return words;
}

static void budget_put(struct call *call, const struct budget *budget)
{
    struct message_writer *writer = &call->params;
    uint32_t at = message_put_struct(writer, call->pointers + SPAWN_BUDGET, BUDGET_WORDS, 0);

    message_put_u32(writer, at, 0, budget->frames);
    message_put_u32(writer, at, 4, budget->objects);
    message_put_u32(writer, at, 8, budget->calls);
    message_put_u32(writer, at, 12, budget->timers);
    message_put_u32(writer, at, 16, budget->caps);
}

static void grants_put(struct call *call, const struct process_grant *grants, uint32_t n)
{
    struct message_writer *writer = &call->params;
    cap_t caps[PROCESS_GRANTS_MAX];
    uint32_t at = message_put_list(writer, call->pointers + SPAWN_GRANTS, n, 1, 1);

    for (uint32_t i = 0; i < n; i++, at += 2) {
        caps[i] = grants[i].cap;
        message_put_u32(writer, at, 0, i);
        message_put_text(writer, at + 1, grants[i].name);
    }
    call_transfer(call, caps, n);
}

struct outcome process_spawn(cap_t processes, const struct process_request *request, cap_t *process)
{
    struct call call;
    struct outcome outcome;

    *process = CAP_NONE;
    if (request->n_grants > PROCESS_GRANTS_MAX || request->arguments_len > 4096)
        return OUTCOME_TRANSPORT_OF(ERR_BAD_ARGUMENT);
    call_open(&call, processes, INTERFACE_PROCESS_SPAWNER, PROCESS_SPAWNER_SPAWN,
              spawn_extra(request), 1, SPAWN_POINTERS);
    message_put_u32(&call.params, call.root, 0, request->arena_pages);
    message_put_text(&call.params, call.pointers + SPAWN_IMAGE, request->image);
    message_put_bytes(&call.params, call.pointers + SPAWN_ARGUMENTS, request->arguments,
                      (uint32_t)request->arguments_len, false);
    budget_put(&call, &request->budget);
    grants_put(&call, request->grants, request->n_grants);
    outcome = call_make(&call, 0);
    *process = call_cap(&call, 0);
    call_close(&call);
    return outcome;
}

struct outcome process_wait(cap_t process, struct process_end *end)
{
    uint64_t result;
    struct outcome outcome =
        capos_call(process, INTERFACE_PROCESS_HANDLE, PROCESS_HANDLE_WAIT, NULL, 0, &result, 1);

    end->reason = (uint16_t)result;
    end->code = (uint32_t)(result >> 32);
    return outcome;
}

struct outcome process_terminate(cap_t process)
{
    return capos_call(process, INTERFACE_PROCESS_HANDLE, PROCESS_HANDLE_TERMINATE, NULL, 0, NULL,
                      0);
}

struct outcome process_info(cap_t process, uint64_t *id, bool *running)
{
    uint64_t results[2];
    struct outcome outcome =
        capos_call(process, INTERFACE_PROCESS_HANDLE, PROCESS_HANDLE_INFO, NULL, 0, results, 2);

    *id = results[0];
    *running = results[1] & 1;
    return outcome;
}
