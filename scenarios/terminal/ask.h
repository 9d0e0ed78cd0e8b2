/*
 * Asks a question on the terminal.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The line is read before the prompt is written: when somebody sees it and presses Ctrl-C, there is a line to cancel.
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
    call_open(call, capos_cap("terminal"), INTERFACE_TERMINAL_SESSION, TERMINAL_SESSION_WRITE,
              (uint32_t)(len + 7) / 8, 0, 1);
    message_put_bytes(&call->params, call->pointers, bytes, (uint32_t)len, false);
    check(call_submit(call, 8, id) == ERR_OK, "room to write");
}

static inline void read_submit(struct call *call, uint64_t id, uint32_t max, uint32_t echo)
{
    call_open(call, capos_cap("terminal"), INTERFACE_TERMINAL_SESSION, TERMINAL_SESSION_READ_LINE,
              0, 1, 0);
    message_put_u32(&call->params, call->root, 0, max);
    message_put_u32(&call->params, call->root, 4, echo);
    check(call_submit(call, 32 + max, id) == ERR_OK, "room to read");
}

/* How the operation ended, once it has. */
static inline struct outcome await(struct call *call, uint64_t id)
{
    struct ring_completion completion;

    check(ring_wait(ring_mine(), id, &completion) == ERR_OK, "a completion for %lu", id);
    return call_read(call, &completion);
}

static inline void line_get(const struct call *call, struct line *line)
{
    const uint8_t *bytes;

    message_get_bytes(&call->results, 0, &bytes, &line->len);
    check(line->len <= LINE_ROOM, "a line of at most %u bytes", LINE_ROOM);
    memcpy(line->text, bytes, line->len);
    line->text[line->len] = '\0';
    line->ended = message_u16(&call->results, 0);
}

static inline void ask(const char *prompt, uint32_t max, enum terminal_echo echo, struct line *line)
{
    struct call written, read;

    read_submit(&read, LINE, max, echo);
    write_submit(&written, PROMPT, prompt, strlen(prompt));
    check(outcome_is_done(await(&written, PROMPT)), "a prompt");
    check(outcome_is_done(await(&read, LINE)), "an answer");
    line_get(&read, line);
    call_close(&read);
}
