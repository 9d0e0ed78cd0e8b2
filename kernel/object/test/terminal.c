/*
 * Tests object/terminal.c, with a port, calls and rings of the test's own.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/terminal.h"

#include <stdlib.h>

#include "abi/kernel.capnp.h"
#include "process/process.h"
#include "ring/call.h"
#include "ring/invocation.h"
#include "ring/ring.h"
#include "sched/thread.h"
#include "session/session.h"

#include "test/check.h"
#include "test/fake_arch.h"
#include "test/fake_terminal.h"

#define ARENA_WORDS 1024 /* a page for parameters, one for results */
#define RESULT      4096
#define CALLS_MAX   300
#define STEPS_MAX   1000

/* A thread whose arena has one place for each operation that may be in flight. */
struct caller {
    struct process process;
    struct session session;
    struct thread thread;
    uint64_t arena[CALLS_MAX][ARENA_WORDS];
};

/* An operation and how it ended. */
struct operation {
    struct call call;
    struct ring_submission submission;
    bool is_begun, is_done;
    err_t failed;
    uint64_t result[ARENA_WORDS / 2];
    uint32_t result_len;
};

static struct caller one, two;
static struct operation operations[CALLS_MAX];
static unsigned n_operations;
static unsigned n_done;

/* --- What the terminal calls --- */

err_t invocation_begin(struct invocation *invocation, const struct call_kind *kind,
                       uint64_t deadline, struct call **out)
{
    struct operation *operation = &operations[n_operations - 1];

    (void)deadline;
    operation->call = (struct call){.thread = invocation->thread,
                                    .via = invocation->thread->via,
                                    .kind = kind,
                                    .result = invocation->submission->result,
                                    .result_len = invocation->submission->result_len};
    operation->is_begun = invocation->pending = true;
    *out = &operation->call;
    return ERR_OK;
}

static struct timer *set_timer;

void timer_set(struct timer *timer, uint64_t deadline, void (*fire)(struct timer *timer))
{
    (void)deadline;
    timer->cpu = (struct cpu *)1;
    timer->fire = fire;
    set_timer = timer;
}

uint64_t arch_time_ns(void)
{
    return 0;
}

/* Of each capability that was derived. */
static struct object forwarder = {.refs = 1};
static bool is_cut;

err_t forwarder_follow(struct object **object)
{
    return is_cut && *object == &forwarder ? ERR_REVOKED : ERR_OK;
}

void object_end(struct object *object)
{
    (void)object;
    abort();
}

err_t call_verdict(const struct call *call)
{
    if (call_is_revoked(call))
        return ERR_REVOKED;
    return call->thread->process->session->live ? ERR_OK : ERR_STALE_SESSION;
}

void call_results(struct call *call, struct capnp_builder *results)
{
    capnp_build(results, ring_arena(&call->thread->ring, call->result, call->result_len),
                call->result_len);
}

void call_fail(struct call *call, err_t error)
{
    LIST_ENTRY(call, struct operation, call)->failed = error;
}

static void finish(struct operation *operation, const struct capnp_builder *results)
{
    if (results->full)
        return;
    operation->result_len = (uint32_t)capnp_built_len(results);
    memcpy(operation->result, results->words, operation->result_len);
    operation->is_done = true;
    n_done++;
}

void call_finish(struct call *call, const struct capnp_builder *results)
{
    err_t error = call_verdict(call);

    if (error)
        call_fail(call, error);
    else
        finish(LIST_ENTRY(call, struct operation, call), results);
}

/* --- What calls the terminal --- */

static struct capnp_builder params;

