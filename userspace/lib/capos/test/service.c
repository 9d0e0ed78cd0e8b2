/*
 * Tests service.c and incoming.c: what callers are answered, and what a service is left with.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The calls to come stand in a script. The kernel here delivers the next one when the service
 * receives, and notes the answers.
 */
#include "capos/service.h"

#include "capos/arena.h"
#include "kernel.h"
#include "kernel/test/check.h"

#define ENDPOINT  5
#define REPLY     50 /* of the first call; the next ones follow */
#define INTERFACE 0x1234
#define ROOM      256

enum { METHOD_ADD, METHOD_OTHER, METHODS };

struct script {
    uint64_t interface_id, cookie;
    uint64_t words[8];
    struct ring_cap caps[2];
    uint32_t n_words, n_caps;
    uint16_t method, disclosed, flags;
    uint32_t epoch;
    uint8_t session[16];
};

static const struct script *script;
static uint32_t n_script, n_delivered;

/* What was answered. */
static struct noted {
    struct ring_submission submission;
    uint64_t words[32];
    struct ring_transfer transfers[RING_TRANSFERS_MAX];
    uint32_t n_releases; /* before it */
} noted[8];
static uint32_t n_noted;
static err_t return_error; /* of the next RETURN; ERR_OK: it goes out */

static void deliver(const struct ring_submission *receive)
{
    const struct script *call = &script[n_delivered];
    struct ring_delivery *head = kernel_at(receive->result);
    uint8_t *to = (uint8_t *)(head + 1);

    *head = (struct ring_delivery){
        .reply = REPLY + n_delivered++,
        .interface_id = call->interface_id,
        .cookie = call->cookie,
        .method = call->method,
        .params_len = call->n_words * 8,
        .n_caps = (uint16_t)call->n_caps,
        .epoch = call->epoch,
        .disclosed = call->disclosed,
        .flags = call->flags,
    };
    memcpy(head->session, call->session, sizeof(head->session));
    memcpy(to, call->words, call->n_words * 8);
    memcpy(to + call->n_words * 8, call->caps, call->n_caps * sizeof(call->caps[0]));
    kernel_complete(receive, (struct ring_completion){.n_caps = call->n_caps});
}

static void receive(const struct ring_submission *submission)
{
    if (n_delivered < n_script)
        deliver(submission);
    else
        kernel_complete(submission, (struct ring_completion){.status = -ERR_DISCONNECTED});
}

static void note(const struct ring_submission *answer)
{
    struct noted *at = &noted[n_noted++];

    at->submission = *answer;
    at->n_releases = kernel.n_released;
    memcpy(at->words, kernel_at(answer->params), answer->params_len);
    memcpy(at->transfers, kernel_at(answer->transfers),
           answer->n_transfers * sizeof(at->transfers[0]));
}

static void take(const struct ring_submission *submission)
{
    err_t error = return_error;

    if (submission->opcode == RING_CALL) {
        kernel_complete(submission, (struct ring_completion){0});
        return;
    }
    if (submission->opcode == RING_RECV) {
        receive(submission);
        return;
    }
    return_error = ERR_OK;
    if (error) {
        kernel_complete(submission, (struct ring_completion){.status = -(int32_t)error});
        return;
    }
    note(submission);
    if (submission->flags & RING_THEN_RECV)
        receive(submission);
    else
        kernel_complete(submission, (struct ring_completion){0});
}

/* --- The service --- */

static struct {
    struct outcome outcome;
    cap_t wants, gives, moves;
    uint32_t n_words, n_gives; /* of the same capability again */
    bool stops, calls, defers;
    struct deferred deferred;
    void *object;
    uint64_t cookie;
    bool has_session;
    uint8_t session;
    uint16_t disclosed;
    uint32_t epoch;
} method;

static struct service service;

static struct outcome add(void *object, struct incoming *incoming)
{
    struct capnp_struct params = capnp_root(&incoming->params);
    struct capnp_struct_builder results;

