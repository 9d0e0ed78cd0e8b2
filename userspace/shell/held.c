/*
 * What the shell holds and knows: its capabilities by name, and the schemas of interfaces.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "held.h"

#include <inttypes.h>
#include <stdio.h>

#include "capos/start.h"
#include "loop.h"
#include "user.h"

/* A CodeGeneratorRequest: schemas.S. */
extern const uint8_t schemas[];
extern const uint64_t schemas_len;

static struct names names;
static struct capnp_schema schema;

void held_open(void)
{
    uint32_t n;
    const struct grant *grants = capos_grants(&n);
    err_t err = capnp_schema_open(&schema, schemas, schemas_len);

    if (err)
        loop_fail("the schemas", outcome_transport(err));
    for (uint32_t i = 0; i < n; i++)
        names_add(&names, grants[i].name, grants[i].cap, grants[i].interface_id);
}

struct names *held_names(void)
{
    return &names;
}

struct capnp_schema *held_schema(void)
{
    return &schema;
}

struct name *held_find(const char *name)
{
    struct name *entry = names_find(&names, name);

    if (!entry)
        say("nothing here is called \"%s\"; \"caps\" lists what is\n", name);
    return entry;
}

/* Other capabilities can have got its name since. */
cap_t held_grant(const char *name, uint64_t interface_id)
{
    const struct grant *grant = capos_grant(name);

    if (!grant || grant->interface_id != interface_id)
        return CAP_NONE;
    for (uint32_t i = 0; i < NAMES_MAX; i++) {
        if (names.entries[i].cap == grant->cap)
            return grant->cap;
    }
    return CAP_NONE;
}

cap_t held_need(const char *name, uint64_t interface_id)
{
    cap_t cap = held_grant(name, interface_id);

    if (cap == CAP_NONE)
        say("this needs \"%s\", which the shell was not granted or has let go of\n", name);
    return cap;
}

const char *held_interface_name(uint64_t id)
{
    static char text[24];
    struct schema_node_reader node;

    if (capnp_schema_find(&schema, id, &node))
        return capnp_schema_name(node).at;
    snprintf(text, sizeof(text), "0x%016" PRIx64, id);
    return text;
}
