/*
 * ProcessSpawner (kernel.capnp): starts programs of the boot package.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/process_spawner.h"

#include "abi/interfaces.h"
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

/* Parameters: image, arguments, grants, budget are pointers 0 to 3, arenaPages at 0. */
enum { IMAGE, ARGUMENTS, GRANTS, BUDGET };

static err_t read_budget(const struct message_struct *params, struct budget *budget)
{
    struct message_struct wish;
    err_t error = message_struct_at(params, BUDGET, &wish);

    if (error)
        return error;
    for (unsigned kind = 0; kind < LEDGER_KINDS; kind++) {
        uint32_t amount = message_u32(&wish, kind * 4);

        budget->amounts[kind] = amount ? amount : default_budget.amounts[kind];
    }
    return ERR_OK;
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

/* Grant: name is pointer 0, cap at 0, which counts the transfers. */
static err_t read_grant(const struct message_struct *from, const struct transfers *transfers,
                        struct load_grant *grant)
{
    uint32_t index = message_u32(from, 0);
    err_t error = message_text(from, 0, &grant->name);

    if (!error)
        error = check_name(grant->name);
    if (error)
        return error;
    if (index >= transfers->n)
        return ERR_BAD_ARGUMENT;
    grant->cap = transfers->caps[index];
    return ERR_OK;
}

static err_t read_grants(const struct message_struct *params, const struct transfers *transfers,
                         struct load_request *request)
{
    struct message_list list;
    err_t error = message_list(params, GRANTS, &list);

    if (!error && list.n > LOAD_GRANTS_MAX)
        error = ERR_BAD_ARGUMENT;
    for (uint32_t i = 0; !error && i < list.n; i++) {
        struct message_struct grant = message_list_get(&list, i);

        error = read_grant(&grant, transfers, &request->grants[i]);
    }
    if (!error)
        request->n_grants = list.n;
    return error;
}

static err_t read_request(struct invocation *invocation, struct load_request *request, char *name)
{
    const struct message_struct *params = &invocation->params;
    uint32_t arena_pages = message_u32(params, 0);
    struct bytes image;
    err_t error = message_text(params, IMAGE, &image);

    if (!error)
        error = check_name(image);
    if (!error)
        error = message_data(params, ARGUMENTS, &request->arguments);
    if (!error)
        error = read_budget(params, &request->budget);
    if (!error)
        error = read_grants(params, &invocation->transfers, request);
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
    error = invocation_give(invocation, &process->object, INTERFACE_PROCESS_HANDLE, FACET_OBJECT, 0,
                            &index);
    if (error) {
        process_end(process, END_TERMINATED, 0);
    } else {
        struct builder_struct results = invocation_results(invocation, 0, 1);

        builder_cap(&results, 0, index);
    }
    object_put(&process->object);
    return error;
}

/* (image :Text, arguments :Data, grants :List(Grant), budget :Budget, arenaPages :UInt32) -> (process :ProcessHandle) */
static err_t spawn(struct invocation *invocation)
{
    char name[LOAD_NAME_MAX + 1];
    struct load_request request;
    err_t error = read_request(invocation, &request, name);

    return error || invocation->again ? error : start(invocation, &request);
}

static const struct method methods[PROCESS_SPAWNER_METHODS] = {
    [PROCESS_SPAWNER_SPAWN] = {spawn, 2, 1, .takes_caps = true},
};

static const struct object_type type = {
    .name = "process spawner",
    .interface_id = INTERFACE_PROCESS_SPAWNER,
    .methods = methods,
    .n_methods = PROCESS_SPAWNER_METHODS,
};

struct object process_spawner = {.type = &type, .refs = 1};
