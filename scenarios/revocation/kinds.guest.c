/*
 * Attempts every operation with a capability that has been revoked.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lease.h"

static struct lease revoked(cap_t original)
{
    struct lease lease = lease_take(original);

    lease_revoke(lease);
    return lease;
}

static void endpoints(void)
{
    struct program_endpoint desk = program_endpoint_open(INTERFACE_DESK);
    struct lease server = revoked(desk.server), client = revoked(desk.client);
    struct operation call;
    struct words_call in;
    cap_t minted;
    struct ring_submission answer;

    attempt("calling by a client that was revoked",
            capos_call(client.derived, INTERFACE_DESK, 0, NULL, 0, NULL, 0), ERR_REVOKED);
    attempt("receiving by a server's side that was revoked",
            capos_recv(server.derived, RING_NEVER, &in), ERR_REVOKED);
    attempt("minting by it",
            endpoint_mint(server.derived, 1, INTERFACE_DESK, SCOPE_SHAREABLE, 0, &minted),
            ERR_REVOKED);
    attempt("closing by it", endpoint_close(server.derived), ERR_REVOKED);
    call = call_begin(desk.client, NULL, 0);
    check(outcome_is_done(capos_recv(desk.server, RING_NEVER, &in)), "a call");
    answer = (struct ring_submission){.opcode = RING_RETURN,
                                      .flags = RING_THEN_RECV,
                                      .cap = in.head.reply,
                                      .endpoint = server.derived,
                                      .result = arena_alloc(ring_mine(), ROOM),
                                      .result_len = ROOM};
    attempt("answering, and receiving by it", ring_operate(&answer, NULL), ERR_REVOKED);
    attempt("the call, which is answered", operation_end(&call, NULL), ERR_OK);
    arena_free(ring_mine(), answer.result);
    lease_drop(server);
    lease_drop(client);
    program_endpoint_close(desk);
}

/* What is mapped stays; the capability that was revoked cannot undo it. */
static void memory(void)
{
    cap_t memory = new_memory(1);
    struct lease lease = lease_take(memory);
    volatile uint64_t *word;
    uint64_t at, elsewhere;

    check(outcome_is_done(memory_map(lease.derived, 0, 0, 1, ACCESS_READ_WRITE, &at)), "a place");
    word = (volatile uint64_t *)at;
    *word = 41;
    lease_revoke(lease);
    check(++*word == 42, "memory that is still there");
    console_printf("memory that was mapped before: still there");
    attempt("mapping memory that was revoked",
            memory_map(lease.derived, 0, 0, 1, ACCESS_READ, &elsewhere), ERR_REVOKED);
    attempt("unmapping it", memory_unmap(lease.derived, at), ERR_REVOKED);
    attempt("unmapping it by the original", memory_unmap(memory, at), ERR_OK);
    lease_drop(lease);
    cap_release(memory);
}

static void objects(void)
{
    static const uint32_t word = 0;
    struct lease timer = revoked(capos_cap("timer")), park = revoked(capos_cap("park"));
    struct lease processes = revoked(capos_cap("processes"));
    struct process_request request = {.image = "holder"};
    uint64_t now, woken;
    cap_t process;

    attempt("asking a timer that was revoked", timer_now(timer.derived, &now), ERR_REVOKED);
    attempt("sleeping by it", timer_sleep(timer.derived, RING_NEVER - 1, &now), ERR_REVOKED);
    attempt("parking by a park space that was revoked",
            park_wait(park.derived, &word, 0, RING_NEVER), ERR_REVOKED);
    attempt("waking by it", park_wake(park.derived, &word, 1, &woken), ERR_REVOKED);
    attempt("starting a program by a spawner that was revoked",
            process_spawn(processes.derived, &request, &process), ERR_REVOKED);
    lease_drop(timer);
    lease_drop(park);
    lease_drop(processes);
}

static void notifications(void)
{
    cap_t notification, signaller;
    struct lease waiting, signalling;
    uint64_t bits;

    check(outcome_is_done(
              notifications_create(capos_cap("notifications"), &notification, &signaller)),
          "a notification");
    waiting = revoked(notification);
    signalling = revoked(signaller);
    attempt("signalling by one that was revoked", notification_signal(signalling.derived, 1),
            ERR_REVOKED);
    attempt("waiting by one that was revoked",
            notification_wait(waiting.derived, 1, RING_NEVER, &bits), ERR_REVOKED);
    lease_drop(waiting);
    lease_drop(signalling);
    cap_release(notification);
    cap_release(signaller);
}

/* Nothing revives it. */
static void passing_on(void)
{
    struct lease lease = revoked(capos_cap("timer"));
    cap_t copies[2], derived, revoker;
    uint64_t now;

    attempt("deriving from what was revoked",
            caps_derive(capos_cap("caps"), lease.derived, SCOPE_SHAREABLE, 0, &derived, &revoker),
            ERR_REVOKED);
    copy_many(lease.derived, copies, 2);
    attempt("using a copy of what was revoked", timer_now(copies[0], &now), ERR_REVOKED);
    attempt("calling it by another interface", memory_info(copies[1], NULL), ERR_BAD_INTERFACE);
    attempt("releasing it", cap_release(copies[0]), ERR_OK);
    cap_release(copies[1]);
    lease_drop(lease);
}

int main(void)
{
    struct budget before = ledger_used();

    endpoints();
    memory();
    objects();
    notifications();
    passing_on();
    ledger_check("all of it", before);
    return 0;
}
