/*
 * Tests call.c and transfer.c: what becomes of a call, and what is left of it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/call.h"

#include "answer.h"
#include "capos/arena.h"
#include "kernel.h"
#include "kernel/test/check.h"

TEST(call_carries_both_messages)
{
    struct answer given = answer_of(0, 0, 1, 0);
    struct ring_client *client;
    struct call call;

    given.words[1] = 42;
    client = answer_start(given);
    call_open(&call, CLIENT, INTERFACE, 3, 2);
    capnp_set_u64(capnp_init_root(&call.params, 1, 0), 0, 41);
    CHECK(outcome_is_done(call_make(&call, 64)));
    CHECK(answer_seen.cap == CLIENT && answer_seen.interface_id == INTERFACE &&
          answer_seen.method == 3);
    CHECK(answer_seen.params_len == 16 && ((uint64_t *)kernel_at(answer_seen.params))[1] == 41);
    CHECK(capnp_u64(capnp_root(&call.results), 0) == 42);
    CHECK(outcome_is_done(call_end(&call, outcome_done())));
    CHECK(client->used == 0);
    PASS;
}

TEST(call_without_parameters_has_no_message)
{
    struct ring_client *client = answer_start(answer_of(0, 0, 0, 0));
    struct call call;

    CHECK(outcome_is_done(call_simply()) && answer_seen.params == 0 && answer_seen.params_len == 0);
    call_open(&call, CLIENT, INTERFACE, 3, 1);
    capnp_init_root(&call.params, 0, 0);
    CHECK(outcome_is_done(call_make(&call, 0)) && answer_seen.params == 0 &&
          answer_seen.params_len == 0);
    call_close(&call);
    CHECK(client->used == 0);
    PASS;
}

TEST(results_that_lie)
{
    struct answer lie = answer_of(0, 0, 0, 1);
    struct ring_client *client;
    struct call call;
    struct outcome outcome;

    lie.words[1] = 0x0000000a7ffffffd;
    client = answer_start(lie);
    call_open(&call, CLIENT, INTERFACE, 3, 0);
    outcome = call_make(&call, 64);
    CHECK(outcome_is_done(outcome));
    CHECK(capnp_get_text(capnp_root(&call.results), 0).len == 0);
    outcome = call_end(&call, outcome);
    CHECK(outcome.kind == OUTCOME_TRANSPORT && outcome.code == ERR_BAD_MESSAGE);
    CHECK(client->used == 0);
    PASS;
}

/* A failed call has results that can be read, and hold nothing. */
TEST(failure_reads_as_nothing)
{
    struct ring_client *client =
        answer_start((struct answer){.status = -ERR_BAD_HANDLE, .code = 0, .n_words = 0});
    struct call call;
    struct outcome outcome;

    memset(&call, 0xee, sizeof(call)); /* as whatever was on the stack before */
    call_open(&call, CLIENT, INTERFACE, 3, 0);
    outcome = call_make(&call, 64);
    CHECK(outcome.kind == OUTCOME_TRANSPORT && outcome.code == ERR_BAD_HANDLE);
    CHECK_STRING(outcome_sentence(outcome), err_sentence(ERR_BAD_HANDLE));
    CHECK(capnp_u64(capnp_root(&call.results), 0) == 0 && call_cap(&call, 0) == CAP_NONE);
    call_close(&call);
    CHECK(client->used == 0);
    PASS;
}

static struct answer answer_with_caps(int32_t status)
{
    struct answer given = answer_of(status, ERR_IN_USE, 1, 1);

    given.words[1] = (uint64_t)ERR_IN_USE << 32;
    given.caps[0] = (struct ring_cap){100, INTERFACE};
    given.caps[1] = (struct ring_cap){101, INTERFACE};
    given.n_caps = 2;
    return given;
}

