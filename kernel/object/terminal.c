/*
 * TerminalSession (kernel.capnp): the second serial port, a line or some bytes at a time, for one
 * holder.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/terminal.h"

#include "abi/kernel.capnp.h"
#include "arch/arch.h"
#include "diag/panic.h"
#include "lib/byte_queue.h"
#include "lib/message_bytes.h"
#include "log/log.h"
#include "object/forwarder.h"
#include "object/line_editor.h"
#include "object/terminal_output.h"
#include "object/terminal_writes.h"
#include "process/process.h"
#include "ring/call.h"
#include "ring/invocation.h"
#include "sched/timer.h"
#include "session/session.h"

/* The time between steps while there is more. */
#define STEP_TIME_NS 1000000

#define INPUT_LEN 256

static bool is_present;
static const struct process *holder; /* NULL: none */
static struct object *way;   /* the forwarder through which it reads, referred to; NULL: none */
static struct call *reading; /* the holder's; NULL: none */
static bool is_raw;          /* what it reads, or read last, is bytes: none has a meaning */
static uint32_t raw_max;     /* bytes that it wants at most */
static struct line_editor editor = {.echo = terminal_show};

static uint8_t input_bytes[INPUT_LEN];
static struct byte_queue input = BYTE_QUEUE(input_bytes);
static struct timer next_step;

/* --- Steps --- */

static void step(struct timer *timer);

static void step_later(void)
{
    if (!next_step.cpu)
        timer_set(&next_step, arch_time_ns() + STEP_TIME_NS, step);
}

/* A part of the output. */
static void pump(void)
{
    terminal_send();
    terminal_writes_admit();
    if (terminal_has_output() || terminal_writes_wait())
        step_later();
}

/* --- Input, as bytes --- */

/* With what is there. */
static void finish_raw(void)
{
    struct call *call = reading;
    struct capnp_builder results;
    uint8_t bytes[INPUT_LEN];
    uint32_t n = 0;

    while (n < raw_max && byte_queue_pop(&input, &bytes[n]))
        n++;
    call_results(call, &results);
    terminal_read_results_set_bytes(terminal_read_results_init_root(&results),
                                    capnp_data(bytes, n));
    reading = NULL;
    call_finish(call, &results);
}

static bool has_raw(void)
{
    return reading && is_raw && byte_queue_used(&input);
}

/* --- Input, as a line --- */

/* The line is in the results before it is forgotten. */
static void finish_line(enum terminal_outcome outcome)
{
    struct call *call = reading;
    struct capnp_builder results;
    struct terminal_read_line_results_builder line;

    call_results(call, &results);
    line = terminal_read_line_results_init_root(&results);
    terminal_read_line_results_set_outcome(line, outcome);
    terminal_read_line_results_set_line(line, data_of_bytes(line_editor_line(&editor)));
    line_editor_end(&editor);
    reading = NULL;
    call_finish(call, &results);
}

static bool is_editing(void)
{
    return reading && !is_raw;
}

static void edit(uint8_t byte)
{
    enum line_event event = line_editor_take(&editor, byte);

    if (event != LINE_GOES_ON)
        finish_line(event == LINE_ENDS ? TERMINAL_OUTCOME_LINE : TERMINAL_OUTCOME_CANCELLED);
}

/* --- The holder --- */

static void cancel_read(void)
{
    if (is_editing())
        finish_line(TERMINAL_OUTCOME_CANCELLED);
    else if (reading)
        finish_raw();
}

static void take_way(struct object *forwarder)
{
    struct object *old = way;

    if (forwarder)
        object_get(forwarder);
    way = forwarder;
    if (old)
        object_put(old);
}

static void let_go(void)
{
    holder = NULL;
    is_raw = false;
    take_way(NULL);
}

struct object *terminal_way(void)
{
    return way;
}

/* Nothing more is typed for one whose capability has been revoked, and it keeps nobody out. */
static void look_at_holder(void)
{
    if (way && forwarder_is_cut(way)) {
        cancel_read();
        let_go();
    }
}

/* --- Input --- */

/* Not shown until somebody reads it: it may be a password. */
static void keep(uint8_t byte)
{
    if (byte == LINE_CANCEL && !is_raw)
        byte_queue_clear(&input);
    else if (!byte_queue_push(&input, byte))
        terminal_show(&(char){LINE_BELL}, 1);
}

/* Whether all that the next byte may show has room: at most, each character of the line is rubbed
 * out. */
static bool has_echo_room(void)
{
    size_t most = is_editing() ? LINE_ECHO_MAX(line_editor_line(&editor).len) : 1;

    return terminal_can_show(most);
}

static void edit_kept(void)
{
    uint8_t byte;

    while (is_editing() && has_echo_room() && byte_queue_pop(&input, &byte))
        edit(byte);
}

/* A part of the input, what was kept first. False: there may be more. */
static bool take_input(void)
{
    uint8_t byte;

    edit_kept();
    for (unsigned i = 0; i < TERMINAL_STEP; i++) {
        if (!has_echo_room())
            return false;
        if (!arch_terminal_read(&byte))
            return true;
        if (is_editing())
            edit(byte);
        else
            keep(byte);
    }
    return false;
}

