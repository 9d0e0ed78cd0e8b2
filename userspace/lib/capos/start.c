/*
 * What the program was started with: its name, its arguments and the capabilities granted to it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/start.h"

#include "capos/message.h"
#include "capos/syscall.h"

#define START_MAX 4096

/* The message is copied out of the arena, which calls use from now on. */
static uint64_t start_words[START_MAX / sizeof(uint64_t)];
static struct message_struct start;
static struct grant grants[GRANTS_MAX];
static uint32_t n_grants;

static void grant_read(const struct message_struct *from, struct grant *grant)
{
    const char *name = message_get_text(from, 0);
    size_t len = strlen(name);

    if (len > GRANT_NAME_LEN - 1)
        len = GRANT_NAME_LEN - 1;
    memcpy(grant->name, name, len);
    grant->cap = message_u64(from, 0);
    grant->interface_id = message_u64(from, 8);
}

static void start_read(const void *arena, uint32_t len)
{
    struct message_struct from;
    uint32_t n;

    if (len > START_MAX)
        len = START_MAX;
    memcpy(start_words, arena, len);
    if (message_open(start_words, len, &start))
        return;
    n = message_get_list(&start, 2, &from);
    for (n_grants = 0; n_grants < n && n_grants < GRANTS_MAX; n_grants++) {
        grant_read(&from, &grants[n_grants]);
        message_next(&from);
    }
}

/* Called by _start, on the first thread's stack. */
_Noreturn void capos_main(struct ring *ring, const void *arena);
_Noreturn void capos_main(struct ring *ring, const void *arena)
{
    ring_init(ring_mine(), ring);
    start_read(arena, ring->start_len);
    syscall_exit((uint32_t)main());
}

const struct grant *capos_grant(const char *name)
{
    for (uint32_t i = 0; i < n_grants; i++) {
        if (strcmp(grants[i].name, name) == 0)
            return &grants[i];
    }
    return NULL;
}

cap_t capos_cap(const char *name)
{
    const struct grant *grant = capos_grant(name);

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
    return message_get_text(&start, 0);
}

const void *capos_arguments(size_t *len)
{
    const uint8_t *at;
    uint32_t n;

    message_get_bytes(&start, 1, &at, &n);
    *len = n;
    return at;
}
