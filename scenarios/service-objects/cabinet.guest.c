/*
 * Serves "cabinet", as cabinet.capnp says: its drawers are objects of a table.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"
#include "scenarios/service-objects/cabinet.calls.h"

#define ROOM      256
#define DRAWERS   4
#define LABEL_LEN 16

struct drawer {
    bool used;
    char label[LABEL_LEN];
    uint64_t number;
};

static struct object_slot slots[DRAWERS];
static struct objects objects;
static struct drawer drawers[DRAWERS];

/* --- The cabinet --- */

static struct drawer *drawer_take(struct capnp_text label)
{
    for (uint32_t i = 0; i < DRAWERS; i++) {
        if (drawers[i].used)
            continue;
        drawers[i] = (struct drawer){.used = true};
        memcpy(drawers[i].label, label.at, label.len);
        return &drawers[i];
    }
    return NULL;
}

static struct outcome open_drawer(void *object, struct incoming *incoming,
                                  struct cabinet_open_params_reader params,
                                  struct cabinet_open_results_builder results)
{
    struct capnp_text label = cabinet_open_params_label(params);
    struct drawer *drawer;
    struct outcome outcome;
    cap_t client;

    (void)object;
    if (label.len >= LABEL_LEN)
        return outcome_refuse(EXCEPTION_FAILED, ERR_BAD_LENGTH, "a long label");
    drawer = drawer_take(label);
    if (!drawer)
        return outcome_refuse(EXCEPTION_OVERLOADED, ERR_NO_ROOM, "all drawers are in use");
    outcome = objects_mint(&objects, drawer, capos_cap("cabinet"), INTERFACE_DRAWER, &client);
    if (!outcome_is_done(outcome))
        drawer->used = false;
    cabinet_open_results_set_drawer(results, incoming_move(incoming, client));
    return outcome;
}

static struct outcome used(void *object, struct incoming *incoming,
                           struct cabinet_used_params_reader params,
                           struct cabinet_used_results_builder results)
{
    (void)object;
    (void)incoming;
    (void)params;
    cabinet_used_results_set_caps(results, ledger_used().caps);
    return outcome_done();
}

static struct outcome close_cabinet(void *object, struct incoming *incoming,
                                    struct cabinet_close_params_reader params,
                                    struct cabinet_close_results_builder results)
{
    (void)object;
    (void)incoming;
    (void)params;
    (void)results;
    return endpoint_close(capos_cap("cabinet"));
}

/* --- A drawer --- */

static struct outcome put(void *object, struct incoming *incoming,
                          struct drawer_put_params_reader params,
                          struct drawer_put_results_builder results)
{
    struct drawer *drawer = object;

    (void)incoming;
    (void)results;
    drawer->number = drawer_put_params_number(params);
    return outcome_done();
}

static struct outcome look(void *object, struct incoming *incoming,
                           struct drawer_look_params_reader params,
                           struct drawer_look_results_builder results)
{
    const struct drawer *drawer = object;

    (void)params;
    drawer_look_results_set_cookie(results, incoming->cookie);
    drawer_look_results_set_label(results, capnp_text(drawer->label));
    drawer_look_results_set_number(results, drawer->number);
    return outcome_done();
}

static struct outcome give_up(void *object, struct incoming *incoming,
                              struct drawer_give_up_params_reader params,
                              struct drawer_give_up_results_builder results)
{
    struct drawer *drawer = objects_forget(&objects, incoming->cookie);

    (void)params;
    (void)results;
    check(drawer == object, "the drawer of the call");
    drawer->used = false;
    return outcome_done();
}

/* The clients that the service was started with have the cookie 0. */
static void *find(struct service *service, uint64_t cookie)
{
    return cookie == 0 ? service : objects_find(&objects, cookie);
}

int main(void)
{
    static const struct cabinet_server cabinet = {
        .open = open_drawer, .used = used, .close = close_cabinet};
    static const struct drawer_server drawer = {.put = put, .look = look, .give_up = give_up};
    static const struct service_interface interfaces[] = {CABINET_SERVICE(cabinet),
                                                          DRAWER_SERVICE(drawer)};
    struct service service = {
        .endpoint = capos_cap("cabinet"),
        .interfaces = interfaces,
        .n_interfaces = 2,
        .room = ROOM,
        .find = find,
    };

    objects_init(&objects, slots, DRAWERS);
    check(service_open(&service) == ERR_OK, "room for calls");
    check(service_run(&service).code == ERR_DISCONNECTED, "a closed endpoint");
    service_close(&service);
    return 0;
}
