/*
 * Revoking a capability that one process holds a copy of, and one of which others hold a thousand.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "echo_client.h"
#include "ipc.h"
#include "measure.h"

#define HOLDERS 4
#define COPIES  1000
#define RUNS    5

static void give_copies(const struct ipc_server *holders, cap_t cap, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        echo_prepare(holders[i % HOLDERS].client, 64);
        echo_prepare_cap(cap);
        call_echo();
    }
}

static uint64_t ticks_of_revoke(cap_t revoker)
{
    uint64_t from = ticks();

    put(&(struct ring_submission){
        .opcode = RING_CALL,
        .method = REVOKER_REVOKE,
        .cap = revoker,
        .interface_id = INTERFACE_REVOKER,
        .result = ECHO_RESULT_AT,
        .result_len = ECHO_ANSWER,
    });
    enter(1);
    consume(1);
    return ticks() - from;
}

/* With so many copies, in processes that keep them. */
static uint64_t revoke(unsigned n)
{
    struct ipc_server holders[HOLDERS];
    cap_t derived, revoker;
    uint64_t taken;

    for (unsigned i = 0; i < HOLDERS; i++)
        holders[i] = ipc_serve_keeping("echo");
    check(outcome_is_done(caps_derive(capos_cap("caps"), holders[0].client, SCOPE_SHAREABLE, 0,
                                      &derived, &revoker)),
          "a capability that can be revoked");
    give_copies(holders, derived, n);
    taken = ticks_of_revoke(revoker);
    check(!outcome_is_done(capos_call(derived, INTERFACE_ECHO, 0, NULL, 0, NULL, 0)),
          "no call after that");
    cap_release(derived);
    cap_release(revoker);
    for (unsigned i = 0; i < HOLDERS; i++)
        ipc_close(&holders[i]);
    return taken;
}

static uint64_t least_of_revokes(unsigned n)
{
    uint64_t least = UINT64_MAX;

    for (unsigned i = 0; i < RUNS; i++) {
        uint64_t taken = less(revoke(n), measure_cost());

        if (taken < least)
            least = taken;
    }
    return least;
}

void ipc_measure_revoke(void)
{
    uint64_t one, many;

    byhand_init();
    one = least_of_revokes(1);
    many = least_of_revokes(COPIES);
    console_printf("bench ipc.revoke %lu\n", one);
    report_ratio("ipc.revoke_many", many, one);
}