/* Calls METHOD with what was built in the arena's place for this operation. */
static err_t call(struct caller *caller, uint16_t method, uint32_t result_len)
{
    static uint64_t copy[ARENA_WORDS];
    uint32_t params_len = (uint32_t)capnp_built_len(&params);
    uint32_t place = (n_operations - 1) * sizeof(caller->arena[0]);
    struct operation *operation = &operations[n_operations - 1];
    struct invocation invocation = {.thread = &caller->thread,
                                    .process = &caller->process,
                                    .submission = &operation->submission,
                                    .object = &terminal};
    err_t error;

    if (params.full)
        return ERR_BAD_ARENA;
    operation->submission = (struct ring_submission){.params = place,
                                                     .params_len = params_len,
                                                     .result = place + RESULT,
                                                     .result_len = result_len};
    memcpy(copy, caller->arena[n_operations - 1], params_len);
    capnp_open(&invocation.params, copy, params_len);
    capnp_build(&invocation.results, ring_arena(&caller->thread.ring, place + RESULT, result_len),
                result_len);
    error = terminal.type->methods[method].invoke(&invocation);
    if (!error && !invocation.pending)
        finish(operation, &invocation.results);
    return error;
}

/* Begins an operation, and its parameters. */
static struct capnp_builder *begin(struct caller *caller)
{
    operations[n_operations] = (struct operation){.is_begun = false};
    capnp_build(&params, caller->arena[n_operations++], RESULT);
    return &params;
}

static err_t read_line(struct caller *caller, uint32_t max, uint16_t echo, uint32_t result_len)
{
    struct terminal_read_line_params_builder root =
        terminal_read_line_params_init_root(begin(caller));

    terminal_read_line_params_set_max_len(root, max);
    terminal_read_line_params_set_echo(root, (enum terminal_echo)echo);
    return call(caller, TERMINAL_READ_LINE, result_len);
}

static err_t read_bytes(struct caller *caller, uint32_t max, uint32_t result_len)
{
    terminal_read_params_set_max_len(terminal_read_params_init_root(begin(caller)), max);
    return call(caller, TERMINAL_READ, result_len);
}

static err_t write_bytes(struct caller *caller, const void *bytes, size_t bytes_len)
{
    terminal_write_params_set_bytes(terminal_write_params_init_root(begin(caller)),
                                    capnp_data(bytes, (uint32_t)bytes_len));
    return call(caller, TERMINAL_WRITE, 8);
}

static err_t write_text(struct caller *caller, const char *text)
{
    return write_bytes(caller, text, strlen(text));
}

static err_t close_terminal(struct caller *caller)
{
    begin(caller);
    return call(caller, TERMINAL_CLOSE, 8);
}

static struct operation *last(void)
{
    return &operations[n_operations - 1];
}

static void withdraw(struct operation *operation)
{
    operation->call.kind->withdraw(&operation->call);
}

static const char *string_of(struct capnp_data data)
{
    static char copy[1025];

    if (data.len >= sizeof(copy))
        return "too long";
    memcpy(copy, data.at, data.len);
    copy[data.len] = 0;
    return copy;
}

/* The line that a read came to, and how; "" and -1 when it goes on. */
static const char *line_of(struct operation *operation, int *outcome)
{
    struct capnp_message message;
    struct terminal_read_line_results_reader results;

    *outcome = -1;
    if (!operation->is_done)
        return "";
    capnp_open(&message, operation->result, operation->result_len);
    results = terminal_read_line_results_root(&message);
    *outcome = (int)terminal_read_line_results_outcome(results);
    return string_of(terminal_read_line_results_line(results));
}

/* What a read of bytes came to, as a string; "-" when it goes on. */
static const char *bytes_of(const struct operation *operation)
{
    struct capnp_message message;

    if (!operation->is_done)
        return "-";
    capnp_open(&message, operation->result, operation->result_len);
    return string_of(terminal_read_results_bytes(terminal_read_results_root(&message)));
}

static void fire(void)
{
    struct timer *timer = set_timer;

    set_timer = NULL;
    timer->cpu = NULL;
    timer->fire(timer);
}