TEST(capabilities_are_taken_once_or_dropped)
{
    struct ring_client *client = answer_start(answer_with_caps(0));
    struct call call;

    call_open(&call, CLIENT, INTERFACE, 3, 0);
    CHECK(outcome_is_done(call_make(&call, 64)));
    CHECK(call_cap_interface(&call, 1) == INTERFACE && call_cap_interface(&call, 2) == 0);
    CHECK(call_cap(&call, 1) == 101 && call_cap(&call, 1) == CAP_NONE);
    CHECK(call_cap(&call, 2) == CAP_NONE && call_cap(&call, CAPNP_NO_CAP) == CAP_NONE);
    call_close(&call);
    call_close(&call);
    ring_enter(client, 0, 0);
    CHECK(kernel.n_released == 1 && kernel_released(100) == 1);
    PASS;
}

/* From results that are a lie nothing is taken, so nothing has to be given back. */
TEST(capabilities_beside_a_lie_are_dropped)
{
    struct answer lie = answer_with_caps(0);
    struct ring_client *client;
    struct call call;

    lie.words[2] = 0x0000000a7ffffffd;
    client = answer_start(lie);
    call_open(&call, CLIENT, INTERFACE, 3, 0);
    CHECK(outcome_is_done(call_make(&call, 64)));
    CHECK(capnp_get_text(capnp_root(&call.results), 0).len == 0);
    CHECK(call_cap(&call, 0) == CAP_NONE);
    CHECK(call_end(&call, outcome_done()).code == ERR_BAD_MESSAGE);
    ring_enter(client, 0, 0);
    CHECK(kernel_released(100) == 1 && kernel_released(101) == 1);
    PASS;
}

TEST(capabilities_of_an_exception_are_dropped)
{
    struct ring_client *client = answer_start(answer_with_caps(RING_STATUS_EXCEPTION));

    CHECK(call_simply().code == ERR_IN_USE);
    ring_enter(client, 0, 0);
    CHECK(kernel_released(100) == 1 && kernel_released(101) == 1);
    PASS;
}

TEST(capabilities_go_along)
{
    struct ring_client *client = answer_start(answer_of(0, 0, 0, 0));
    const struct ring_transfer *transfers;
    struct call call;

    call_open(&call, CLIENT, INTERFACE, 3, 0);
    CHECK(call_give(&call, 70) == 0 && call_give(&call, CAP_NONE) == CAPNP_NO_CAP);
    CHECK(call_move(&call, 71) == 1 && call_move(&call, CAP_NONE) == CAPNP_NO_CAP);
    CHECK(call_give(&call, 72) == 2);
    CHECK(outcome_is_done(call_make(&call, 64)) && answer_seen.n_transfers == 3);
    transfers = kernel_at(answer_seen.transfers);
    CHECK(transfers[0].cap == 70 && transfers[1].cap == 71 && transfers[2].cap == 72);
    CHECK(transfers[0].mode == RING_COPY && transfers[1].mode == RING_MOVE);
    CHECK(transfers[2].mode == RING_COPY);
    call_close(&call);
    call_open(&call, CLIENT, INTERFACE, 3, 0);
    for (cap_t cap = 1; cap <= RING_TRANSFERS_MAX + 1; cap++)
        call_give(&call, cap);
    CHECK(call_make(&call, 64).code == ERR_BAD_ARGUMENT);
    call_close(&call);
    CHECK(client->used == 0 && kernel.n_released == 0);
    PASS;
}

/* Refused before anything is submitted. */
TEST(call_without_room)
{
    struct ring_client *client = answer_start(answer_of(0, 0, 0, 0));
    struct call call;

    call_open(&call, CLIENT, INTERFACE, 3, KERNEL_ARENA_LEN / 8);
    CHECK(call_make(&call, 64).code == ERR_NO_ROOM);
    call_close(&call);
    call_open(&call, CLIENT, INTERFACE, 3, 2);
    capnp_set_text(capnp_init_root(&call.params, 0, 1), 0, capnp_text("more than that"));
    CHECK(call_make(&call, 64).code == ERR_NO_ROOM);
    call_close(&call);
    call_open(&call, CLIENT, INTERFACE, 3, 0);
    CHECK(call_make(&call, KERNEL_ARENA_LEN).code == ERR_NO_ROOM);
    call_close(&call);
    CHECK(kernel.n_taken == 0 && client->used == 0);
    PASS;
}

/* --- Several at a time --- */

static void open_many(struct call *calls, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        call_open(&calls[i], CLIENT, INTERFACE, 3, 2);
        capnp_set_u64(capnp_init_root(&calls[i].params, 1, 0), 0, i);
        call_submit(&calls[i], 64, 10 + i);
    }
}

