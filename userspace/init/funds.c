/*
 * Budgets: what a service gets, and whether init has as much as all of them get.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "funds.h"

#define OR(amount, usual) ((amount) ? (amount) : (usual))

/* The sums of up to SERVICES_MAX budgets. */
struct sum {
    uint64_t frames, objects, calls, timers, caps;
};

struct funds funds_of(struct manifest_service_reader service)
{
    struct budget_reader from = manifest_service_budget(service);

    return (struct funds){.frames = OR(budget_frames(from), 1024),
                          .objects = OR(budget_objects(from), 128),
                          .calls = OR(budget_calls(from), 64),
                          .timers = OR(budget_timers(from), 32),
                          .caps = OR(budget_caps(from), 256)};
}

/* For what init does while they run: an endpoint for each export and its own, a process and a wait
 * for each service, the capabilities of those and of one start, its calls, and pages of its
 * capability table. */
static struct sum own_needs(const struct graph *graph)
{
    return (struct sum){.frames = 16,
                        .objects = graph->n_services + graph->n_exports + 4,
                        .calls = graph->n_services + 4,
                        .timers = 1,
                        .caps = graph->n_services + 2 * graph->n_exports + SERVICE_GRANTS_MAX + 4};
}

static void kind_check(const char *kind, uint64_t needed, uint32_t has, struct report *report)
{
    if (needed > has)
        report_add(report, (struct place){PART_SERVICES, NO_INDEX, "", NO_INDEX},
                   "%s: all services need %lu, and init has %u", kind, needed, has);
}

void funds_check(const struct graph *graph, const struct funds *has, struct report *report)
{
    struct sum sum = own_needs(graph);

    for (uint32_t i = 0; i < graph->n_services; i++) {
        struct funds funds = funds_of(graph->services[i].from);

        sum.frames += funds.frames;
        sum.objects += funds.objects;
        sum.calls += funds.calls;
        sum.timers += funds.timers;
        sum.caps += funds.caps;
    }
    kind_check("frames", sum.frames, has->frames, report);
    kind_check("objects", sum.objects, has->objects, report);
    kind_check("calls", sum.calls, has->calls, report);
    kind_check("timers", sum.timers, has->timers, report);
    kind_check("capabilities", sum.caps, has->caps, report);
}