/* All steps until nothing is left to do, or many. Returns how many. */
static unsigned serve(void)
{
    unsigned n = 0;

    for (; n < STEPS_MAX && (set_timer || fake_terminal_interrupts()); n++) {
        if (fake_terminal_interrupts())
            terminal_input();
        else
            fire();
    }
    return n;
}

static unsigned type(const char *text)
{
    fake_terminal_type(text, strlen(text));
    return serve();
}

static void start_caller(struct caller *caller)
{
    caller->session.live = true;
    caller->thread.via = NULL;
    caller->process.session = &caller->session;
    caller->thread.process = &caller->process;
    caller->thread.ring.arena = (uint8_t *)caller->arena;
    caller->thread.ring.arena_len = sizeof(caller->arena);
}

/* A terminal that nobody holds, with nothing typed and nothing sent. */
static void start(void)
{
    fake_terminal_start();
    terminal_process_ended(&one.process);
    terminal_process_ended(&two.process);
    terminal_init();
    terminal_drain();
    type("\x03");
    fake_terminal_start();
    start_caller(&one);
    start_caller(&two);
    n_operations = n_done = 0;
    is_cut = false;
}

/* --- Tests --- */

TEST(without_a_port_everything_is_refused)
{
    terminal_init();
    CHECK(read_line(&one, 8, 0, 64) == ERR_NOT_FOUND);
    CHECK(read_bytes(&one, 8, 64) == ERR_NOT_FOUND);
    CHECK(write_text(&one, "x") == ERR_NOT_FOUND);
    CHECK(close_terminal(&one) == ERR_NOT_FOUND);
    terminal_input();
    terminal_drain();
    PASS;
}

TEST(a_line_is_read_and_shown)
{
    int outcome;

    start();
    CHECK(write_text(&one, "name: ") == ERR_OK && last()->is_done);
    CHECK(read_line(&one, 8, 0, 64) == ERR_OK && !last()->is_done);
    type("ada\rmore");
    CHECK_STRING(line_of(last(), &outcome), "ada");
    CHECK(outcome == 0);
    CHECK_STRING(fake_terminal_sent(), "name: ada\r\n");
    PASS;
}

TEST(a_cancelled_line_keeps_what_was_typed)
{
    int outcome;

    start();
    read_line(&one, 8, 0, 64);
    type("ada\x03");
    CHECK_STRING(line_of(last(), &outcome), "ada");
    CHECK(outcome == 1);
    read_line(&one, 8, 0, 64);
    type("bob");
    CHECK(close_terminal(&one) == ERR_OK && last()->is_done);
    CHECK_STRING(line_of(&operations[n_operations - 2], &outcome), "bob");
    CHECK(outcome == 1);
    CHECK_STRING(fake_terminal_sent(), "ada\r\nbob\r\n");
    PASS;
}

TEST(a_password_is_never_shown)
{
    int outcome;

    start();
    type("early");
    read_line(&one, 16, 1, 64);
    type("bird\x7f\x7f\r");
    CHECK_STRING(line_of(last(), &outcome), "earlybi");
    CHECK_STRING(fake_terminal_sent(), "\r\n");
    PASS;
}

TEST(what_is_typed_early_waits_and_is_shown_late)
{
    int outcome;

    start();
    type("one\rtwo\rth");
    CHECK_STRING(fake_terminal_sent(), "");
    CHECK(read_line(&one, 8, 0, 64) == ERR_OK);
    CHECK_STRING(line_of(last(), &outcome), "one");
    CHECK(read_line(&one, 8, 0, 64) == ERR_OK);
    CHECK_STRING(line_of(last(), &outcome), "two");
    CHECK(read_line(&one, 8, 0, 64) == ERR_OK && !last()->is_done);
    serve();
    CHECK_STRING(fake_terminal_sent(), "one\r\ntwo\r\nth");
    withdraw(last());
    PASS;
}

