/*
 * Has means for three calls in flight, and for one deadline.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sides.h"

int main(void)
{
    const uint64_t far = clock_now() + 1000000000000;
    struct sides sides;
    struct call fourth;

    sides_make(&sides);
    node_open(&sides.first, sides.client, NODE_OPEN, 1);
    submit(&sides.first, FIRST);
    node_open(&sides.second, CAP_NONE, NODE_OPEN, 2);
    call_await(&sides.second, &sides.first, 0);
    call_set_deadline(&sides.second, far);
    submit(&sides.second, SECOND);
    node_open(&sides.third, CAP_NONE, NODE_OPEN, 3);
    call_await(&sides.third, &sides.first, 0);
    call_set_deadline(&sides.third, far);
    submit(&sides.third, THIRD);
    enter(3);
    attempt("waiting for a call with a second deadline", finish(&sides.third), ERR_NO_TIMERS);
    node_open(&sides.third, CAP_NONE, NODE_OPEN, 3);
    call_await(&sides.third, &sides.first, 0);
    submit(&sides.third, THIRD);
    node_open(&fourth, CAP_NONE, NODE_OPEN, 4);
    call_await(&fourth, &sides.first, 0);
    submit(&fourth, MANY);
    enter(2);
    attempt("waiting for it as the fourth call", finish(&fourth), ERR_NO_CALLS);
    check(outcome_is_done(endpoint_close(sides.server)), "a closed endpoint");
    sides_expect("all end with the first:", &sides, ERR_DISCONNECTED, ERR_DISCONNECTED,
                 ERR_DISCONNECTED);
    sides_drop(&sides);
    return 0;
}
