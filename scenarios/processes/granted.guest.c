/*
 * Has what it was granted, and nothing else, however it asks.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Grants: console, and a Timer called "clock". Arguments: the parent's handles, as struct grants.
 */
#include "child.h"

#define N_OWN       2
#define INDICES     1024
#define GENERATIONS 8

static err_t try_handle(cap_t handle, uint64_t interface_id)
{
    return capos_call(handle, interface_id, UINT16_MAX, NULL, 0, NULL, 0).code;
}

/* The parent's numbers name nothing here, or by chance what was granted. */
static void parents_handles(void)
{
    size_t len;
    const struct grant *grant = capos_arguments(&len);

    check(len > 0 && len % sizeof(*grant) == 0, "the parent's grants");
    for (size_t n = len / sizeof(*grant); n > 0; n--, grant++) {
        err_t error = try_handle(grant->cap, grant->interface_id);

        if (error == ERR_BAD_METHOD)
            check(strcmp(grant->name, "console") == 0, "not the parent's %s", grant->name);
        else
            console_printf("the parent's %s: %s", grant->name, err_sentence(error));
    }
}

/* Every handle that could be. */
static void all_handles(void)
{
    uint32_t found = 0;

    for (uint64_t generation = 0; generation < GENERATIONS; generation++) {
        for (uint64_t i = 0; i < INDICES; i++)
            found += try_handle(generation << 32 | i, 0) != ERR_BAD_HANDLE;
    }
    check(found == N_OWN, "%u capabilities, not %u", N_OWN, found);
    console_printf("%u handles tried: %u capabilities, which were granted", INDICES * GENERATIONS,
                   found);
}

int main(void)
{
    uint64_t now;
    uint32_t n;
    const struct grant *grants = capos_grants(&n);

    for (uint32_t i = 0; i < n; i++)
        console_printf("granted: %s", grants[i].name);
    check(n == N_OWN && !capos_grant("timer") && !capos_grant("processes"), "no other grants");
    attempt("asking the clock", timer_now(capos_cap("clock"), &now), ERR_OK);
    parents_handles();
    all_handles();
    return 0;
}
