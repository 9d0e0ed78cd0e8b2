/*
 * sample.capnp in C: clients and servers.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Made by tools/capnpc-capos, whose README says what is what.
 */
#pragma once

/* clang-format off */

#include "sample.capnp.h"
#include "capos/call.h"
#include "capos/service.h"

/* Map */

/* the point, and the map that it is on */
struct outcome map_find(cap_t map, struct capnp_text name, int32_t *x, int32_t *y, cap_t *layer);

static inline struct map_find_params_builder map_find_open(struct call *call, cap_t map,
        uint32_t extra_words)
{
    call_open(call, map, INTERFACE_MAP, MAP_FIND, 1 + MAP_FIND_PARAMS_WORDS + extra_words);
    return map_find_params_init_root(&call->params);
}

static inline struct map_find_results_reader map_find_results(struct call *call)
{
    return map_find_results_root(&call->results);
}

static inline struct map_put_params_builder map_put_open(struct call *call, cap_t map,
        uint32_t extra_words)
{
    call_open(call, map, INTERFACE_MAP, MAP_PUT, 1 + MAP_PUT_PARAMS_WORDS + extra_words);
    return map_put_params_init_root(&call->params);
}

static inline struct map_put_results_reader map_put_results(struct call *call)
{
    return map_put_results_root(&call->results);
}

/* Methods that are NULL are refused as unimplemented. */
struct map_server {
    struct outcome (*find)(void *object, struct incoming *, struct map_find_params_reader,
        struct map_find_results_builder);
    struct outcome (*put)(void *object, struct incoming *, struct map_put_params_reader,
        struct map_put_results_builder);
};

struct outcome map_dispatch(const void *server, void *object, struct incoming *incoming);
#define MAP_SERVICE(table) \
    ((struct service_interface){INTERFACE_MAP, map_dispatch, &(table)})

