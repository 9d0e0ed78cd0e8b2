/*
 * The order in which the services of a graph are started: each behind all that it needs.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "order.h"

#include <string.h>

#define ARROW    " -> "
#define MORE     "... -> "
#define PATH_LEN 160

_Static_assert(SERVICES_MAX <= 32, "a set of services is 32 bits");

/* The first service that is not in PLACED and needs nothing outside it. */
static uint32_t next_ready(const struct graph *graph, uint32_t placed)
{
    for (uint32_t i = 0; i < graph->n_services; i++) {
        if (!(placed & 1u << i) && !(graph->services[i].needs & ~placed))
            return i;
    }
    return NO_INDEX;
}

/* Of the services that are not in PLACED, the first that SERVICE needs. */
static uint32_t first_need(const struct graph *graph, uint32_t placed, uint32_t service)
{
    return (uint32_t)__builtin_ctz(graph->services[service].needs & ~placed);
}

/* Adds the label and an arrow; without room for those, and for what says so, that. */
static size_t append(char path[PATH_LEN], size_t len, const char *label)
{
    size_t n = strlen(label);

    if (n + sizeof(ARROW) + sizeof(MORE) > PATH_LEN - len) {
        strcpy(path + len, MORE);
        return len;
    }
    memcpy(path + len, label, n);
    strcpy(path + len + n, ARROW);
    return len + n + sizeof(ARROW) - 1;
}

/* The names of the cycle that is met when one goes from FROM to what each one needs; who is on the
 * way. */
static uint32_t cycle_report(const struct graph *graph, uint32_t placed, uint32_t from,
                             struct report *report)
{
    char path[PATH_LEN] = "";
    uint32_t way = 0, cycle = 0, at = from;
    size_t len = 0;

    for (; !(way & 1u << at); at = first_need(graph, placed, at))
        way |= 1u << at;
    for (; !(cycle & 1u << at); at = first_need(graph, placed, at)) {
        cycle |= 1u << at;
        len = append(path, len, graph->services[at].label);
    }
    report_add(report, place_of(graph, at, PART_AFTER, NO_INDEX), "a cycle: %s%s", path,
               graph->services[at].label);
    return way;
}

void order_find(struct graph *graph, struct report *report)
{
    uint32_t placed = 0, n = 0, all = (uint32_t)((1ull << graph->n_services) - 1);

    while (placed != all) {
        uint32_t next = next_ready(graph, placed);

        if (next == NO_INDEX) {
            placed |= cycle_report(graph, placed, (uint32_t)__builtin_ctz(all & ~placed), report);
            continue;
        }
        placed |= 1u << next;
        graph->order[n++] = next;
    }
}
