/*
 * Starts a service with exactly what the manifest grants it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "start.h"

#include "capos/arguments.h"
#include "exports.h"
#include "funds.h"

/* The capabilities of one start. Those that were minted for it are released when it is over. */
struct grants {
    struct process_grant all[SERVICE_GRANTS_MAX];
    cap_t minted[SERVICE_GRANTS_MAX];
    uint32_t n, n_minted;
};

static void give(struct grants *grants, struct capnp_text name, cap_t cap)
{
    grants->all[grants->n++] = (struct process_grant){name.at, cap};
}

static struct outcome give_client(const struct graph *graph, uint32_t service,
                                  const struct graph_grant *grant, struct grants *grants)
{
    cap_t client;
    struct outcome outcome = exports_mint(graph, grant, COOKIE_FIRST + service, &client);

    if (outcome_is_done(outcome)) {
        grants->minted[grants->n_minted++] = client;
        give(grants, grant->name, client);
    }
    return outcome;
}

static struct outcome give_all(const struct graph *graph, uint32_t service, struct grants *grants)
{
    const struct graph_service *of = &graph->services[service];
    struct outcome outcome = outcome_done();
    uint32_t n_held;
    const struct grant *held = capos_grants(&n_held);

    for (uint32_t i = of->first_export; i < of->first_export + of->n_exports; i++)
        give(grants, graph->exports[i].name, exports_server(i));
    for (uint32_t i = of->first_grant; i < of->first_grant + of->n_grants; i++) {
        const struct graph_grant *grant = &graph->grants[i];

        if (grant->source == SOURCE_HELD)
            give(grants, grant->name, held[grant->index].cap);
        else
            outcome = give_client(graph, service, grant, grants);
        if (!outcome_is_done(outcome))
            break;
    }
    return outcome;
}

static uint32_t strings_of(struct capnp_list list, const char *strings[SERVICE_STRINGS_MAX])
{
    uint32_t n = capnp_list_len(list);

    for (uint32_t i = 0; i < n; i++)
        strings[i] = capnp_list_text(list, i).at;
    return n;
}

static err_t arguments_write(struct manifest_service_reader from, void *to, size_t room,
                             size_t *len)
{
    const char *arguments[SERVICE_STRINGS_MAX], *environment[SERVICE_STRINGS_MAX];
    uint32_t n = strings_of(manifest_service_arguments(from), arguments);
    uint32_t n_environment = strings_of(manifest_service_environment(from), environment);

    return arguments_pack(to, room, arguments, n, environment, n_environment, len);
}

static struct outcome spawn(struct manifest_service_reader from, const struct grants *grants,
                            cap_t *process)
{
    static uint8_t arguments[SERVICE_STRINGS_LEN + 1];
    struct funds funds = funds_of(from);
    struct process_request request = {
        .image = manifest_service_program(from).at,
        .arguments = arguments,
        .grants = grants->all,
        .n_grants = grants->n,
        .budget = {funds.frames, funds.objects, funds.calls, funds.timers, funds.caps},
        .arena_pages = manifest_service_arena_pages(from),
    };
    err_t error = arguments_write(from, arguments, sizeof(arguments), &request.arguments_len);

    return error ? outcome_transport(error)
                 : process_spawn(capos_cap("processes"), &request, process);
}

struct outcome service_start(const struct graph *graph, uint32_t service, cap_t *process)
{
    struct grants grants = {0};
    struct outcome outcome = give_all(graph, service, &grants);

    *process = CAP_NONE;
    if (outcome_is_done(outcome))
        outcome = spawn(graph->services[service].from, &grants, process);
    for (uint32_t i = 0; i < grants.n_minted; i++)
        cap_release(grants.minted[i]);
    return outcome;
}
