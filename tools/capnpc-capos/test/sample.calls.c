/*
 * sample.capnp in C: clients and servers.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Made by tools/capnpc-capos, whose README says what is what.
 */
#include "sample.calls.h"

/* clang-format off */

struct outcome map_find(cap_t map, struct capnp_text name, int32_t *x, int32_t *y, cap_t *layer)
{
    struct map_find_params_builder to;
    struct map_find_results_reader from;
    struct outcome end;
    struct call call;
    uint32_t received[1];

    to = map_find_open(&call, map, name.len / 8 + 1);
    map_find_params_set_name(to, name);
    end = call_make(&call, 8 * (1 + MAP_FIND_RESULTS_WORDS) + 16 * 1);
    from = map_find_results(&call);
    if (x)
        *x = map_find_results_x(from);
    if (y)
        *y = map_find_results_y(from);
    received[0] = map_find_results_layer(from);
    if (layer)
        *layer = outcome_is_done(end) ? call_cap(&call, received[0]) : CAP_NONE;
    return call_end(&call, end);
}

struct outcome map_dispatch(const void *server, void *object, struct incoming *incoming)
{
    const struct map_server *methods = server;

    switch (incoming->method) {
    case MAP_FIND:
        if (!methods->find)
            break;
        return methods->find(object, incoming, map_find_params_root(&incoming->params),
                map_find_results_init_root(&incoming->results));
    case MAP_PUT:
        if (!methods->put)
            break;
        return methods->put(object, incoming, map_put_params_root(&incoming->params),
                map_put_results_init_root(&incoming->results));
    }
    return incoming_unimplemented(incoming);
}

