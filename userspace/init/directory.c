/*
 * What init serves: ServiceDirectory and Power, at one endpoint.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "directory.h"

#include "capos/service.h"
#include "exports.h"
#include "interfaces/services.calls.h"
#include "start.h"

#define ROOM 4096 /* for all services with the longest names */

static void status_write(const struct watch *watch, uint32_t index,
                         struct services_status_builder status)
{
    const struct graph_service *service = &watch->graph->services[index];
    const struct watched *watched = &watch->services[index];

    services_status_set_name(status, manifest_service_name(service->from));
    services_status_set_program(status, manifest_service_program(service->from));
    services_status_set_state(status, watched->state);
    services_status_set_restarts(status, watched->restarts);
    services_status_set_id(status, watched->id);
    services_status_set_reason(status, watched->end.reason);
    services_status_set_code(status, watched->end.code);
}

static struct outcome list(void *object, struct incoming *incoming,
                           struct services_list_params_reader params,
                           struct services_list_results_builder results)
{
    const struct watch *watch = object;
    struct capnp_list_builder services =
        services_list_results_init_services(results, watch->graph->n_services);

    (void)incoming;
    (void)params;
    for (uint32_t i = 0; i < watch->graph->n_services; i++)
        status_write(watch, i, services_status_init_at(services, i));
    return outcome_done();
}

/* The cookie is whose capability this was in the beginning. */
static struct outcome off(void *object, struct incoming *incoming,
                          struct power_off_params_reader params,
                          struct power_off_results_builder results)
{
    struct watch *watch = object;

    (void)params;
    (void)results;
    console_printf("power off, as %s asks",
                   watch->graph->services[incoming->cookie - COOKIE_FIRST].label);
    watch->stopping = true;
    watch->exit_code = 0;
    return outcome_done();
}

static const struct services_server services_methods = {.list = list};
static const struct power_server power_methods = {.off = off};
static const struct service_interface interfaces[] = {SERVICES_SERVICE(services_methods),
                                                      POWER_SERVICE(power_methods)};
static struct service directory = {
    .interfaces = interfaces,
    .n_interfaces = sizeof(interfaces) / sizeof(interfaces[0]),
    .room = ROOM,
};

static void receive(void)
{
    err_t error = service_submit(&directory, DIRECTORY_USER_DATA);

    check(!error, "the next call: %s", err_sentence(error));
}

void directory_open(struct watch *watch)
{
    err_t error;

    directory.endpoint = exports_own();
    directory.object = watch;
    error = service_open(&directory);
    check(!error, "room for calls: %s", err_sentence(error));
    receive();
}

void directory_take(const struct ring_completion *completion)
{
    struct outcome outcome = service_take(&directory, completion);

    check(outcome_is_done(outcome), "a call, not: %s", outcome_sentence(outcome));
    receive();
}

void directory_close(void)
{
    service_close(&directory);
}
