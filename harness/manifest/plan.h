/* From a merged manifest in JSON to the structs of manifest.h.
 * SPDX-License-Identifier: Apache-2.0
 *
 * By then the JSON is whole: it has passed the schema and has all defaults, so reading a member
 * cannot fail. What a schema cannot say (that names refer to something, that keys go together) is
 * checked here, with errors of the same form.
 */
#pragma once

#include "harness/manifest/arena.h"
#include "harness/manifest/extends.h"
#include "harness/manifest/manifest.h"

/* The plan under way. */
struct plan {
    struct manifest *out;
    struct arena *arena; /* all of @out lives here */
    const struct chain *chain;
    struct json_object *root;
    const char *folder; /* of the scenario */
    bool several;       /* the manifest has "machines": streams are named MACHINE.SERIAL */
    struct key_path at; /* of what is being read or checked */
    struct error *err;
};

/* plan.c: all of plan->root into plan->out. */
bool plan_manifest(struct plan *);

/* plan_machine.c: networks are planned already. */
bool plan_machines(struct plan *, struct json_object *machines);

/* plan_streams.c: machines are planned already. */
bool plan_streams(struct plan *, struct json_object *streams);

/* plan_check.c: what goes together. */
bool plan_check(struct plan *);

/* Fails at the key plan->at. Returns false. */
bool plan_refuse(struct plan *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Members of an object. Texts are copied; a missing member gives NULL, 0 or false. */
const char *plan_text(struct plan *, struct json_object *object, const char *name);
unsigned plan_number(struct json_object *object, const char *name);
bool plan_flag(struct json_object *object, const char *name);
const char **plan_texts(struct plan *, struct json_object *object, const char *name, size_t *n);
struct json_object *plan_member(struct json_object *object, const char *name);

/* How many members or items @value has, 0 for NULL. */
size_t plan_count(struct json_object *value);
