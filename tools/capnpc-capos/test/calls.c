/*
 * Tests generated clients and servers against each other.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The kernel here hands each call to the dispatcher of the same interface at once. A capability
 * is 100 more on the other side.
 */
#include "rich.calls.h"

#include "kernel.h"
#include "kernel/test/check.h"

#define CLIENT 5
#define THERE  100

static struct rich_service_server server;
static uint64_t results[128];
static struct ring_submission seen;
static bool is_full; /* the client had left too little room */
static uint64_t lie; /* instead of the last word of the results */

static uint32_t write_caps(const struct caps_given *given, struct ring_cap *to)
{
    for (uint32_t i = 0; i < given->n; i++)
        to[i] = (struct ring_cap){given->caps[i] + THERE, INTERFACE_RICH_SERVICE};
    return given->n;
}

static struct ring_completion answer(const struct ring_submission *call, struct incoming *incoming)
{
    uint32_t len = message_len(&incoming->results);
    uint8_t *to = kernel_at(call->result);

    is_full = incoming->results.full ||
              len + incoming->given.n * sizeof(struct ring_cap) > call->result_len;
    if (is_full)
        return (struct ring_completion){.status = -ERR_NO_ROOM};
    if (lie)
        results[len / 8 - 1] = lie;
    memcpy(to, results, len);
    return (struct ring_completion){
        .result_len = len,
        .n_caps = write_caps(&incoming->given, (struct ring_cap *)(to + len)),
    };
}

static void take(const struct ring_submission *call)
{
    struct ring_cap came[RING_TRANSFERS_MAX];
    struct incoming incoming = {
        .interface_id = call->interface_id,
        .method = call->method,
        .received = {came, call->n_transfers},
    };
    const struct ring_transfer *transfers = kernel_at(call->transfers);
    struct outcome outcome;

    seen = *call;
    for (uint32_t i = 0; i < call->n_transfers; i++)
        came[i] = (struct ring_cap){transfers[i].cap + THERE, 0};
    capnp_open(&incoming.params, kernel_at(call->params), call->params_len);
    capnp_build(&incoming.results, results, sizeof(results));
    outcome = rich_service_dispatch(&server, &server, &incoming);
    if (outcome_is_done(outcome))
        kernel_complete(call, answer(call, &incoming));
    else
        kernel_complete(call, (struct ring_completion){
                                  .status = RING_STATUS_EXCEPTION,
                                  .value = outcome.code,
                                  .result_len = outcome_write(outcome, kernel_at(call->result)),
                              });
}

static void start(struct rich_service_server methods)
{
    server = methods;
    lie = 0;
    kernel_start(take);
}

static bool is_text(struct capnp_text text, const char *expected)
{
    return text.len == strlen(expected) && memcmp(text.at, expected, text.len + 1) == 0;
}

static struct outcome none(void *object, struct incoming *incoming,
                           struct rich_service_none_params_reader from,
                           struct rich_service_none_results_builder to)
{
    (void)from;
    (void)to;
    return object == &server && !incoming_error(incoming)
               ? outcome_done()
               : outcome_refuse(EXCEPTION_FAILED, ERR_BAD_ARGUMENT, "another object");
}

TEST(no_parameters_are_no_message)
{
    start((struct rich_service_server){.none = none});
    CHECK(outcome_is_done(rich_service_none(CLIENT)));
    CHECK(seen.cap == CLIENT && seen.method == RICH_SERVICE_NONE && seen.params_len == 0);
    CHECK(seen.interface_id == INTERFACE_RICH_SERVICE);
    PASS;
}

static struct outcome numbers(void *object, struct incoming *incoming,
                              struct rich_service_numbers_params_reader from,
                              struct rich_service_numbers_results_builder to)
{
    (void)object;
    (void)incoming;
    rich_service_numbers_results_set_flag(to, !rich_service_numbers_params_flag(from));
    rich_service_numbers_results_set_call(to, rich_service_numbers_params_small(from) *
                                                  (int)rich_service_numbers_params_colour(from) *
                                                  (int)rich_service_numbers_params_ratio(from));
    return outcome_done();
}

/* The names of a parameter and a result are the same, and that of another result is a
 * variable's. */
TEST(numbers_come_through)
{
    uint64_t large = 0;
    int32_t call = 0;
    bool flag = true;

    start((struct rich_service_server){.numbers = numbers});
    CHECK(outcome_is_done(rich_service_numbers(CLIENT, true, -3, RICH_COLOUR_H_TTP_BLUE, 10.5f,
                                               &flag, &large, &call)));
    CHECK(!flag && large == 5 && call == -60);
    CHECK(outcome_is_done(
        rich_service_numbers(CLIENT, true, -3, RICH_COLOUR_RED, 0, NULL, NULL, NULL)));
    PASS;
}