static void end_call(uint64_t user_data)
{
    for (uint32_t i = 0; i < kernel.n_flying; i++) {
        if (kernel.flying[i].user_data == user_data) {
            answer_set_word(user_data);
            kernel_end(&kernel.flying[i], answer_write(&kernel.flying[i]));
        }
    }
}

static bool results_are(struct call *call, uint64_t expected)
{
    return capnp_u64(capnp_root(&call->results), 0) == expected;
}

TEST(calls_end_in_any_order)
{
    struct answer given = answer_of(0, 0, 1, 0);
    struct ring_client *client;
    struct call calls[3];
    struct outcome outcome;

    given.keep = true;
    client = answer_start(given);
    open_many(calls, 3);
    CHECK(ring_enter(client, 0, 0) == 3 && !call_poll(&calls[0], &outcome));
    end_call(11);
    CHECK(!call_poll(&calls[0], &outcome));
    CHECK(call_poll(&calls[1], &outcome) && outcome_is_done(outcome));
    end_call(10);
    end_call(12);
    CHECK(outcome_is_done(call_wait(&calls[2])) && outcome_is_done(call_wait(&calls[0])));
    for (uint32_t i = 0; i < 3; i++)
        CHECK(results_are(&calls[i], 10 + i));
    call_close(&calls[0]);
    CHECK(results_are(&calls[1], 11));
    call_close(&calls[2]);
    CHECK(results_are(&calls[1], 11));
    call_close(&calls[1]);
    CHECK(client->used == 0);
    PASS;
}

TEST(call_is_cancelled)
{
    struct answer given = answer_of(0, 0, 1, 0);
    struct call calls[2];

    given.keep = true;
    answer_start(given);
    open_many(calls, 2);
    CHECK(call_cancel(&calls[0]) == ERR_OK);
    CHECK(call_wait(&calls[0]).code == ERR_CANCELLED);
    CHECK(call_cancel(&calls[0]) == ERR_NOT_FOUND);
    end_call(11);
    CHECK(outcome_is_done(call_wait(&calls[1])));
    call_close(&calls[0]);
    call_close(&calls[1]);
    CHECK(ring_mine()->used == 0);
    PASS;
}

/* The kernel would write where something else is by then. */
TEST(close_cancels_what_is_under_way)
{
    struct answer given = answer_of(0, 0, 1, 0);
    struct ring_client *client;
    struct call calls[2];

    given.keep = true;
    client = answer_start(given);
    open_many(calls, 2);
    call_close(&calls[0]);
    CHECK(kernel.n_cancelled == 1 && kernel.n_flying == 1);
    end_call(11);
    CHECK(outcome_is_done(call_wait(&calls[1])));
    call_close(&calls[1]);
    CHECK(client->used == 0 && ring_held(client) == 0);
    PASS;
}

static bool consume_all(struct ring_client *client)
{
    struct ring_completion completion;
    uint32_t n = 0;

    while (ring_poll(client, &completion))
        n++;
    return n == RING_COMPLETIONS;
}

/* It stands in the queue behind completions that nobody consumed: the kernel takes it later. */
TEST(close_leaves_room_to_what_stays)
{
    struct ring_client *client = answer_start(answer_of(0, 0, 1, 0));
    static const uint8_t zeroes[64];
    struct call call;
    uint32_t at;

    for (uint32_t i = 0; i < RING_COMPLETIONS; i++) {
        CHECK(ring_submit(client, &(struct ring_submission){.opcode = RING_NOP}));
        CHECK(ring_enter(client, 0, 0) == 1);
    }
    answer_set_word(~0ull);
    open_many(&call, 1);
    call_close(&call);
    at = arena_alloc(client, sizeof(zeroes));
    memset(ring_at(client, at), 0, sizeof(zeroes));
    CHECK(kernel.n_cancelled == 0 && consume_all(client) && ring_enter(client, 0, 0) == 1);
    CHECK(answer_seen.user_data == 10);
    CHECK(memcmp(ring_at(client, at), zeroes, sizeof(zeroes)) == 0);
    PASS;
}