TEST(what_is_typed_early_is_bounded)
{
    static char flood[10001];
    int outcome;

    start();
    memset(flood, 'x', 10000);
    CHECK(type(flood) >= 10000 / 64);
    CHECK(strlen(fake_terminal_sent()) == 10000 - 256);
    read_line(&one, 1000, 0, 2000);
    type("\r");
    CHECK(strlen(line_of(last(), &outcome)) == 256);
    type(flood);
    type("\x03y\r");
    read_line(&one, 1000, 0, 2000);
    CHECK_STRING(line_of(last(), &outcome), "y");
    PASS;
}

TEST(one_step_takes_and_sends_a_bounded_part)
{
    static char flood[1001];
    int outcome;

    start();
    memset(flood, 'x', 1000);
    read_line(&one, 1000, 0, 2000);
    fake_terminal_type(flood, 1000);
    terminal_input();
    CHECK(strlen(fake_terminal_sent()) == 64);
    CHECK(!fake_terminal_interrupts() && set_timer); /* the rest a little later */
    fire();
    CHECK(strlen(fake_terminal_sent()) == 64);
    close_terminal(&one);
    CHECK(strlen(line_of(&operations[0], &outcome)) == 128);
    serve();
    CHECK(!set_timer);
    PASS;
}

/* Nothing is shown, and so no output keeps the steps going. */
TEST(a_hidden_flood_comes_to_its_end)
{
    static char flood[1001];
    int outcome;

    start();
    memset(flood, 'x', 1000);
    flood[999] = '\r';
    read_line(&one, 64, 1, 2000);
    type(flood);
    CHECK(strlen(line_of(last(), &outcome)) == 64);
    CHECK(!set_timer);
    PASS;
}

TEST(others_are_refused_until_the_holder_closes_or_ends)
{
    int outcome;

    start();
    CHECK(write_text(&two, "") == ERR_OK);
    CHECK(read_line(&one, 8, 0, 64) == ERR_OK);
    CHECK(read_line(&two, 8, 0, 64) == ERR_IN_USE);
    CHECK(write_text(&two, "x") == ERR_IN_USE);
    CHECK(close_terminal(&two) == ERR_IN_USE);
    type("a\r");
    CHECK_STRING(line_of(&operations[1], &outcome), "a");
    CHECK(read_line(&two, 8, 0, 64) == ERR_IN_USE);
    terminal_process_ended(&two.process);
    CHECK(write_text(&two, "x") == ERR_IN_USE);
    n_operations = 0;
    CHECK(close_terminal(&one) == ERR_OK);
    CHECK(read_line(&two, 8, 0, 64) == ERR_OK);
    CHECK(write_text(&one, "x") == ERR_IN_USE);
    withdraw(&operations[1]);
    terminal_process_ended(&two.process);
    CHECK(write_text(&one, "x") == ERR_OK);
    PASS;
}

TEST(one_line_at_a_time)
{
    int outcome;

    start();
    CHECK(read_line(&one, 8, 0, 64) == ERR_OK);
    CHECK(read_line(&one, 8, 0, 64) == ERR_IN_USE);
    type("lost");
    withdraw(&operations[0]);
    CHECK(!operations[0].is_done);
    CHECK(read_line(&one, 8, 0, 64) == ERR_OK);
    type("found\n");
    CHECK_STRING(line_of(last(), &outcome), "found");
    CHECK_STRING(fake_terminal_sent(), "lost\r\nfound\r\n");
    PASS;
}

TEST(arguments_and_results_have_bounds)
{
    start();
    CHECK(read_line(&one, 0, 0, 64) == ERR_BAD_ARGUMENT);
    CHECK(read_line(&one, 1025, 0, 4096) == ERR_BAD_ARGUMENT);
    CHECK(read_line(&one, 8, 2, 64) == ERR_BAD_ARGUMENT);
    CHECK(read_line(&one, 9, 0, 32) == ERR_NO_ROOM);
    CHECK(write_text(&two, "x") == ERR_OK); /* a refused read holds nothing */
    CHECK(read_line(&one, 8, 0, 32) == ERR_OK);
    type("12345678\r");
    CHECK(last()->is_done);
    n_operations = 0;
    CHECK(read_line(&one, 1024, 0, 24 + 1024) == ERR_OK);
    withdraw(last());
    PASS;
}