static void step(struct timer *timer)
{
    bool all;

    (void)timer;
    look_at_holder();
    all = take_input();
    if (has_raw())
        finish_raw();
    arch_terminal_listen(all);
    if (!all)
        step_later();
    pump();
}

void terminal_input(void)
{
    if (is_present)
        step(&next_step);
}

/* --- Methods --- */

static err_t check_caller(const struct invocation *invocation)
{
    if (!is_present)
        return ERR_NOT_FOUND;
    look_at_holder();
    return holder && holder != invocation->process ? ERR_IN_USE : ERR_OK;
}

static void withdraw_read(struct call *call)
{
    kernel_assert(call == reading);
    if (is_editing())
        line_editor_end(&editor);
    reading = NULL;
    pump();
}

static const struct call_kind reads = {withdraw_read};

/* Of up to MAX bytes, besides WORDS of results. */
static err_t check_read(const struct invocation *invocation, uint32_t max, uint32_t words)
{
    err_t error = check_caller(invocation);

    if (error)
        return error;
    if (max == 0 || max > LINE_LEN_MAX)
        return ERR_BAD_ARGUMENT;
    if (!invocation_has_room(invocation, words, max))
        return ERR_NO_ROOM;
    return reading ? ERR_IN_USE : ERR_OK;
}

static err_t begin_read(struct invocation *invocation, bool raw)
{
    struct call *call;
    err_t error = invocation_begin(invocation, &reads, invocation->submission->deadline, &call);

    if (error)
        return error;
    holder = invocation->process;
    reading = call;
    is_raw = raw;
    take_way(call->via);
    return ERR_OK;
}

static err_t read_line(struct invocation *invocation)
{
    struct terminal_read_line_params_reader params =
        terminal_read_line_params_root(&invocation->params);
    uint32_t max = terminal_read_line_params_max_len(params);
    enum terminal_echo shown = terminal_read_line_params_echo(params);
    err_t error = check_read(invocation, max, RESULT_WORDS(TERMINAL_READ_LINE));

    if (!error && shown >= TERMINAL_ECHO_COUNT)
        error = ERR_BAD_ARGUMENT;
    if (!error)
        error = begin_read(invocation, false);
    if (error)
        return error;
    line_editor_begin(&editor, max, shown == TERMINAL_ECHO_VISIBLE);
    edit_kept();
    pump();
    return ERR_OK;
}

static err_t read(struct invocation *invocation)
{
    uint32_t max = terminal_read_params_max_len(terminal_read_params_root(&invocation->params));
    err_t error = check_read(invocation, max, RESULT_WORDS(TERMINAL_READ));

    if (!error)
        error = begin_read(invocation, true);
    if (error)
        return error;
    raw_max = max;
    if (has_raw())
        finish_raw();
    return ERR_OK;
}

static err_t write(struct invocation *invocation)
{
    struct terminal_write_params_reader params = terminal_write_params_root(&invocation->params);
    struct bytes bytes = bytes_of_data(terminal_write_params_bytes(params));
    err_t error = check_caller(invocation);

    if (!error)
        error = capnp_error(&invocation->params);
    if (!error && bytes.len > TERMINAL_WRITE_MAX)
        error = ERR_BAD_LENGTH;
    if (error)
        return error;
    error = terminal_writes_take(invocation, bytes);
    pump();
    return error;
}

static err_t close(struct invocation *invocation)
{
    err_t error = check_caller(invocation);

    if (error)
        return error;
    cancel_read();
    let_go();
    terminal_close_results_init_root(&invocation->results);
    pump();
    return ERR_OK;
}

static const struct method methods[TERMINAL_METHODS] = {
    [TERMINAL_READ_LINE] = {read_line, RESULT_WORDS(TERMINAL_READ_LINE), 0},
    [TERMINAL_WRITE] = {write, RESULT_WORDS(TERMINAL_WRITE), 0},
    [TERMINAL_CLOSE] = {close, RESULT_WORDS(TERMINAL_CLOSE), 0},
    [TERMINAL_READ] = {read, RESULT_WORDS(TERMINAL_READ), 0},
};

static const struct object_type type = {
    .name = "terminal",
    .interface_id = INTERFACE_TERMINAL,
    .methods = methods,
    .n_methods = TERMINAL_METHODS,
    .session_bound = true,
};

struct object terminal = {.type = &type, .refs = 1};

/* --- Life --- */

void terminal_init(void)
{
    err_t error = arch_terminal_init();

    is_present = !error;
    if (is_present)
        kernel_log("terminal: on the second serial port");
    else if (error != ERR_NOT_FOUND)
        kernel_log("terminal: %s", err_sentence(error));
}

void terminal_process_ended(const struct process *process)
{
    if (holder == process)
        let_go();
}

void terminal_session_ended(const struct session *session)
{
    if (!holder || holder->session != session)
        return;
    cancel_read();
    let_go();
    pump();
}

void terminal_drain(void)
{
    while (is_present && terminal_has_output())
        terminal_send();
    arch_terminal_drain();
}