    results = capnp_init_root(&incoming->results, (uint16_t)(1 + method.n_words), 0);
    capnp_set_u64(results, 0, capnp_u64(params, 0) + capnp_u64(params, 8));
    capnp_get_text(params, 0);
    method.object = object;
    method.cookie = incoming->cookie;
    method.has_session = incoming_session(incoming) != NULL;
    method.session = method.has_session ? incoming_session(incoming)[15] : 0;
    method.disclosed = incoming_disclosed(incoming);
    method.epoch = incoming_epoch(incoming);
    if (method.wants)
        method.wants = incoming_cap(incoming, 0);
    incoming_give(incoming, method.gives);
    for (uint32_t i = 0; i < method.n_gives; i++)
        incoming_give(incoming, method.gives);
    incoming_move(incoming, method.moves);
    if (method.stops)
        service_stop(&service);
    if (method.defers)
        method.deferred = incoming_defer(incoming);
    if (method.calls) {
        struct call call;

        call_open(&call, 9, INTERFACE, 0, 4);
        capnp_init_root(&call.params, 3, 0);
        call_make(&call, 512);
        call_close(&call);
    }
    return method.outcome;
}

static struct outcome dispatch(const void *server, void *object, struct incoming *incoming)
{
    (void)server;
    if (incoming->method == METHOD_ADD)
        return add(object, incoming);
    return incoming_unimplemented(incoming);
}

static const struct service_interface interfaces[] = {{INTERFACE, dispatch, NULL}};

static void start(const struct script *calls, uint32_t n)
{
    kernel_start(take);
    memset(&method, 0, sizeof(method));
    memset(noted, 0, sizeof(noted));
    script = calls;
    n_script = n;
    n_delivered = n_noted = 0;
    return_error = ERR_OK;
    service = (struct service){
        .endpoint = ENDPOINT,
        .interfaces = interfaces,
        .n_interfaces = 1,
        .room = ROOM,
        .object = &method,
    };
    service_open(&service);
}

/* Serves all of the script, after which the endpoint is closed. */
static bool run(void)
{
    struct outcome outcome = service_run(&service);

    service_close(&service);
    ring_enter(ring_mine(), 0, 0);
    return outcome.kind == OUTCOME_TRANSPORT && outcome.code == ERR_DISCONNECTED &&
           ring_mine()->used == 0;
}

static bool is_exception(const struct noted *answer, err_t code)
{
    return answer->submission.flags & RING_EXCEPTION && answer->submission.value == code &&
           answer->words[1] >> 32 == code;
}

static bool is_sum(const struct noted *answer, uint64_t sum)
{
    return !(answer->submission.flags & RING_EXCEPTION) && answer->words[1] == sum;
}

static const char *reason_of(struct noted *answer)
{
    return (const char *)&answer->words[3];
}

#define ADD_WORDS         \
    {                     \
        2ull << 32, 40, 2 \
    }
#define ADD                                                                       \
    {                                                                             \
        .interface_id = INTERFACE, .words = ADD_WORDS, .n_words = 3, .cookie = 77 \
    }

TEST(answers_go_with_receptions)
{
    static const struct script calls[] = {ADD, ADD, ADD};

    start(calls, 3);
    CHECK(run() && n_noted == 3);
    for (uint32_t i = 0; i < 3; i++) {
        CHECK(is_sum(&noted[i], 42));
        CHECK(noted[i].submission.cap == REPLY + i);
        CHECK(noted[i].submission.flags == RING_THEN_RECV);
        CHECK(noted[i].submission.endpoint == ENDPOINT);
    }
    CHECK(kernel.n_taken == 4); /* the first reception, and one operation for each call */
    CHECK(method.object == &method && method.cookie == 77);
    PASS;
}

TEST(what_is_not_there_is_unimplemented)
{
    static const struct script calls[] = {
        {.interface_id = INTERFACE, .method = METHOD_OTHER},
        {.interface_id = INTERFACE, .method = 0xffff},
        {.interface_id = INTERFACE + 1},
    };

    start(calls, 3);
    CHECK(run() && n_noted == 3);
    for (uint32_t i = 0; i < 3; i++)
        CHECK(is_exception(&noted[i], ERR_BAD_METHOD) &&
              (uint16_t)noted[i].words[1] == EXCEPTION_UNIMPLEMENTED);
    CHECK_STRING(reason_of(&noted[2]), "the service has no method 0 of interface 0x1235");
    PASS;
}

static void *find_77(struct service *of, uint64_t cookie)
{
    return cookie == 77 ? of : NULL;
}

TEST(object_is_found_by_cookie)
{
    static const struct script calls[] = {ADD, {.interface_id = INTERFACE, .cookie = 78}};

    start(calls, 2);
    service.find = find_77;
    CHECK(run() && method.object == &service);
    CHECK(is_sum(&noted[0], 42) && is_exception(&noted[1], ERR_DISCONNECTED));
    CHECK((uint16_t)noted[1].words[1] == EXCEPTION_DISCONNECTED);
    PASS;
}

