/*
 * What the program was started with: its name, its arguments and the capabilities granted to it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/start.h"

#include <string.h>

#include "abi/kernel.capnp.h"
#include "capos/syscall.h"

#define START_MAX 8192 /* arguments and names of 32 grants, at their longest */

/* The message is copied out of the arena, which calls use from now on. */
static uint64_t start_words[START_MAX / sizeof(uint64_t)];
static struct capnp_text name;
static struct capnp_data arguments;
static struct grant grants[GRANTS_MAX];
static uint32_t n_grants;

static void grant_read(struct start_info_grant_reader from, struct grant *grant)
{
    struct capnp_text text = start_info_grant_name(from);
    size_t len = text.len < GRANT_NAME_LEN ? text.len : GRANT_NAME_LEN - 1;

    memcpy(grant->name, text.at, len);
    grant->cap = start_info_grant_handle(from);
    grant->interface_id = start_info_grant_interface_id(from);
}

void capos_init(struct ring *ring, const void *arena)
{
    size_t len = ring->start_len < START_MAX ? ring->start_len : START_MAX;
    struct capnp_message message;
    struct start_info_reader start;
    struct capnp_list from;

    ring_init(ring_mine(), ring);
    memcpy(start_words, arena, len);
    capnp_open(&message, start_words, len);
    start = start_info_root(&message);
    name = start_info_name(start);
    arguments = start_info_arguments(start);
    from = start_info_grants(start);
    for (n_grants = 0; n_grants < from.n && n_grants < GRANTS_MAX; n_grants++)
        grant_read(start_info_grant_at(from, n_grants), &grants[n_grants]);
}

const struct grant *capos_grant(const char *wanted)
{
    for (uint32_t i = 0; i < n_grants; i++) {
        if (strcmp(grants[i].name, wanted) == 0)
            return &grants[i];
    }
    return NULL;
}

cap_t capos_cap(const char *wanted)
{
    const struct grant *grant = capos_grant(wanted);

    if (grant)
        return grant->cap;
    syscall_exit(EXIT_NOT_GRANTED);
}

const struct grant *capos_grants(uint32_t *n)
{
    *n = n_grants;
    return grants;
}

const char *capos_name(void)
{
    return name.at;
}

const void *capos_arguments(size_t *len)
{
    *len = arguments.len;
    return arguments.at;
}
