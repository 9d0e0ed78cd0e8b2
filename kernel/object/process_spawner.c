/*
 * ProcessSpawner (kernel.capnp): starts programs of the boot package.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/process_spawner.h"

#include "abi/kernel.capnp.h"
#include "lib/message_bytes.h"
#include "lib/string.h"
#include "log/log.h"
#include "object/boot_package.h"
#include "process/load.h"
#include "process/process.h"
#include "ring/invocation.h"
#include "sched/thread.h"

/* What a child gets when its parent does not say. */
static const struct budget default_budget = {
    .amounts = {[LEDGER_FRAMES] = 1024,
                [LEDGER_OBJECTS] = 128,
                [LEDGER_CALLS] = 64,
                [LEDGER_TIMERS] = 32,
                [LEDGER_CAPS] = 256},
};

static struct budget read_budget(struct budget_reader wish)
{
    struct budget budget = {.amounts = {[LEDGER_FRAMES] = budget_frames(wish),
                                        [LEDGER_OBJECTS] = budget_objects(wish),
                                        [LEDGER_CALLS] = budget_calls(wish),
                                        [LEDGER_TIMERS] = budget_timers(wish),
                                        [LEDGER_CAPS] = budget_caps(wish)}};

    for (unsigned kind = 0; kind < LEDGER_KINDS; kind++) {
        if (budget.amounts[kind] == 0)
            budget.amounts[kind] = default_budget.amounts[kind];
    }
    return budget;
}

static err_t check_name(struct bytes name)
{
    if (name.len == 0 || name.len > LOAD_NAME_MAX)
        return ERR_BAD_ARGUMENT;
    for (size_t i = 0; i < name.len; i++) {
        if (name.at[i] <= ' ' || name.at[i] >= 0x7f)
            return ERR_BAD_ARGUMENT;
    }
    return ERR_OK;
}

static err_t read_grant(struct processes_grant_reader from, const struct transfers *transfers,
                        struct load_grant *grant)
{
    uint32_t index = processes_grant_cap(from);

    grant->name = bytes_of_text(processes_grant_name(from));
    if (index >= transfers->n)
        return ERR_BAD_ARGUMENT;
    grant->cap = transfers->caps[index];
    return check_name(grant->name);
}

/* What moves must go to somebody. */
static err_t read_grants(struct capnp_list list, const struct transfers *transfers,
                         struct load_request *request)
{
    err_t error = list.n > LOAD_GRANTS_MAX ? ERR_BAD_ARGUMENT : ERR_OK;
    uint32_t named = 0;

    for (uint32_t i = 0; !error && i < list.n; i++) {
        struct processes_grant_reader grant = processes_grant_at(list, i);

        error = read_grant(grant, transfers, &request->grants[i]);
        if (!error)
            named |= 1u << processes_grant_cap(grant);
    }
    request->n_grants = list.n;
    return error || !(transfers->moves & ~named) ? error : ERR_BAD_ARGUMENT;
}

static err_t read_request(struct invocation *invocation, struct load_request *request, char *name)
{
    struct processes_spawn_params_reader params = processes_spawn_params_root(&invocation->params);
    uint32_t arena_pages = processes_spawn_params_arena_pages(params);
    struct bytes image = bytes_of_text(processes_spawn_params_image(params));
    err_t error =
        read_grants(processes_spawn_params_grants(params), &invocation->transfers, request);

    request->arguments = bytes_of_data(processes_spawn_params_arguments(params));
    request->budget = read_budget(processes_spawn_params_budget(params));
    if (capnp_error(&invocation->params)) /* what could not be read looked empty */
        error = ERR_BAD_MESSAGE;
    if (!error)
        error = check_name(image);
    if (!error)
        error = boot_package_image(image, &request->elf, &invocation->again);
    if (error || invocation->again)
        return error;
    memcpy(name, image.at, image.len);
    name[image.len] = 0;
    request->name = name;
    request->parent = invocation->process;
    request->arena_pages = arena_pages ? arena_pages : RING_ARENA_PAGES_FIRST;
    request->priority = invocation->thread->priority;
    return ERR_OK;
}

static err_t check_scopes(const struct load_request *request, enum crossing how)
{
    err_t error = ERR_OK;

    for (uint32_t i = 0; !error && i < request->n_grants; i++)
        error =
            session_allows(request->grants[i].cap, request->parent->session, request->session, how);
    return error;
}

static err_t start(struct invocation *invocation, const struct load_request *request)
{
    const char *why = NULL;
    struct process *process;
    uint32_t index;
    err_t error = load(request, &process, &why);

    if (why)
        kernel_log("image %s is refused: %s", request->name, why);
    if (error)
        return error;
    error = invocation_give_object(invocation, &process->object, &index);
    if (error)
        process_end(process, END_TERMINATED, 0);
    else
        processes_spawn_results_set_process(processes_spawn_results_init_root(&invocation->results),
                                            index);
    object_put(&process->object);
    return error;
}

err_t process_spawner_spawn(struct invocation *invocation, struct session *session,
                            enum crossing how)
{
    char name[LOAD_NAME_MAX + 1];
    struct load_request request;
    err_t error = read_request(invocation, &request, name);

    if (error || invocation->again)
        return error;
    request.session = session;
    error = check_scopes(&request, how);
    return error ? error : start(invocation, &request);
}

static err_t spawn(struct invocation *invocation)
{
    return process_spawner_spawn(invocation, invocation->process->session, CROSS_SPAWN);
}

static const struct method methods[PROCESSES_METHODS] = {
    [PROCESSES_SPAWN] = {spawn, RESULT_WORDS(PROCESSES_SPAWN), 1, .takes_caps = true},
};

static const struct object_type type = {
    .name = "process spawner",
    .interface_id = INTERFACE_PROCESSES,
    .methods = methods,
    .n_methods = PROCESSES_METHODS,
    .session_bound = true,
};

struct object process_spawner = {.type = &type, .refs = 1};