/* Without a source of entropy there are no references. */
TEST(whose_call_it_is)
{
    static const struct script in_session[] = {{.interface_id = INTERFACE,
                                                .flags = RING_CALLER_LIVE,
                                                .epoch = 3,
                                                .disclosed = 5,
                                                .session = {[15] = 9}}};
    static const struct script without[] = {{.interface_id = INTERFACE, .epoch = 1}};

    start(in_session, 1);
    CHECK(run() && method.has_session && method.session == 9);
    CHECK(method.epoch == 3 && method.disclosed == 5);
    start(without, 1);
    CHECK(run() && !method.has_session && method.epoch == 1 && method.disclosed == 0);
    PASS;
}

TEST(refusal_is_an_exception)
{
    static const struct script calls[] = {ADD, ADD};

    start(calls, 2);
    method.outcome = outcome_refuse(EXCEPTION_OVERLOADED, ERR_IN_USE, "come back later");
    CHECK(run() && is_exception(&noted[0], ERR_IN_USE));
    CHECK((uint16_t)noted[0].words[1] == EXCEPTION_OVERLOADED);
    CHECK_STRING(reason_of(&noted[0]), "come back later");
    start(calls, 1);
    method.outcome = outcome_transport(ERR_NO_ROOM);
    CHECK(run() && is_exception(&noted[0], ERR_NO_ROOM));
    CHECK_STRING(reason_of(&noted[0]), err_sentence(ERR_NO_ROOM));
    PASS;
}

/* Not a message at all, a root outside, a text without an end. */
TEST(garbage_is_refused)
{
    static const struct script calls[] = {
        {.interface_id = INTERFACE, .words = {~0ull, ~0ull}, .n_words = 2},
        {.interface_id = INTERFACE, .words = {0xffffull << 32}, .n_words = 1},
        {.interface_id = INTERFACE, .words = {1ull << 48, 0x0000004200000001}, .n_words = 2},
        ADD,
    };

    start(calls, 4);
    CHECK(run() && n_noted == 4);
    for (uint32_t i = 0; i < 3; i++)
        CHECK(is_exception(&noted[i], ERR_BAD_MESSAGE));
    CHECK(is_sum(&noted[3], 42));
    PASS;
}

TEST(results_without_room)
{
    static const struct script calls[] = {ADD, ADD};

    start(calls, 1);
    method.n_words = ROOM / 8 - 2;
    CHECK(run() && is_sum(&noted[0], 42));
    start(calls, 2);
    method.n_words = ROOM / 8 - 1;
    method.moves = 90;
    CHECK(run() && is_exception(&noted[0], ERR_NO_ROOM) && noted[0].submission.n_transfers == 0);
    CHECK(kernel_released(90) == 2);
    PASS;
}

#define ADD_WITH_CAPS                                                                       \
    {                                                                                       \
        .interface_id = INTERFACE, .words = ADD_WORDS, .n_words = 3, .n_caps = 2, .caps = { \
            {100, INTERFACE},                                                               \
            {101, INTERFACE}                                                                \
        }                                                                                   \
    }

TEST(capabilities_that_come)
{
    static const struct script calls[] = {ADD_WITH_CAPS};
    static const struct script unknown[] = {
        {.interface_id = 1, .n_caps = 1, .caps = {{100, INTERFACE}}}};

    start(calls, 1);
    method.wants = 1;
    CHECK(run() && method.wants == 100);
    CHECK(kernel_released(100) == 0 && kernel_released(101) == 1);
    start(unknown, 1);
    CHECK(run() && kernel_released(100) == 1);
    PASS;
}

TEST(capabilities_that_go)
{
    static const struct script calls[] = {ADD};

    start(calls, 1);
    method.gives = 80;
    method.moves = 90;
    CHECK(run() && noted[0].submission.n_transfers == 2);
    CHECK(noted[0].transfers[0].cap == 80 && noted[0].transfers[1].cap == 90);
    CHECK(noted[0].transfers[0].mode == RING_COPY && noted[0].transfers[1].mode == RING_MOVE);
    CHECK(kernel.n_released == 0);
    PASS;
}

static cap_t kept[4];
static uint32_t n_kept;
static uint64_t kept_cookie;

static void keep(struct incoming *incoming, cap_t cap)
{
    kept[n_kept++] = cap;
    kept_cookie = incoming->cookie;
}

/* Serves two calls, of which the first one's answer fails with ERROR. */
static bool move_in_vain(err_t error, void (*keeper)(struct incoming *, cap_t))
{
    static const struct script calls[] = {ADD, ADD};

    start(calls, 2);
    service.kept = keeper;
    service_close(&service);
    service_open(&service);
    n_kept = 0;
    method.gives = 80;
    method.moves = 90;
    return_error = error;
    return run();
}