/* Fills the output with dots, so that only echo has room. */
static bool fill(void)
{
    static char dots[4000];

    fake_terminal_has_room = false;
    memset(dots, '.', sizeof(dots));
    return write_bytes(&one, dots, sizeof(dots)) == ERR_OK && last()->is_done;
}

TEST(a_write_of_4000_bytes_fits_no_more)
{
    static char text[4001];

    start();
    memset(text, '\n', 4001);
    CHECK(write_bytes(&one, text, 4001) == ERR_BAD_LENGTH);
    CHECK(write_bytes(&one, text, 4000) == ERR_OK && last()->is_done);
    serve();
    const char *sent = fake_terminal_sent();
    CHECK(strlen(sent) == 8000);
    for (size_t i = 0; i < 8000; i += 2)
        CHECK(sent[i] == '\r' && sent[i + 1] == '\n');
    PASS;
}

TEST(bytes_outside_the_message_are_not_written)
{
    start();
    terminal_write_params_set_bytes(terminal_write_params_init_root(begin(&one)),
                                    capnp_data("inside", 6));
    one.arena[0][1] += 1ull << 40; /* 32 bytes longer than they are */
    CHECK(call(&one, TERMINAL_WRITE, 8) == ERR_BAD_MESSAGE);
    CHECK_STRING(fake_terminal_sent(), "");
    PASS;
}

TEST(writes_wait_in_order)
{
    start();
    CHECK(fill());
    CHECK(write_text(&one, "first ") == ERR_OK && !last()->is_done);
    CHECK(write_text(&one, "") == ERR_OK && !last()->is_done);
    CHECK(write_text(&one, "gone ") == ERR_OK && !last()->is_done);
    CHECK(write_text(&two, "last") == ERR_OK && !last()->is_done);
    CHECK(serve() == STEPS_MAX && n_done == 1);
    withdraw(&operations[3]);
    fake_terminal_has_room = true;
    serve();
    CHECK(n_done == 4 && !operations[3].is_done);
    CHECK_STRING(fake_terminal_sent() + 4000, "first last");
    PASS;
}

/* More than there are steps until all dots are gone. */
TEST(writes_of_nothing_wait_too_and_all_end)
{
    start();
    CHECK(fill());
    write_text(&one, ".");
    while (n_operations < CALLS_MAX)
        CHECK(write_text(&one, "") == ERR_OK && !last()->is_done);
    fake_terminal_has_room = true;
    serve();
    CHECK(n_done == CALLS_MAX);
    PASS;
}

TEST(waiting_bytes_are_the_threads)
{
    start();
    CHECK(fill());
    CHECK(write_text(&one, "before") == ERR_OK && !last()->is_done);
    memset(one.arena[1], 0xff, 16);
    memcpy(&one.arena[1][2], "behind", 6);
    fake_terminal_has_room = true;
    serve();
    CHECK(last()->is_done);
    CHECK_STRING(fake_terminal_sent() + 4000, "behind");
    PASS;
}

/* While the port takes nothing: no byte typed and no echo is lost. */
TEST(input_waits_for_room_for_its_echo)
{
    static char flood[501];
    int outcome;

    start();
    CHECK(fill());
    read_line(&one, 1000, 0, 2000);
    memset(flood, 'e', 500);
    CHECK(type(flood) == STEPS_MAX && !fake_terminal_interrupts());
    fake_terminal_has_room = true;
    serve();
    CHECK(strlen(fake_terminal_sent()) == 4500);
    type("\x15\r");
    CHECK(strlen(fake_terminal_sent()) == 500 * 3 + 2);
    CHECK_STRING(line_of(last(), &outcome), "");
    CHECK(outcome == 0);
    PASS;
}