static struct outcome bytes(void *object, struct incoming *incoming,
                            struct rich_service_bytes_params_reader from,
                            struct rich_service_bytes_results_builder to)
{
    (void)object;
    (void)incoming;
    rich_service_bytes_results_set_text(to, rich_service_bytes_params_text(from));
    rich_service_bytes_results_set_data(to, rich_service_bytes_params_data(from));
    return outcome_done();
}

/* Room for an exception, which there always is, must not be what they fit into. */
#define LONG 400

static char sent[LONG + 32];

static void make_long(void)
{
    for (uint32_t i = 0; i < sizeof(sent) - 1; i++)
        sent[i] = (char)('a' + i % 23);
}

/* Each length modulo 8, with no byte of room too many; both are rounded up to words, at times. */
TEST(texts_and_data_come_through)
{
    char text[LONG + 32], data[LONG + 32];
    uint32_t text_len, data_len;

    start((struct rich_service_server){.bytes = bytes});
    make_long();
    for (uint32_t len = 0; len < LONG + 8; len += len == 8 ? LONG - 8 : 1) {
        memset(text, 'x', sizeof(text));
        CHECK(outcome_is_done(rich_service_bytes(CLIENT, capnp_text_n(sent, len),
                                                 capnp_data(sent, LONG + 9 - len), text, len + 1,
                                                 &text_len, data, LONG + 9 - len, &data_len)));
        CHECK(text_len == len && memcmp(text, sent, len) == 0 && text[len] == '\0' &&
              text[len + 1] == 'x');
        CHECK(data_len == LONG + 9 - len && memcmp(data, sent, data_len) == 0);
    }
    PASS;
}

TEST(what_has_no_room_is_refused)
{
    char text[8], data[8];
    uint32_t text_len = 9, data_len = 9;
    struct outcome outcome;

    start((struct rich_service_server){.bytes = bytes});
    outcome = rich_service_bytes(CLIENT, capnp_text("eight"), capnp_data("123", 3), text, 5,
                                 &text_len, data, 8, &data_len);
    CHECK(!is_full && outcome.kind == OUTCOME_TRANSPORT && outcome.code == ERR_NO_ROOM);
    CHECK(text_len == 0 && data_len == 0 && text[0] == '\0');
    PASS;
}

static const char *note_sent;

static struct outcome caps(void *object, struct incoming *incoming,
                           struct rich_service_caps_params_reader from,
                           struct rich_service_caps_results_builder to)
{
    cap_t first = incoming_cap(incoming, rich_service_caps_params_first(from));
    cap_t any = incoming_cap(incoming, rich_service_caps_params_any(from));

    (void)object;
    rich_service_caps_results_set_second(to, incoming_give(incoming, any));
    rich_service_caps_results_set_first(to, incoming_give(incoming, first));
    rich_service_caps_results_set_note(to, capnp_text(note_sent));
    return outcome_done();
}

TEST(capabilities_come_through)
{
    cap_t second = 0, first = 0;
    char note[LONG + 32];

    start((struct rich_service_server){.caps = caps});
    make_long();
    note_sent = sent;
    CHECK(outcome_is_done(
        rich_service_caps(CLIENT, 7, 8, &second, &first, note, (uint32_t)strlen(sent) + 1, NULL)));
    CHECK(second == 8 + 2 * THERE && strcmp(note, sent) == 0);
    note_sent = "note";
    CHECK(outcome_is_done(
        rich_service_caps(CLIENT, 7, 8, &second, &first, note, sizeof(note), NULL)));
    CHECK(second == 8 + 2 * THERE && first == 7 + 2 * THERE && strcmp(note, "note") == 0);
    CHECK(outcome_is_done(rich_service_caps(CLIENT, 7, CAP_NONE, &second, &first, NULL, 8, NULL)));
    CHECK(second == CAP_NONE && first == 7 + 2 * THERE && seen.n_transfers == 1);
    PASS;
}

