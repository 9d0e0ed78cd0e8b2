/*
 * Asks a question on the terminal.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The line is read before the prompt is written: when somebody sees it and presses Ctrl-C, there is
 * a line to cancel.
 */
#pragma once

#include "capos/capos.h"

#define LINE_ROOM 1024
#define PROMPT    1 /* user_data */
#define LINE      2

struct line {
    char text[LINE_ROOM + 1];
    uint32_t len;
    enum terminal_outcome ended;
};

static inline void write_submit(struct call *call, uint64_t id, const char *bytes, size_t len)
{
    struct capnp_data data = capnp_data(bytes, (uint32_t)len);

    terminal_write_params_set_bytes(
        terminal_write_open(call, capos_cap("terminal"), (data.len + 7) / 8), data);
    check(call_submit(call, 8, id) == ERR_OK, "room to write");
}

/* A deadline of 0: none. */
static inline void read_submit(struct call *call, uint64_t id, uint32_t max,
                               enum terminal_echo echo, uint64_t deadline)
{
    struct terminal_read_line_params_builder params =
        terminal_read_line_open(call, capos_cap("terminal"), 0);

    terminal_read_line_params_set_max_len(params, max);
    terminal_read_line_params_set_echo(params, echo);
    call_set_deadline(call, deadline);
    check(call_submit(call, 32 + max, id) == ERR_OK, "room to read");
}

/* Bytes as they are typed. */
static inline void read_bytes_submit(struct call *call, uint64_t id, uint32_t max)
{
    terminal_read_params_set_max_len(terminal_read_open(call, capos_cap("terminal"), 0), max);
    check(call_submit(call, 24 + max, id) == ERR_OK, "room to read");
}

static inline void line_set(struct line *line, struct capnp_data bytes)
{
    check(bytes.len <= LINE_ROOM, "a line of at most %u bytes", LINE_ROOM);
    memcpy(line->text, bytes.at, bytes.len);
    line->text[bytes.len] = '\0';
    line->len = bytes.len;
}

static inline void line_get(struct call *call, struct line *line)
{
    struct terminal_read_line_results_reader results = terminal_read_line_results(call);

    line_set(line, terminal_read_line_results_line(results));
    line->ended = terminal_read_line_results_outcome(results);
}

/* Writes the prompt of the read that is under way, and waits for what comes. */
static inline void prompt(struct call *read, const char *text)
{
    struct call written;

    write_submit(&written, PROMPT, text, strlen(text));
    check(outcome_is_done(call_wait(&written)), "a prompt");
    call_close(&written);
    check(outcome_is_done(call_wait(read)), "an answer");
}

static inline void ask(const char *text, uint32_t max, enum terminal_echo echo, struct line *line)
{
    struct call read;

    read_submit(&read, LINE, max, echo, 0);
    prompt(&read, text);
    line_get(&read, line);
    call_close(&read);
}
