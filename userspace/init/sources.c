/*
 * Exports and grants of a graph: from names to what they stand for.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources.h"

#include "interfaces/services.capnp.h"

static const struct holding served[SERVED_COUNT] = {
    [SERVED_SERVICES] = {"services", INTERFACE_SERVICES},
    [SERVED_POWER] = {"power", INTERFACE_POWER},
};

/* --- Exports --- */

static void export_check(const struct graph *graph, const struct graph_export *export,
                         struct place place, struct report *report)
{
    const struct graph_service *service = &graph->services[place.service];

    if (!name_is_good(export->name))
        report_add(report, place, "\"%s\" is no good name for an export", SHOWN(export->name));
    if (export->interface_id == 0)
        report_add(report, place, "export \"%s\": it has no interface", SHOWN(export->name));
    for (const struct graph_export *other = &graph->exports[service->first_export]; other < export;
         other++) {
        if (text_equal(other->name, export->name)) {
            report_add(report, place, "export \"%s\": another one has this name",
                       SHOWN(export->name));
            return;
        }
    }
}

static void export_take(struct graph *graph, uint32_t index, uint32_t item,
                        struct manifest_export_reader from, struct report *report)
{
    struct graph_export *export = &graph->exports[graph->n_exports];

    *export = (struct graph_export){.name = manifest_export_name(from),
                                    .interface_id = manifest_export_interface_id(from),
                                    .service = index};
    export_check(graph, export, place_of(graph, index, PART_EXPORTS, item), report);
    graph->n_exports++;
    graph->services[index].n_exports++;
}

/* Of a list that is too long, nothing is taken. */
static bool fits(struct report *report, struct place place, const char *whose, uint64_t n,
                 uint32_t max, const char *what)
{
    if (n > max)
        report_add(report, place, "%s%lu %s, and at most %u are possible", whose, n, what, max);
    return n <= max;
}

void sources_take_exports(struct graph *graph, struct report *report)
{
    for (uint32_t i = 0; i < graph->n_services; i++) {
        struct capnp_list list = manifest_service_exports(graph->services[i].from);
        struct place place = place_of(graph, i, PART_EXPORTS, NO_INDEX);
        uint64_t n = capnp_list_len(list);

        graph->services[i].first_export = graph->n_exports;
        if (!fits(report, place, "", n, SERVICE_GRANTS_MAX, "exports") ||
            !fits(report, place, "with all before it ", n + graph->n_exports, ALL_EXPORTS_MAX,
                  "exports"))
            continue;
        for (uint32_t j = 0; j < n; j++)
            export_take(graph, i, j, manifest_export_at(list, j), report);
    }
}

/* --- Grants --- */

/* A grant that is being looked at. */
struct wish {
    const struct graph *graph;
    const struct holdings *holdings;
    struct report *report;
    struct place place;
    struct capnp_text name;
    uint64_t interface_id;
};

