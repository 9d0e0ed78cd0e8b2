/*
 * The graph of services that a manifest describes, checked before anything of it is started.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "graph.h"

#include <string.h>

#include "funds.h"
#include "order.h"
#include "sources.h"

uint32_t graph_find(const struct graph *graph, struct capnp_text name)
{
    for (uint32_t i = 0; i < graph->n_services && name.len > 0; i++) {
        if (text_is(name, graph->services[i].label))
            return i;
    }
    return NO_INDEX;
}

static struct place place_here(enum part part)
{
    return (struct place){part, NO_INDEX, "", NO_INDEX};
}

/* --- Names --- */

static void label_take(struct graph *graph, uint32_t index, struct report *report)
{
    struct graph_service *service = &graph->services[index];
    struct capnp_text name = manifest_service_name(service->from);
    struct place place = place_of(graph, index, PART_NAME, NO_INDEX);

    if (!name_is_good(name)) {
        report_add(report, place, "\"%s\" is no good name", SHOWN(name));
        return;
    }
    memcpy(service->label, name.at, name.len);
    if (graph_find(graph, name) != NO_INDEX)
        report_add(report, place, "another service has this name");
}

static void services_take(struct manifest_reader manifest, struct graph *graph,
                          struct report *report)
{
    struct capnp_list list = manifest_services(manifest);
    uint32_t n = capnp_list_len(list);

    if (n == 0)
        report_add(report, place_here(PART_SERVICES), "there are no services");
    if (n > SERVICES_MAX)
        report_add(report, place_here(PART_SERVICES), "%u services, and at most %u are possible", n,
                   SERVICES_MAX);
    for (uint32_t i = 0; i < n && n <= SERVICES_MAX; i++) {
        graph->services[i].from = manifest_service_at(list, i);
        label_take(graph, i, report);
        graph->n_services++;
    }
}

/* --- What a service is by itself --- */

static void program_check(const struct graph *graph, uint32_t index,
                          const struct holdings *holdings, struct report *report)
{
    struct capnp_text program = manifest_service_program(graph->services[index].from);

    for (uint32_t i = 0; i < holdings->n_images; i++) {
        if (text_is(program, holdings->images[i]))
            return;
    }
    report_add(report, place_of(graph, index, PART_PROGRAM, NO_INDEX),
               "the package has no program \"%s\"", SHOWN(program));
}

static bool is_assignment(struct capnp_text string)
{
    const char *equals = memchr(string.at, '=', string.len);

    return equals && equals != string.at;
}

/* A program would take an empty string for the end of its arguments, and a NUL for the end of one.
 * */
static void string_check(struct capnp_text string, struct place place, struct report *report)
{
    const char *what = place.part == PART_ENVIRONMENT ? "variable" : "argument";

    if (string.len == 0)
        report_add(report, place, "%s %u is empty", what, place.item + 1);
    else if (memchr(string.at, 0, string.len))
        report_add(report, place, "%s %u has a NUL in it", what, place.item + 1);
    else if (place.part == PART_ENVIRONMENT && !is_assignment(string))
        report_add(report, place, "variable %u is not NAME=value: \"%s\"", place.item + 1,
                   SHOWN(string));
}

/* Bytes that the strings take, each with its end. */
static uint64_t strings_check(const struct graph *graph, uint32_t index, enum part part,
                              struct capnp_list list, struct report *report)
{
    struct place place = place_of(graph, index, part, NO_INDEX);
    uint32_t n = capnp_list_len(list);
    uint64_t len = 0;

    if (n > SERVICE_STRINGS_MAX) {
        report_add(report, place, "%u %s, and at most %u are possible", n,
                   part == PART_ENVIRONMENT ? "variables" : "arguments", SERVICE_STRINGS_MAX);
        return 0;
    }
    for (uint32_t i = 0; i < n; i++) {
        struct capnp_text string = capnp_list_text(list, i);

        place.item = i;
        string_check(string, place, report);
        len += string.len + 1;
    }
    return len;
}

static void arguments_check(const struct graph *graph, uint32_t index, struct report *report)
{
    struct manifest_service_reader from = graph->services[index].from;
    uint64_t len =
        strings_check(graph, index, PART_ARGUMENTS, manifest_service_arguments(from), report) +
        strings_check(graph, index, PART_ENVIRONMENT, manifest_service_environment(from), report);

    if (len > SERVICE_STRINGS_LEN)
        report_add(report, place_of(graph, index, PART_ARGUMENTS, NO_INDEX),
                   "arguments and environment have %lu bytes, and at most %u are possible", len,
                   SERVICE_STRINGS_LEN);
}

static void numbers_check(const struct graph *graph, uint32_t index, struct report *report)
{
    struct manifest_service_reader from = graph->services[index].from;
    uint32_t pages = manifest_service_arena_pages(from);
    uint32_t policy = manifest_restart_policy(manifest_service_restart(from));

    if (pages > RING_ARENA_PAGES_MAX || (pages & (pages - 1)))
        report_add(report, place_of(graph, index, PART_ARENA_PAGES, NO_INDEX),
                   "an arena of %u pages: not a power of two up to %u", pages,
                   RING_ARENA_PAGES_MAX);
    if (policy >= MANIFEST_RESTART_POLICY_COUNT)
        report_add(report, place_of(graph, index, PART_RESTART, NO_INDEX),
                   "there is no restart policy %u", policy);
}

static void afters_take(struct graph *graph, uint32_t index, struct report *report)
{
    struct capnp_list list = manifest_service_after(graph->services[index].from);
    struct place place = place_of(graph, index, PART_AFTER, NO_INDEX);
    uint32_t n = capnp_list_len(list);

    if (n > SERVICES_MAX)
        report_add(report, place, "after %u services, and at most %u are possible", n,
                   SERVICES_MAX);
    for (uint32_t i = 0; i < n && n <= SERVICES_MAX; i++) {
        struct capnp_text name = capnp_list_text(list, i);
        uint32_t other = graph_find(graph, name);

        place.item = i;
        if (other == NO_INDEX)
            report_add(report, place, "after \"%s\": there is no such service", SHOWN(name));
        else
            graph->services[index].needs |= 1u << other;
    }
}

bool graph_check(struct manifest_reader manifest, const struct holdings *holdings,
                 struct graph *graph, struct report *report)
{
    uint32_t power_off = manifest_power_off(manifest);

    memset(graph, 0, sizeof(*graph));
    if (power_off >= MANIFEST_POWER_OFF_COUNT)
        report_add(report, place_here(PART_POWER_OFF), "there is no way %u to power off",
                   power_off);
    services_take(manifest, graph, report);
    for (uint32_t i = 0; i < graph->n_services; i++) {
        program_check(graph, i, holdings, report);
        arguments_check(graph, i, report);
        numbers_check(graph, i, report);
        afters_take(graph, i, report);
    }
    sources_take_exports(graph, report);
    sources_take_grants(graph, holdings, report);
    order_find(graph, report);
    funds_check(graph, &holdings->funds, report);
    if (capnp_error(manifest.s.message))
        report_add(report, place_here(PART_MESSAGE), "it is not a valid message");
    return report->n == 0;
}