/* A whole line can be rubbed out at once, three bytes for each of it. */
TEST(rubbing_out_waits_for_room_for_all_of_it)
{
    static char line[501];

    start();
    read_line(&one, 1000, 0, 2000);
    memset(line, 'l', 500);
    type(line);
    fake_terminal_sent();
    CHECK(fill());
    CHECK(type("\x15") == STEPS_MAX);
    fake_terminal_has_room = true;
    serve();
    CHECK(strlen(fake_terminal_sent()) == 4000 + 500 * 3);
    withdraw(&operations[0]);
    PASS;
}

/* Of what was typed early, too. */
TEST(kept_input_waits_for_room_for_its_echo)
{
    static char flood[201];
    int outcome;

    start();
    memset(flood, 'k', 200);
    type(flood);
    CHECK(fill());
    read_line(&one, 1000, 0, 2000);
    type("\r");
    CHECK(!last()->is_done);
    fake_terminal_has_room = true;
    serve();
    CHECK(strlen(fake_terminal_sent()) == 4202);
    CHECK(strlen(line_of(last(), &outcome)) == 200);
    PASS;
}

/* --- Reads of bytes --- */

TEST(bytes_come_as_typed_and_are_not_shown)
{
    start();
    CHECK(read_bytes(&one, 64, 80) == ERR_OK);
    CHECK_STRING(bytes_of(last()), "-");
    type("a\x7f\x1b[A\r\n\x03\x04\x15");
    CHECK_STRING(bytes_of(last()), "a\x7f\x1b[A\r\n\x03\x04\x15");
    CHECK_STRING(fake_terminal_sent(), "");
    PASS;
}

TEST(a_read_of_bytes_takes_what_is_there_and_no_more_than_it_wants)
{
    start();
    type("ahead");
    CHECK(read_bytes(&one, 3, 24) == ERR_OK);
    CHECK_STRING(bytes_of(last()), "ahe");
    CHECK(read_bytes(&one, 3, 24) == ERR_OK);
    CHECK_STRING(bytes_of(last()), "ad");
    CHECK(read_bytes(&one, 3, 24) == ERR_OK);
    CHECK_STRING(bytes_of(last()), "-");
    type("four");
    CHECK_STRING(bytes_of(last()), "fou");
    CHECK(read_bytes(&one, 3, 24) == ERR_OK);
    CHECK_STRING(bytes_of(last()), "r");
    PASS;
}

TEST(between_reads_of_bytes_ctrl_c_is_a_byte)
{
    int outcome;

    start();
    read_bytes(&one, 8, 24);
    type("x");
    type("ab\x03"
         "c");
    CHECK(read_bytes(&one, 8, 24) == ERR_OK);
    CHECK_STRING(bytes_of(last()), "ab\x03"
                                   "c");
    type("half\x03");
    read_line(&one, 8, 0, 64);
    CHECK_STRING(line_of(last(), &outcome), "half");
    CHECK(outcome == 1);
    type("gone\x03");
    read_bytes(&one, 8, 24);
    CHECK_STRING(bytes_of(last()), "-");
    withdraw(last());
    PASS;
}

TEST(closing_or_ending_gives_ctrl_c_its_meaning_back)
{
    start();
    read_bytes(&one, 8, 24);
    CHECK(close_terminal(&one) == ERR_OK);
    CHECK_STRING(bytes_of(&operations[0]), "");
    type("gone\x03");
    read_bytes(&one, 8, 24);
    CHECK_STRING(bytes_of(last()), "-");
    withdraw(last());
    terminal_process_ended(&one.process);
    type("gone\x03");
    read_bytes(&two, 8, 24);
    CHECK_STRING(bytes_of(last()), "-");
    withdraw(last());
    PASS;
}