/* Of two answers one moves it; the other one, before, has left it here. */
TEST(moves_that_stay)
{
    static const err_t errors[] = {ERR_NOT_DELIVERED, ERR_CANCELLED, ERR_BAD_HANDLE};

    for (uint32_t i = 0; i < 3; i++) {
        CHECK(move_in_vain(errors[i], NULL) && n_kept == 0);
        CHECK(kernel_released(90) == 1 && kernel_released(80) == 0);
        CHECK(move_in_vain(errors[i], keep) && kernel.n_released == 0);
        CHECK(n_kept == 1 && kept[0] == 90 && kept_cookie == 77);
    }
    CHECK(n_noted == 2 && is_exception(&noted[0], ERR_BAD_HANDLE));
    CHECK(noted[0].submission.n_transfers == 0 && noted[1].transfers[1].mode == RING_MOVE);
    PASS;
}

/* A step answers by itself. */
TEST(moves_that_stay_after_a_step)
{
    static const struct script calls[] = {ADD};

    start(calls, 1);
    method.moves = 90;
    return_error = ERR_NOT_DELIVERED;
    CHECK(outcome_is_done(service_step(&service, 1000)) && n_noted == 0);
    service_close(&service);
    ring_enter(ring_mine(), 0, 0);
    CHECK(kernel_released(90) == 1);
    PASS;
}

/* No answer carries more; its caller is told, and waits no longer. */
TEST(capabilities_that_are_too_many)
{
    static const struct script calls[] = {ADD};

    start(calls, 1);
    method.gives = 80;
    method.n_gives = RING_TRANSFERS_MAX - 1;
    CHECK(run() && is_sum(&noted[0], 42));
    CHECK(noted[0].submission.n_transfers == RING_TRANSFERS_MAX);
    CHECK(noted[0].transfers[RING_TRANSFERS_MAX - 1].cap == 80);
    start(calls, 1);
    method.gives = 80;
    method.n_gives = RING_TRANSFERS_MAX;
    method.moves = 90;
    CHECK(run() && is_exception(&noted[0], ERR_NO_ROOM) && noted[0].submission.n_transfers == 0);
    CHECK(kernel_released(90) == 1);
    PASS;
}

TEST(answer_later)
{
    static const struct script calls[] = {ADD_WITH_CAPS, ADD};
    struct call answer;

    start(calls, 1);
    method.defers = true;
    method.moves = 90;
    CHECK(run() && n_noted == 0 && method.deferred.reply == REPLY);
    CHECK(kernel_released(90) == 1 && kernel_released(100) == 1);
    answer_open(&answer, method.deferred, 2);
    capnp_set_u64(capnp_init_root(&answer.params, 1, 0), 0, 43);
    call_give(&answer, 80);
    CHECK(outcome_is_done(answer_send(&answer)) && n_noted == 1 && is_sum(&noted[0], 43));
    CHECK(noted[0].submission.cap == REPLY && noted[0].transfers[0].cap == 80);
    CHECK(outcome_is_done(answer_refuse(method.deferred, outcome_transport(ERR_ENDED))));
    CHECK(is_exception(&noted[1], ERR_ENDED) && ring_mine()->used == 0);
    return_error = ERR_CANCELLED;
    answer_open(&answer, method.deferred, 0);
    CHECK(answer_send(&answer).code == ERR_CANCELLED && ring_mine()->used == 0);
    PASS;
}

/* Its caller waits no more: the next call is received all the same. */
TEST(answer_to_nobody)
{
    static const struct script calls[] = {ADD, ADD};

    start(calls, 2);
    return_error = ERR_CANCELLED;
    CHECK(run() && n_noted == 1 && noted[0].submission.cap == REPLY + 1);
    PASS;
}

/* The caller is told, and not left to wait. */
TEST(answer_that_cannot_be_sent)
{
    static const struct script calls[] = {ADD, ADD};

    start(calls, 2);
    method.gives = 80;
    return_error = ERR_BAD_HANDLE;
    CHECK(run() && n_noted == 2);
    CHECK(noted[0].submission.cap == REPLY && is_exception(&noted[0], ERR_BAD_HANDLE));
    CHECK(is_sum(&noted[1], 42));
    PASS;
}

TEST(methods_can_call)
{
    static const struct script calls[] = {ADD, ADD};

    start(calls, 2);
    method.calls = true;
    CHECK(run() && is_sum(&noted[0], 42) && is_sum(&noted[1], 42));
    PASS;
}

