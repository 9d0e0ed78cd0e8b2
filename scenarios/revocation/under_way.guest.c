/*
 * Revokes what an operation under way came through: in line, being served, waiting for an object of
 * the kernel's.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lease.h"

#define MOVE(handle) ((struct ring_transfer){.cap = (handle), .mode = RING_MOVE})

/* The server does not see it, and what was to move has stayed. */
static void in_line(struct program_endpoint desk)
{
    cap_t memory = new_memory(1);
    struct lease lease = lease_take(desk.client);
    struct operation call = call_begin(lease.derived, &MOVE(memory), 1);
    struct words_call in;

    lease_revoke(lease);
    attempt("receiving a call in line that was revoked",
            capos_recv(desk.server, clock_now() + MILLISECOND, &in), ERR_TIMED_OUT);
    attempt("that call", operation_end(&call, NULL), ERR_REVOKED);
    attempt("using what was to move with it", memory_info(memory, NULL), ERR_OK);
    cap_release(memory);
    lease_drop(lease);
}

/* By a link further up, and with the capability that it came through gone. */
static void in_line_of_a_chain(struct program_endpoint desk)
{
    struct lease first = lease_take(desk.client), second = lease_take(first.derived);
    struct operation call = call_begin(second.derived, NULL, 0);
    struct words_call in;

    cap_release(second.derived);
    cap_release(second.revoker);
    lease_revoke(first);
    attempt("receiving one whose capability is released, when the one above it is revoked",
            capos_recv(desk.server, clock_now() + MILLISECOND, &in), ERR_TIMED_OUT);
    attempt("that call", operation_end(&call, NULL), ERR_REVOKED);
    lease_drop(first);
}

static bool has_word(const struct operation *call, uint64_t word)
{
    const uint64_t *words = operation_result(call);

    for (uint32_t i = 0; i < ROOM / sizeof(word); i++) {
        if (words[i] == word)
            return true;
    }
    return false;
}

static void served(struct program_endpoint desk)
{
    const uint64_t secret = 0x5ec2e7ab0075c1d3;
    struct lease lease = lease_take(desk.client);
    struct operation call = call_begin(lease.derived, NULL, 0);
    struct words_call in;

    check(outcome_is_done(capos_recv(desk.server, RING_NEVER, &in)), "the call");
    lease_revoke(lease);
    attempt("answering a call that was revoked", capos_answer(in.head.reply, &secret, 1), ERR_OK);
    attempt("that call", operation_end(&call, NULL), ERR_REVOKED);
    check(!has_word(&call, secret), "nothing of the answer");
    lease_drop(lease);
}

/* What moved with the call is the server's, what was to move with the answer as well. */
static void served_with_moves(struct program_endpoint desk)
{
    cap_t there = new_memory(1), back = new_memory(2);
    struct lease lease = lease_take(desk.client);
    struct operation call = call_begin(lease.derived, &MOVE(there), 1);
    struct operation answer;
    struct words_call in;
    uint32_t pages;

    check(outcome_is_done(capos_recv(desk.server, RING_NEVER, &in)), "the call");
    lease_revoke(lease);
    answer = operation_begin((struct ring_submission){.opcode = RING_RETURN, .cap = in.head.reply},
                             &MOVE(back), 1);
    attempt("answering it with a move", operation_end(&answer, NULL), ERR_NOT_DELIVERED);
    attempt("that call", operation_end(&call, NULL), ERR_REVOKED);
    attempt("using what was to move back", memory_info(back, &pages), ERR_OK);
    attempt("using what had moved there", memory_info(in.caps[0].cap, NULL), ERR_OK);
    cap_release(in.caps[0].cap);
    cap_release(back);
    lease_drop(lease);
}

