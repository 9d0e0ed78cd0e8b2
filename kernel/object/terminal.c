/*
 * TerminalSession (kernel.capnp): the second serial port, one line at a time, for one holder.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/terminal.h"

#include "abi/interfaces.h"
#include "arch/arch.h"
#include "diag/panic.h"
#include "lib/byte_queue.h"
#include "log/log.h"
#include "object/line_editor.h"
#include "ring/call.h"
#include "ring/invocation.h"
#include "ring/ring.h"
#include "sched/thread.h"
#include "sched/timer.h"

/*
 * Bytes that one step takes and sends, at most, and the time between steps while there is more. The port does not say
 * when it takes more: one that is faster than its real self would interrupt on and on, and its processor would do
 * nothing else. A real one takes a FIFO of 16 bytes in 1.4 ms.
 */
#define STEP         64
#define STEP_TIME_NS 1000000

#define INPUT_LEN     256
#define OUTPUT_LEN    4096
#define WRITE_LEN_MAX 4000

/* TerminalSession.Echo and .Outcome, with their values. */
enum echo { ECHO_VISIBLE, ECHO_HIDDEN, ECHOES };
enum outcome { OUTCOME_LINE, OUTCOME_CANCELLED };

/* A result of readLine: the root's pointer, its data and its pointer. The line follows. */
#define READ_LINE_WORDS 3

static void echo(const char *bytes, size_t len);

static bool is_present;
static const struct process *holder; /* NULL: none */
static struct call *reading;         /* the holder's; NULL: none */
static struct list writing = LIST_HEAD(writing);
static struct line_editor editor = {.echo = echo};

static uint8_t input_bytes[INPUT_LEN], output_bytes[OUTPUT_LEN];
static struct byte_queue input = BYTE_QUEUE(input_bytes);
static struct byte_queue output = BYTE_QUEUE(output_bytes);
static bool owes_line_feed; /* its carriage return has been sent */
static struct timer next_step;

/* --- Output --- */

/* All or nothing. Only the end of a line that somebody has cancelled may find no room: see has_echo_room(). */
static void echo(const char *bytes, size_t len)
{
    if (len > output.size - byte_queue_used(&output))
        return;
    for (size_t i = 0; i < len; i++)
        byte_queue_push(&output, (uint8_t)bytes[i]);
}

static bool has_output(void)
{
    return owes_line_feed || byte_queue_used(&output);
}

/* The next byte for the port. A line feed goes out as carriage return and line feed. */
static bool next_output(uint8_t *byte)
{
    if (owes_line_feed) {
        owes_line_feed = false;
        *byte = '\n';
        return true;
    }
    if (!byte_queue_pop(&output, byte))
        return false;
    if (*byte == '\n') {
        owes_line_feed = true;
        *byte = '\r';
    }
    return true;
}

/* What fits into the port now. Returns how much. */
static size_t send_part(size_t max)
{
    uint8_t part[STEP];
    size_t room = arch_terminal_room(), n = 0;

    while (n < room && n < max && next_output(&part[n]))
        n++;
    arch_terminal_write(part, n);
    return n;
}

static void send(void)
{
    size_t left = STEP, n;

    do {
        n = send_part(left);
        left -= n;
    } while (n && left);
}

/* Whether a write of LEN bytes fits; then they are BYTES. */
static bool put(const uint8_t *bytes, uint32_t len)
{
    uint32_t used = byte_queue_used(&output);

    if (used > WRITE_LEN_MAX || len > WRITE_LEN_MAX - used)
        return false;
    for (uint32_t i = 0; i < len; i++)
        byte_queue_push(&output, bytes[i]);
    return true;
}

static void finish_write(struct call *call)
{
    struct builder builder = call_results(call);

    builder_root(&builder, 0, 0);
    call_finish(call, &builder);
}

/* Lets the first of the writes in that wait, if it fits by now. Its bytes are whatever the thread has made of them. */
static void admit_write(void)
{
    struct list *first = list_first(&writing);

    if (!first)
        return;

    struct call *call = LIST_ENTRY(first, struct call, in_queue);
    uint32_t len = call->message.params_len;
    const uint8_t *bytes = ring_arena(&call->thread->ring, call->message.params, (len + 7) & ~7u);

    if (!put(bytes, len))
        return;
    list_remove(first);
    finish_write(call);
}

static void step(struct timer *timer);

static void step_later(void)
{
    if (!next_step.cpu)
        timer_set(&next_step, arch_time_ns() + STEP_TIME_NS, step);
}

/* A part of the output. */
static void pump(void)
{
    send();
    admit_write();
    if (has_output() || !list_empty(&writing))
        step_later();
}

/* --- Input --- */

/* The line is in the results before it is forgotten. */
static void finish_read(enum outcome outcome)
{
    struct call *call = reading;
    struct builder builder = call_results(call);
    struct builder_struct results = builder_root(&builder, 1, 1);

    builder_u16(&results, 0, (uint16_t)outcome);
    builder_data(&results, 0, line_editor_line(&editor));
    line_editor_end(&editor);
    reading = NULL;
    call_finish(call, &builder);
}