/* Nothing leaks when the caller does not want it, or cannot have it. */
TEST(capabilities_that_are_not_taken_are_dropped)
{
    cap_t second = 1, first = 1;
    char note[8];

    start((struct rich_service_server){.caps = caps});
    note_sent = "note";
    CHECK(outcome_is_done(rich_service_caps(CLIENT, 7, 8, NULL, &first, note, sizeof(note), NULL)));
    ring_enter(ring_mine(), 0, 0);
    CHECK(kernel_released(8 + 2 * THERE) == 1 && kernel_released(first) == 0);
    CHECK(rich_service_caps(CLIENT, 7, 8, &second, &first, note, 4, NULL).code == ERR_NO_ROOM);
    ring_enter(ring_mine(), 0, 0);
    CHECK(second == CAP_NONE && first == CAP_NONE);
    CHECK(kernel_released(8 + 2 * THERE) == 2 && kernel_released(7 + 2 * THERE) == 1);
    PASS;
}

/* The text ends without its NUL. */
TEST(nothing_is_taken_from_results_that_lie)
{
    cap_t second = 1, first = 1;
    char note[16];

    start((struct rich_service_server){.caps = caps});
    note_sent = "note";
    lie = 0x6565656565656565;
    CHECK(rich_service_caps(CLIENT, 7, 8, &second, &first, note, sizeof(note), NULL).code ==
          ERR_BAD_MESSAGE);
    ring_enter(ring_mine(), 0, 0);
    CHECK(second == CAP_NONE && first == CAP_NONE && kernel.n_released == 2);
    PASS;
}

static struct outcome structs(void *object, struct incoming *incoming,
                              struct rich_service_structs_params_reader from,
                              struct rich_service_structs_results_builder to)
{
    struct capnp_list leaves = rich_service_structs_params_leaves(from);

    (void)object;
    (void)incoming;
    capnp_pointer_set_text(rich_service_structs_results_init_any(to),
                           rich_leaf_text(rich_leaf_at(leaves, 1)));
    return outcome_done();
}

TEST(other_methods_have_steps)
{
    struct rich_service_structs_params_builder to;
    struct capnp_list_builder leaves;
    struct call call;

    start((struct rich_service_server){.structs = structs});
    to = rich_service_structs_open(&call, CLIENT, 1 + 2 * RICH_LEAF_WORDS + 1);
    leaves = rich_service_structs_params_init_leaves(to, 2);
    rich_leaf_set_text(rich_leaf_init_at(leaves, 1), capnp_text("second"));
    CHECK(outcome_is_done(call_make(&call, 64)));
    CHECK(is_text(
        capnp_pointer_text(rich_service_structs_results_any(rich_service_structs_results(&call))),
        "second"));
    call_close(&call);
    PASS;
}

static struct outcome named(void *object, struct incoming *incoming, struct rich_leaf_reader from,
                            struct other_foreign_builder to)
{
    (void)object;
    (void)incoming;
    other_foreign_set_id(to, rich_leaf_number(from) + rich_leaf_text(from).len);
    other_foreign_set_kind(to, OTHER_KIND_FANCY);
    return outcome_done();
}

TEST(parameters_may_be_structs_with_names)
{
    enum other_kind kind = OTHER_KIND_PLAIN;
    uint64_t id = 0;

    start((struct rich_service_server){.named = named});
    CHECK(outcome_is_done(rich_service_named(CLIENT, 7, capnp_text("four"), &id, &kind)));
    CHECK(id == 11 && kind == OTHER_KIND_FANCY);
    PASS;
}

TEST(methods_that_are_not_there_are_refused)
{
    uint64_t id = 1;
    struct outcome outcome;
    struct call call;

    start((struct rich_service_server){.none = none});
    outcome = rich_service_named(CLIENT, 7, capnp_text("four"), &id, NULL);
    CHECK(outcome.kind == OUTCOME_EXCEPTION && outcome.type == EXCEPTION_UNIMPLEMENTED && id == 0);
    outcome = rich_service_usual(CLIENT, 1);
    CHECK(outcome.type == EXCEPTION_UNIMPLEMENTED);
    call_open(&call, CLIENT, INTERFACE_RICH_SERVICE, RICH_SERVICE_METHODS, 0);
    outcome = call_end(&call, call_make(&call, 0));
    CHECK(outcome.kind == OUTCOME_EXCEPTION && outcome.code == ERR_BAD_METHOD);
    PASS;
}

int main(void)
{
    RUN(no_parameters_are_no_message);
    RUN(numbers_come_through);
    RUN(texts_and_data_come_through);
    RUN(what_has_no_room_is_refused);
    RUN(capabilities_come_through);
    RUN(capabilities_that_are_not_taken_are_dropped);
    RUN(nothing_is_taken_from_results_that_lie);
    RUN(other_methods_have_steps);
    RUN(parameters_may_be_structs_with_names);
    RUN(methods_that_are_not_there_are_refused);
    TESTS_END;
}
