/*
 * Was given "drawer" by its parent; the first of two passes it on to another of its kind.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Its argument says how many generations are still to come.
 */
#include "capos/capos.h"
#include "capos/program.h"
#include "scenarios/service-objects/cabinet.calls.h"

/* Less than the usual, which the child itself has. */
static const struct budget half = {
    .frames = 256, .objects = 32, .calls = 32, .timers = 16, .caps = 64};

static void last(cap_t drawer)
{
    char label[16];
    uint64_t number;

    check(outcome_is_done(
              drawer_look(drawer, 0, capnp_text(""), NULL, label, sizeof(label), NULL, &number)),
          "a drawer");
    console_printf("the grandchild looks into drawer %s: %lu", label, number);
    attempt("the grandchild puts something in", drawer_put(drawer, number + 1), ERR_OK);
    attempt("the grandchild mints another client of it",
            endpoint_mint(drawer, 7, INTERFACE_DRAWER, SCOPE_SHAREABLE, 0, NULL),
            ERR_BAD_INTERFACE);
    attempt("the grandchild gives the drawer up", drawer_give_up(drawer), ERR_OK);
}

int main(void)
{
    cap_t drawer = capos_cap("drawer");
    size_t len;
    const uint8_t *generations = capos_arguments(&len);
    uint8_t left;

    check(len == 1, "a number of generations");
    left = *generations;
    if (left == 0) {
        last(drawer);
        return 0;
    }
    left--;
    /* All that it holds goes along: the drawer, too. */
    program_succeed("the grandchild", program_start("heir", &left, 1, half, NULL, 0));
    attempt("the child looks into it after that",
            drawer_look(drawer, 0, capnp_text(""), NULL, NULL, 0, NULL, NULL), ERR_DISCONNECTED);
    return 0;
}