/* One that has ended meanwhile may have brought something. */
TEST(close_drops_what_came_meanwhile)
{
    struct answer given = answer_with_caps(0);
    struct ring_client *client;
    struct call call;

    given.keep = true;
    client = answer_start(given);
    open_many(&call, 1);
    ring_enter(client, 0, 0);
    end_call(10);
    call_close(&call);
    ring_enter(client, 0, 0);
    CHECK(kernel.n_cancelled == 0 && kernel_released(100) == 1 && kernel_released(101) == 1);
    CHECK(client->used == 0 && ring_held(client) == 0);
    PASS;
}

TEST(deadline_goes_along)
{
    struct call call;

    answer_start((struct answer){.status = -ERR_TIMED_OUT});
    call_open(&call, CLIENT, INTERFACE, 3, 0);
    call_set_deadline(&call, 12345);
    CHECK(call_make(&call, 0).code == ERR_TIMED_OUT && answer_seen.deadline == 12345);
    call_close(&call);
    PASS;
}

TEST(disclosure_goes_along)
{
    struct call call;

    answer_start(answer_of(0, 0, 0, 0));
    call_open(&call, CLIENT, INTERFACE, 3, 0);
    call_disclose(&call, 5);
    CHECK(outcome_is_done(call_make(&call, 0)) && answer_seen.value == 5);
    call_close(&call);
    PASS;
}

/* Outputs of generated clients: whole or not at all, and never past the room. */
TEST(texts_are_copied_whole)
{
    struct outcome done = outcome_done(), failed = outcome_transport(ERR_BAD_HANDLE);
    struct capnp_text text = capnp_text("seven77");
    char to[8];
    uint32_t len;

    memset(to, '#', sizeof(to));
    CHECK(outcome_is_done(call_copy_text(done, text, to, 8, &len)) && len == 7);
    CHECK_STRING(to, "seven77");
    memset(to, '#', sizeof(to));
    CHECK(call_copy_text(done, text, to, 7, &len).code == ERR_NO_ROOM && len == 0);
    CHECK(to[0] == '\0' && to[7] == '#');
    CHECK(call_copy_text(done, text, to, 0, NULL).code == ERR_NO_ROOM && to[1] == '#');
    CHECK(outcome_is_done(call_copy_text(done, text, NULL, 0, &len)) && len == 7);
    CHECK(call_copy_text(failed, text, to, 8, &len).code == ERR_BAD_HANDLE && len == 0);
    CHECK(to[0] == '\0' && to[1] == '#');
    PASS;
}

TEST(data_is_copied_whole)
{
    struct outcome done = outcome_done(), failed = outcome_transport(ERR_BAD_HANDLE);
    struct capnp_data data = capnp_data("seven77", 7);
    char to[8] = "########";
    uint32_t len;

    CHECK(call_copy_data(done, data, to, 6, &len).code == ERR_NO_ROOM && len == 0);
    CHECK(call_copy_data(failed, data, to, 7, &len).code == ERR_BAD_HANDLE && len == 0);
    CHECK(to[0] == '#');
    CHECK(outcome_is_done(call_copy_data(done, data, to, 7, &len)) && len == 7);
    CHECK(memcmp(to, "seven77#", 8) == 0);
    CHECK(outcome_is_done(call_copy_data(done, data, NULL, 0, NULL)));
    PASS;
}

int main(void)
{
    RUN(call_carries_both_messages);
    RUN(call_without_parameters_has_no_message);
    RUN(results_that_lie);
    RUN(failure_reads_as_nothing);
    RUN(capabilities_are_taken_once_or_dropped);
    RUN(capabilities_beside_a_lie_are_dropped);
    RUN(capabilities_of_an_exception_are_dropped);
    RUN(capabilities_go_along);
    RUN(call_without_room);
    RUN(calls_end_in_any_order);
    RUN(call_is_cancelled);
    RUN(close_cancels_what_is_under_way);
    RUN(close_leaves_room_to_what_stays);
    RUN(close_drops_what_came_meanwhile);
    RUN(deadline_goes_along);
    RUN(disclosure_goes_along);
    RUN(texts_are_copied_whole);
    RUN(data_is_copied_whole);
    TESTS_END;
}