TEST(bytes_typed_early_are_bounded)
{
    static char flood[1001];

    start();
    read_bytes(&one, 1, 24);
    type("x");
    memset(flood, 'x', 1000);
    type(flood);
    CHECK(strlen(fake_terminal_sent()) == 1000 - 256);
    CHECK(read_bytes(&one, 1024, 16 + 1024) == ERR_OK);
    CHECK(strlen(bytes_of(last())) == 256);
    PASS;
}

TEST(reads_of_bytes_have_the_same_holder_and_bounds)
{
    start();
    CHECK(read_bytes(&one, 0, 64) == ERR_BAD_ARGUMENT);
    CHECK(read_bytes(&one, 1025, 4096) == ERR_BAD_ARGUMENT);
    CHECK(read_bytes(&one, 9, 24) == ERR_NO_ROOM);
    CHECK(write_text(&two, "x") == ERR_OK); /* a refused read holds nothing */
    CHECK(read_bytes(&one, 8, 24) == ERR_OK);
    CHECK(read_bytes(&one, 8, 24) == ERR_IN_USE);
    CHECK(read_line(&one, 8, 0, 64) == ERR_IN_USE);
    CHECK(read_bytes(&two, 8, 24) == ERR_IN_USE);
    CHECK(write_text(&two, "x") == ERR_IN_USE);
    withdraw(&operations[4]);
    CHECK(read_line(&one, 8, 0, 64) == ERR_OK);
    CHECK(read_bytes(&one, 8, 24) == ERR_IN_USE);
    withdraw(&operations[9]);
    PASS;
}

/* Nobody is kept out by someone who can do nothing any more. */
TEST(the_end_of_its_session_takes_the_terminal_from_its_holder)
{
    int outcome;

    start();
    read_line(&one, 8, 1, 64);
    type("sec");
    one.session.live = false;
    terminal_session_ended(&two.session);
    CHECK(operations[0].failed == ERR_OK);
    terminal_session_ended(&one.session);
    CHECK(operations[0].failed == ERR_STALE_SESSION && !operations[0].is_done);
    type("m");
    CHECK(read_line(&two, 8, 0, 64) == ERR_OK);
    type("e\r");
    CHECK_STRING(line_of(last(), &outcome), "me");
    CHECK_STRING(fake_terminal_sent(), "\r\nme\r\n");
    PASS;
}

TEST(the_end_of_its_session_ends_a_read_of_bytes)
{
    start();
    read_bytes(&one, 8, 64);
    one.session.live = false;
    terminal_session_ended(&one.session);
    CHECK(operations[0].failed == ERR_STALE_SESSION && !operations[0].is_done);
    CHECK(read_bytes(&two, 8, 64) == ERR_OK && !last()->is_done);
    type("yours");
    CHECK_STRING(bytes_of(last()), "yours");
    PASS;
}

/* What was typed for it is forgotten, what comes then is for the next. */
TEST(a_revoked_terminal_is_taken_from_its_holder)
{
    int outcome;

    start();
    one.thread.via = &forwarder;
    CHECK(read_line(&one, 8, 1, 64) == ERR_OK && forwarder.refs == 2);
    type("sec");
    CHECK(read_line(&two, 8, 0, 64) == ERR_IN_USE);
    is_cut = true;
    type("me\r");
    CHECK(operations[0].failed == ERR_REVOKED && !operations[0].is_done && forwarder.refs == 1);
    CHECK(read_line(&two, 8, 0, 64) == ERR_OK);
    CHECK_STRING(line_of(last(), &outcome), "me");
    PASS;
}

