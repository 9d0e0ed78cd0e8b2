/*
 * The graph of services that a manifest describes, checked before anything of it is started.
 * SPDX-License-Identifier: Apache-2.0
 *
 * graph_check() is a function of its arguments alone, and the manifest's bytes may come from
 * anywhere. What it accepts can be started with nothing but the graph: every name in it is
 * resolved, and everything fits what init holds. init uses it, and mkmanifest on the host.
 *
 *     names and limits -> exports -> grants, which name exports -> needs -> order -> budgets
 */
#pragma once

#include <stdbool.h>

#include "abi/ring.h"
#include "interfaces/manifest.capnp.h"
#include "name.h"
#include "report.h"

#define SERVICES_MAX        24 /* of the 32 operations that a ring can have in flight */
#define SERVICE_GRANTS_MAX  RING_TRANSFERS_MAX /* with the exports */
#define ALL_GRANTS_MAX      256
#define ALL_EXPORTS_MAX     64
#define SERVICE_STRINGS_MAX 64   /* arguments; as many in the environment */
#define SERVICE_STRINGS_LEN 2048 /* bytes of both */

struct funds {
    uint32_t frames, objects, calls, timers, caps;
};

/* A capability that init was granted. */
struct holding {
    const char *name;
    uint64_t interface_id;
};

/* What init has to give. */
struct holdings {
    const struct holding *caps;
    uint32_t n_caps;
    const char *const *images; /* names, of the boot package */
    uint32_t n_images;
    struct funds funds; /* what its ledger has left */
};

/* Where a granted capability comes from, and what its index counts. */
enum source {
    SOURCE_HELD,   /* holdings.caps */
    SOURCE_SERVED, /* enum served */
    SOURCE_EXPORT, /* graph.exports */
};

/* What init serves. */
enum served { SERVED_SERVICES, SERVED_POWER, SERVED_COUNT };

struct graph_grant {
    struct capnp_text name;
    enum source source;
    uint32_t index;
};

struct graph_export {
    struct capnp_text name;
    uint64_t interface_id;
    uint32_t service;
};

struct graph_service {
    char label[NAME_LEN_MAX + 1]; /* its name; "" when that is not good */
    struct manifest_service_reader from;
    uint32_t first_export, n_exports, first_grant, n_grants;
    uint32_t needs; /* one bit for each service that is started before it */
};

struct graph {
    uint32_t n_services, n_exports, n_grants;
    struct graph_service services[SERVICES_MAX];
    struct graph_export exports[ALL_EXPORTS_MAX];
    struct graph_grant grants[ALL_GRANTS_MAX];
    uint32_t order[SERVICES_MAX]; /* in which they are started */
};

/* Whether all of it is right; what is not is in the report. The graph refers to the manifest's
 * message. */
bool graph_check(struct manifest_reader, const struct holdings *, struct graph *, struct report *);

/* The index of the service of that name, or NO_INDEX. */
uint32_t graph_find(const struct graph *, struct capnp_text name);

/* A place of a service, for the report. */
static inline struct place place_of(const struct graph *graph, uint32_t service, enum part part,
                                    uint32_t item)
{
    return (struct place){part, service, graph->services[service].label, item};
}
