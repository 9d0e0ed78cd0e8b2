/*
 * Rings at the "door", which it was granted.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "granted.h"
#include "scenarios/init/house.calls.h"

static void ring(const char *name)
{
    char greeting[80];
    struct outcome outcome =
        door_ring(capos_cap("door"), capnp_text(name), greeting, sizeof(greeting), NULL);

    console_printf("%s: %s", name, outcome_is_done(outcome) ? greeting : outcome_sentence(outcome));
}

int main(void)
{
    show_grants();
    show_arguments();
    ring("Ann");
    ring("a name that is too long for it");
    ring("Bob");
    return 0;
}