static void edit(uint8_t byte)
{
    enum line_event event = line_editor_take(&editor, byte);

    if (event != LINE_GOES_ON)
        finish_read(event == LINE_ENDS ? OUTCOME_LINE : OUTCOME_CANCELLED);
}

/* Not shown until somebody reads it: it may be a password. */
static void keep(uint8_t byte)
{
    if (byte == LINE_CANCEL)
        byte_queue_clear(&input);
    else if (!byte_queue_push(&input, byte))
        echo(&(char){LINE_BELL}, 1);
}

/* Whether all that the next byte may show has room: at most, each character of the line is rubbed out. */
static bool has_echo_room(void)
{
    size_t most = reading ? LINE_ECHO_MAX(line_editor_line(&editor).len) : 1;

    return byte_queue_used(&output) + most <= output.size;
}

static void edit_kept(void)
{
    uint8_t byte;

    while (reading && has_echo_room() && byte_queue_pop(&input, &byte))
        edit(byte);
}

/* A part of the input, what was kept first. False: there may be more. */
static bool take_input(void)
{
    uint8_t byte;

    edit_kept();
    for (unsigned i = 0; i < STEP; i++) {
        if (!has_echo_room())
            return false;
        if (!arch_terminal_read(&byte))
            return true;
        if (reading)
            edit(byte);
        else
            keep(byte);
    }
    return false;
}

static void step(struct timer *timer)
{
    bool all = take_input();

    (void)timer;
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
    return holder && holder != invocation->process ? ERR_IN_USE : ERR_OK;
}

static void withdraw_read(struct call *call)
{
    kernel_assert(call == reading);
    reading = NULL;
    line_editor_end(&editor);
    pump();
}

static const struct call_kind reads = {withdraw_read};

static err_t check_read(const struct invocation *invocation, uint32_t max, uint16_t shown)
{
    err_t error = check_caller(invocation);

    if (error)
        return error;
    if (max == 0 || max > LINE_LEN_MAX || shown >= ECHOES)
        return ERR_BAD_ARGUMENT;
    if ((READ_LINE_WORDS + (max + 7) / 8) * 8 > invocation->submission->result_len)
        return ERR_NO_ROOM;
    return reading ? ERR_IN_USE : ERR_OK;
}

/* (maxLen :UInt32, echo :Echo) -> (outcome :Outcome, line :Data) */
static err_t read_line(struct invocation *invocation)
{
    uint32_t max = message_u32(&invocation->params, 0);
    uint16_t shown = message_u16(&invocation->params, 4);
    struct call *call;
    err_t error = check_read(invocation, max, shown);

    if (!error)
        error = invocation_begin(invocation, &reads, invocation->submission->deadline, &call);
    if (error)
        return error;
    holder = invocation->process;
    reading = call;
    line_editor_begin(&editor, max, shown == ECHO_VISIBLE);
    edit_kept();
    pump();
    return ERR_OK;
}

static void withdraw_write(struct call *call)
{
    list_remove(&call->in_queue);
}

static const struct call_kind writes = {withdraw_write};

/* The bytes stay in the caller's arena, where only they and their length are needed. */
static err_t begin_write(struct invocation *invocation, struct bytes bytes)
{
    const uint8_t *message = (const uint8_t *)invocation->message.words;
    uint32_t offset = bytes.len ? (uint32_t)(bytes.at - message) : 0; /* none are anywhere */
    struct call *call;
    err_t error = invocation_begin(invocation, &writes, invocation->submission->deadline, &call);

    if (error)
        return error;
    call->message.params = invocation->submission->params + offset;
    call->message.params_len = (uint32_t)bytes.len;
    list_insert(&writing, &call->in_queue);
    return ERR_OK;
}

/* (bytes :Data) -> () */
static err_t write(struct invocation *invocation)
{
    struct bytes bytes;
    err_t error = check_caller(invocation);

    if (!error)
        error = message_data(&invocation->params, 0, &bytes);
    if (!error && bytes.len > WRITE_LEN_MAX)
        error = ERR_BAD_LENGTH;
    if (error)
        return error;
    if (list_empty(&writing) && put(bytes.at, (uint32_t)bytes.len))
        invocation_results(invocation, 0, 0);
    else
        error = begin_write(invocation, bytes);
    pump();
    return error;
}

/* () -> () */
static err_t close(struct invocation *invocation)
{
    err_t error = check_caller(invocation);

    if (error)
        return error;
    if (reading)
        finish_read(OUTCOME_CANCELLED);
    holder = NULL;
    invocation_results(invocation, 0, 0);
    pump();
    return ERR_OK;
}

static const struct method methods[TERMINAL_SESSION_METHODS] = {
    [TERMINAL_SESSION_READ_LINE] = {read_line, READ_LINE_WORDS, 0},
    [TERMINAL_SESSION_WRITE] = {write, 1, 0},
    [TERMINAL_SESSION_CLOSE] = {close, 1, 0},
};

static const struct object_type type = {
    .name = "terminal",
    .interface_id = INTERFACE_TERMINAL_SESSION,
    .methods = methods,
    .n_methods = TERMINAL_SESSION_METHODS,
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
        holder = NULL;
}

void terminal_drain(void)
{
    while (is_present && has_output())
        send();
    arch_terminal_drain();
}
