/*
 * Fuzzes graph.c: the input is a manifest, and what is accepted can be started.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "graph.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "funds.h"
#include "harness/test/fuzz/target.h"
#include "test/holdings.h"

static struct graph graph;

static void insist(bool condition)
{
    if (!condition)
        abort();
}

/* Lines that people can read. */
static void say(const struct report *report, const struct place *place, const char *format,
                va_list list)
{
    char text[REPORT_TEXT_LEN];
    int len = vsnprintf(text, sizeof(text), format, list);

    insist(report->n <= REPORT_MAX && len > 0 && len < REPORT_TEXT_LEN);
    insist(strlen(place->label) <= NAME_LEN_MAX);
    for (int i = 0; i < len; i++)
        insist(text[i] >= ' ' && text[i] <= '~');
}

static void check_grant(const struct graph_service *service, const struct graph_grant *grant)
{
    insist(name_is_good(grant->name));
    if (grant->source == SOURCE_HELD)
        insist(grant->index < test_holdings.n_caps);
    else if (grant->source == SOURCE_SERVED)
        insist(grant->index < SERVED_COUNT);
    else
        insist(grant->index < graph.n_exports &&
               service->needs >> graph.exports[grant->index].service & 1);
}

static uint32_t strings_len(struct capnp_list list)
{
    uint32_t len = 0;

    for (uint32_t i = 0; i < capnp_list_len(list); i++) {
        struct capnp_text string = capnp_list_text(list, i);

        insist(string.len > 0 && strlen(string.at) == string.len);
        len += string.len + 1;
    }
    return len;
}

static void check_service(const struct graph_service *service)
{
    insist(text_is(manifest_service_name(service->from), service->label));
    insist(service->n_grants + service->n_exports <= SERVICE_GRANTS_MAX);
    insist(service->first_grant + service->n_grants <= graph.n_grants);
    insist(service->first_export + service->n_exports <= graph.n_exports);
    insist(strings_len(manifest_service_arguments(service->from)) +
               strings_len(manifest_service_environment(service->from)) <=
           SERVICE_STRINGS_LEN);
    insist(funds_of(service->from).frames < test_holdings.funds.frames);
    for (uint32_t i = 0; i < service->n_grants; i++)
        check_grant(service, &graph.grants[service->first_grant + i]);
}

/* Everything that init reads when it starts a service is as it was checked. */
static void check_accepted(void)
{
    uint32_t started = 0;

    insist(graph.n_services > 0 && graph.n_services <= SERVICES_MAX);
    for (uint32_t i = 0; i < graph.n_services; i++) {
        const struct graph_service *service = &graph.services[graph.order[i]];

        insist(graph.order[i] < graph.n_services && !(started >> graph.order[i] & 1));
        insist(!(service->needs & ~started));
        started |= 1u << graph.order[i];
        check_service(service);
    }
}

/* The input is copied to memory of exactly its size, so that a byte too far is seen. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct report report = {.say = say};
    struct capnp_message message;
    void *copy = malloc(size + 1);

    if (!copy)
        abort();
    memcpy(copy, data, size);
    capnp_open(&message, copy, size);
    if (graph_check(manifest_root(&message), &test_holdings, &graph, &report)) {
        capnp_trust(&message);
        check_accepted();
        insist(!capnp_error(&message));
    }
    free(copy);
    return 0;
}