/* Others can still receive it. */
static void receiving(struct program_endpoint desk)
{
    struct lease lease = lease_take(desk.server);
    struct operation receive = operation_begin(
        (struct ring_submission){.opcode = RING_RECV, .cap = lease.derived}, NULL, 0);
    struct operation call;
    struct words_call in;

    lease_revoke(lease);
    call = call_begin(desk.client, NULL, 0);
    attempt("a reception under way that was revoked", operation_end(&receive, NULL), ERR_REVOKED);
    attempt("receiving the call by the original", capos_recv(desk.server, RING_NEVER, &in), ERR_OK);
    check(outcome_is_done(capos_answer(in.head.reply, NULL, 0)), "an answer");
    attempt("that call", operation_end(&call, NULL), ERR_OK);
    lease_drop(lease);
}

/* Received in time, it can be answered: the right to answer is another capability. */
static void received(struct program_endpoint desk)
{
    struct lease lease = lease_take(desk.server);
    struct operation call = call_begin(desk.client, NULL, 0);
    struct words_call in;

    check(outcome_is_done(capos_recv(lease.derived, RING_NEVER, &in)), "the call");
    lease_revoke(lease);
    attempt("answering what was received by a side that was revoked since",
            capos_answer(in.head.reply, NULL, 0), ERR_OK);
    attempt("that call", operation_end(&call, NULL), ERR_OK);
    lease_drop(lease);
}

static void sleeping(void)
{
    struct lease lease = lease_take(capos_cap("timer"));
    struct call sleep;

    timer_sleep_params_set_until(timer_sleep_open(&sleep, lease.derived, 0),
                                 clock_now() + 20 * MILLISECOND);
    check(call_submit(&sleep, 64, 1) == ERR_OK, "a sleep");
    check(ring_enter(ring_mine(), 0, 0) == 1, "a sleep that is taken");
    lease_revoke(lease);
    attempt("a sleep by a timer that was revoked meanwhile", call_wait(&sleep), ERR_REVOKED);
    call_close(&sleep);
    lease_drop(lease);
}

/* The bits are not taken by who may not have them. */
static void waiting(void)
{
    cap_t notification, signaller;
    struct lease lease;
    struct operation wait;
    uint64_t bits;

    check(outcome_is_done(
              notifications_create(capos_cap("notifications"), &notification, &signaller)),
          "a notification");
    lease = lease_take(notification);
    wait = operation_begin(
        (struct ring_submission){.opcode = RING_WAIT, .cap = lease.derived, .argument = 3}, NULL,
        0);
    lease_revoke(lease);
    check(outcome_is_done(notification_signal(signaller, 1)), "a signal");
    attempt("a wait that was revoked, when the signal comes", operation_end(&wait, &bits),
            ERR_REVOKED);
    check(bits == 0, "no bits");
    attempt("waiting by the original", notification_wait(notification, 3, RING_NEVER, &bits),
            ERR_OK);
    check(bits == 1, "the bit");
    lease_drop(lease);
    cap_release(notification);
    cap_release(signaller);
}

/* The wake-up is for the next one in line. */
static void parked(void)
{
    static const uint32_t word = 0;
    struct lease lease = lease_take(capos_cap("park"));
    struct ring_submission at_word = {
        .opcode = RING_PARK, .cap = lease.derived, .argument = (uintptr_t)&word};
    struct operation leased = operation_begin(at_word, NULL, 0), park;
    uint64_t woken;

    at_word.cap = capos_cap("park");
    park = operation_begin(at_word, NULL, 0);
    lease_revoke(lease);
    check(outcome_is_done(park_wake(capos_cap("park"), &word, 1, &woken)) && woken == 1, "one");
    attempt("a park that was revoked, when it is woken", operation_end(&leased, NULL), ERR_REVOKED);
    attempt("the next one in line, by the original", operation_end(&park, NULL), ERR_OK);
    lease_drop(lease);
}

int main(void)
{
    struct budget before = ledger_used();
    struct program_endpoint desk = program_endpoint_open(INTERFACE_DESK);

    in_line(desk);
    in_line_of_a_chain(desk);
    served(desk);
    served_with_moves(desk);
    receiving(desk);
    received(desk);
    sleeping();
    waiting();
    parked();
    program_endpoint_close(desk);
    ledger_check("all of it", before);
    return 0;
}