TEST(a_revoked_terminal_keeps_nobody_out)
{
    start();
    one.thread.via = &forwarder;
    CHECK(read_bytes(&one, 8, 64) == ERR_OK);
    type("x");
    CHECK_STRING(bytes_of(last()), "x");
    CHECK(read_bytes(&two, 8, 64) == ERR_IN_USE && forwarder.refs == 2);
    is_cut = true;
    CHECK(read_bytes(&two, 8, 64) == ERR_OK && !last()->is_done && forwarder.refs == 1);
    one.thread.via = NULL;
    CHECK(read_bytes(&one, 8, 64) == ERR_IN_USE);
    PASS;
}

TEST(another_way_to_the_terminal_is_not_revoked)
{
    start();
    one.thread.via = &forwarder;
    CHECK(read_bytes(&one, 8, 64) == ERR_OK);
    type("x");
    one.thread.via = NULL;
    CHECK(read_bytes(&one, 8, 64) == ERR_OK && forwarder.refs == 1);
    is_cut = true;
    type("y");
    CHECK_STRING(bytes_of(last()), "y");
    CHECK(read_bytes(&two, 8, 64) == ERR_IN_USE);
    PASS;
}

/* It leaves the line of those who wait, who follow. */
TEST(an_ended_session_shows_nothing_more)
{
    static char much[4000];
    const char *sent;

    start();
    memset(much, 'm', sizeof(much));
    CHECK(write_bytes(&two, much, sizeof(much)) == ERR_OK);
    CHECK(write_text(&one, "late") == ERR_OK && write_bytes(&one, much, sizeof(much)) == ERR_OK);
    CHECK(write_text(&one, "LATE") == ERR_OK && !last()->is_done);
    CHECK(write_text(&two, "other") == ERR_OK && !last()->is_done);
    one.session.live = false;
    serve();
    CHECK(operations[3].failed == ERR_STALE_SESSION && last()->is_done);
    sent = fake_terminal_sent();
    CHECK(strstr(sent, "late") && !strstr(sent, "LATE") && strstr(sent, "other"));
    PASS;
}

int main(void)
{
    RUN(without_a_port_everything_is_refused);
    RUN(a_line_is_read_and_shown);
    RUN(a_cancelled_line_keeps_what_was_typed);
    RUN(a_password_is_never_shown);
    RUN(what_is_typed_early_waits_and_is_shown_late);
    RUN(what_is_typed_early_is_bounded);
    RUN(one_step_takes_and_sends_a_bounded_part);
    RUN(a_hidden_flood_comes_to_its_end);
    RUN(others_are_refused_until_the_holder_closes_or_ends);
    RUN(one_line_at_a_time);
    RUN(arguments_and_results_have_bounds);
    RUN(a_write_of_4000_bytes_fits_no_more);
    RUN(bytes_outside_the_message_are_not_written);
    RUN(writes_wait_in_order);
    RUN(writes_of_nothing_wait_too_and_all_end);
    RUN(waiting_bytes_are_the_threads);
    RUN(input_waits_for_room_for_its_echo);
    RUN(rubbing_out_waits_for_room_for_all_of_it);
    RUN(kept_input_waits_for_room_for_its_echo);
    RUN(bytes_come_as_typed_and_are_not_shown);
    RUN(a_read_of_bytes_takes_what_is_there_and_no_more_than_it_wants);
    RUN(between_reads_of_bytes_ctrl_c_is_a_byte);
    RUN(closing_or_ending_gives_ctrl_c_its_meaning_back);
    RUN(bytes_typed_early_are_bounded);
    RUN(reads_of_bytes_have_the_same_holder_and_bounds);
    RUN(the_end_of_its_session_takes_the_terminal_from_its_holder);
    RUN(the_end_of_its_session_ends_a_read_of_bytes);
    RUN(a_revoked_terminal_is_taken_from_its_holder);
    RUN(a_revoked_terminal_keeps_nobody_out);
    RUN(another_way_to_the_terminal_is_not_revoked);
    RUN(an_ended_session_shows_nothing_more);
    TESTS_END;
}