#define wish_refuse(wish, format, ...)                                                      \
    report_add((wish)->report, (wish)->place, "grant \"%s\": " format, SHOWN((wish)->name), \
               ##__VA_ARGS__)

static void interface_check(const struct wish *wish, struct capnp_text source, uint64_t has)
{
    if (wish->interface_id != 0 && wish->interface_id != has)
        wish_refuse(wish, "\"%s\" has the interface 0x%lx, not 0x%lx", SHOWN(source), has,
                    wish->interface_id);
}

static uint32_t holding_find(const struct wish *wish, const struct holding *holdings, uint32_t n,
                             struct capnp_text name, const char *verb)
{
    for (uint32_t i = 0; i < n; i++) {
        if (text_is(name, holdings[i].name)) {
            interface_check(wish, name, holdings[i].interface_id);
            return i;
        }
    }
    wish_refuse(wish, "init %s no \"%s\"", verb, SHOWN(name));
    return NO_INDEX;
}

static uint32_t export_of(const struct wish *wish, uint32_t server, struct capnp_text name)
{
    const struct graph_service *service = &wish->graph->services[server];

    for (uint32_t i = service->first_export; i < service->first_export + service->n_exports; i++) {
        if (text_equal(wish->graph->exports[i].name, name)) {
            interface_check(wish, name, wish->graph->exports[i].interface_id);
            return i;
        }
    }
    wish_refuse(wish, "%s exports no \"%s\"", service->label, SHOWN(name));
    return NO_INDEX;
}

static uint32_t export_find(const struct wish *wish,
                            struct manifest_grant_source_export_reader from)
{
    struct capnp_text name = manifest_grant_source_export_service(from);
    uint32_t server = graph_find(wish->graph, name);

    if (server == NO_INDEX)
        wish_refuse(wish, "there is no service \"%s\"", SHOWN(name));
    else if (server == wish->place.service)
        wish_refuse(wish, "it would be its own client");
    else
        return export_of(wish, server, manifest_grant_source_export_name(from));
    return NO_INDEX;
}

static uint32_t source_find(const struct wish *wish, struct manifest_grant_source_reader from,
                            enum source *source)
{
    switch (manifest_grant_source_which(from)) {
    case MANIFEST_GRANT_SOURCE_WHICH_KERNEL:
        *source = SOURCE_HELD;
        return holding_find(wish, wish->holdings->caps, wish->holdings->n_caps,
                            manifest_grant_source_kernel(from), "holds");
    case MANIFEST_GRANT_SOURCE_WHICH_INIT:
        *source = SOURCE_SERVED;
        return holding_find(wish, served, SERVED_COUNT, manifest_grant_source_init(from), "serves");
    case MANIFEST_GRANT_SOURCE_WHICH_EXPORT:
        *source = SOURCE_EXPORT;
        return export_find(wish, manifest_grant_source_export(from));
    default:
        wish_refuse(wish, "its source is of an unknown kind");
        return NO_INDEX;
    }
}

static bool name_is_taken(const struct graph *graph, const struct graph_service *service,
                          struct capnp_text name)
{
    for (uint32_t i = service->first_export; i < service->first_export + service->n_exports; i++) {
        if (text_equal(graph->exports[i].name, name))
            return true;
    }
    for (uint32_t i = service->first_grant; i < graph->n_grants; i++) {
        if (text_equal(graph->grants[i].name, name))
            return true;
    }
    return false;
}

static void grant_take(struct graph *graph, const struct wish *wish,
                       struct manifest_grant_source_reader from)
{
    struct graph_service *service = &graph->services[wish->place.service];
    struct graph_grant *grant = &graph->grants[graph->n_grants];

    if (!name_is_good(wish->name))
        report_add(wish->report, wish->place, "\"%s\" is no good name for a grant",
                   SHOWN(wish->name));
    if (name_is_taken(graph, service, wish->name))
        wish_refuse(wish, "another grant or export has this name");
    grant->name = wish->name;
    grant->index = source_find(wish, from, &grant->source);
    if (grant->index != NO_INDEX && grant->source == SOURCE_EXPORT)
        service->needs |= 1u << graph->exports[grant->index].service;
    graph->n_grants++;
    service->n_grants++;
}

void sources_take_grants(struct graph *graph, const struct holdings *holdings,
                         struct report *report)
{
    for (uint32_t i = 0; i < graph->n_services; i++) {
        struct capnp_list list = manifest_service_grants(graph->services[i].from);
        struct wish wish = {graph, holdings, report, place_of(graph, i, PART_GRANTS, NO_INDEX),
                            {0},   0};
        uint64_t n = capnp_list_len(list);

        graph->services[i].first_grant = graph->n_grants;
        if (!fits(report, wish.place, "", n + graph->services[i].n_exports, SERVICE_GRANTS_MAX,
                  "grants and exports") ||
            !fits(report, wish.place, "with all before it ", n + graph->n_grants, ALL_GRANTS_MAX,
                  "grants"))
            continue;
        for (uint32_t j = 0; j < n; j++) {
            struct manifest_grant_reader from = manifest_grant_at(list, j);

            wish.place.item = j;
            wish.name = manifest_grant_name(from);
            wish.interface_id = manifest_grant_interface_id(from);
            grant_take(graph, &wish, manifest_grant_source(from));
        }
    }
}
