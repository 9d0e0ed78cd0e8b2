/*
 * The endpoints of a graph's exports, and of what init serves itself.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "exports.h"

#include "interfaces/services.capnp.h"

static const uint64_t own_interfaces[SERVED_COUNT] = {
    [SERVED_SERVICES] = INTERFACE_SERVICES,
    [SERVED_POWER] = INTERFACE_POWER,
};

static cap_t servers[ALL_EXPORTS_MAX], own;

static struct outcome open_one(uint64_t interface_id, cap_t *server)
{
    cap_t client;
    struct outcome outcome =
        endpoints_create(capos_cap("endpoints"), interface_id, server, &client);

    if (outcome_is_done(outcome))
        cap_release(client);
    return outcome;
}

struct outcome exports_open(const struct graph *graph)
{
    struct outcome outcome = open_one(INTERFACE_SERVICES, &own);

    for (uint32_t i = 0; i < graph->n_exports && outcome_is_done(outcome); i++)
        outcome = open_one(graph->exports[i].interface_id, &servers[i]);
    return outcome;
}

cap_t exports_server(uint32_t export)
{
    return servers[export];
}

cap_t exports_own(void)
{
    return own;
}

struct outcome exports_mint(const struct graph *graph, const struct graph_grant *grant,
                            uint64_t cookie, cap_t *client)
{
    if (grant->source == SOURCE_SERVED)
        return endpoint_mint(own, cookie, own_interfaces[grant->index], SCOPE_SHAREABLE, 0, client);
    return endpoint_mint(servers[grant->index], cookie, graph->exports[grant->index].interface_id,
                         SCOPE_SHAREABLE, 0, client);
}

void exports_close(const struct graph *graph, uint32_t service)
{
    const struct graph_service *of = &graph->services[service];

    for (uint32_t i = of->first_export; i < of->first_export + of->n_exports; i++)
        endpoint_close(servers[i]);
}