TEST(service_stops_after_its_answer)
{
    static const struct script calls[] = {ADD, ADD};

    start(calls, 2);
    method.stops = true;
    CHECK(outcome_is_done(service_run(&service)));
    CHECK(n_noted == 1 && n_delivered == 1 && is_sum(&noted[0], 42));
    CHECK(noted[0].submission.flags == 0);
    service_close(&service);
    CHECK(ring_mine()->used == 0);
    PASS;
}

TEST(service_steps)
{
    static const struct script calls[] = {ADD};

    start(calls, 1);
    CHECK(outcome_is_done(service_step(&service, 1000)));
    CHECK(n_noted == 1 && is_sum(&noted[0], 42) && noted[0].submission.flags == 0);
    CHECK(service_step(&service, 1000).code == ERR_DISCONNECTED);
    service_close(&service);
    PASS;
}

TEST(service_steps_and_defers)
{
    static const struct script calls[] = {ADD};

    start(calls, 1);
    method.defers = true;
    method.moves = 90;
    CHECK(outcome_is_done(service_step(&service, 1000)) && n_noted == 0);
    service_close(&service);
    ring_enter(ring_mine(), 0, 0);
    CHECK(kernel_released(90) == 1 && ring_mine()->used == 0);
    PASS;
}

static void keep_receptions(const struct ring_submission *submission)
{
    if (submission->opcode == RING_RECV)
        kernel_keep(submission);
    else
        take(submission);
}

/* A reception under way is taken back; what came all the same is disconnected, not lost. */
TEST(service_closes_while_it_receives)
{
    static const struct script calls[] = {ADD_WITH_CAPS};

    start(calls, 1);
    kernel.take = keep_receptions;
    CHECK(service_submit(&service, 1) == ERR_OK && ring_enter(ring_mine(), 0, 0) == 1);
    service_close(&service);
    CHECK(kernel.n_cancelled == 1 && ring_mine()->used == 0 && ring_held(ring_mine()) == 0);
    start(calls, 1);
    CHECK(service_submit(&service, 1) == ERR_OK && ring_enter(ring_mine(), 0, 0) == 1);
    service_close(&service);
    ring_enter(ring_mine(), 0, 0);
    CHECK(kernel_released(REPLY) == 1 && kernel_released(100) == 1 && kernel_released(101) == 1);
    CHECK(ring_mine()->used == 0 && ring_held(ring_mine()) == 0);
    PASS;
}

TEST(service_by_parts)
{
    static const struct script calls[] = {ADD, ADD};
    struct ring_completion completion;

    start(calls, 2);
    for (uint32_t i = 0; i < 2; i++) {
        CHECK(service_submit(&service, 7) == ERR_OK);
        CHECK(ring_next(ring_mine(), RING_NEVER, &completion) == ERR_OK);
        CHECK(completion.user_data == 7);
        CHECK(outcome_is_done(service_take(&service, &completion)) && n_noted == i);
    }
    service_close(&service);
    CHECK(n_noted == 2 && is_sum(&noted[1], 42) && ring_mine()->used == 0);
    PASS;
}

TEST(service_without_room)
{
    start(NULL, 0);
    service_close(&service);
    service.room = KERNEL_ARENA_LEN - 64 - 8;
    CHECK(service_open(&service) == ERR_NO_ROOM && ring_mine()->used == 0);
    service.room = UINT32_MAX;
    CHECK(service_open(&service) == ERR_NO_ROOM && ring_mine()->used == 0);
    PASS;
}

int main(void)
{
    RUN(answers_go_with_receptions);
    RUN(what_is_not_there_is_unimplemented);
    RUN(object_is_found_by_cookie);
    RUN(whose_call_it_is);
    RUN(refusal_is_an_exception);
    RUN(garbage_is_refused);
    RUN(results_without_room);
    RUN(capabilities_that_come);
    RUN(capabilities_that_go);
    RUN(moves_that_stay);
    RUN(moves_that_stay_after_a_step);
    RUN(capabilities_that_are_too_many);
    RUN(answer_later);
    RUN(answer_to_nobody);
    RUN(answer_that_cannot_be_sent);
    RUN(methods_can_call);
    RUN(service_stops_after_its_answer);
    RUN(service_steps);
    RUN(service_steps_and_defers);
    RUN(service_closes_while_it_receives);
    RUN(service_by_parts);
    RUN(service_without_room);
    TESTS_END;
}
