/*
 * The user at the terminal: a TerminalSession, or the streams stdin and stdout.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "user.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "abi/kernel.calls.h"
#include "capos/start.h"
#include "interfaces/stdio.calls.h"
#include "line/keys.h"
#include "loop.h"

#define SHOW_LEN 4000 /* bytes that one write takes */
#define READ_LEN 256  /* and one read brings */
#define ESC      '\x1b'
#define SAY_LEN  2048

static cap_t input, output;
static bool is_stream; /* they are ByteStreams */
static struct call reading;
static char kept[SHOW_LEN]; /* to be shown */
static size_t n_kept;
static char last_shown = '\n';   /* of what was no sequence */
static char typed[2 * SHOW_LEN]; /* that nobody has taken */
static size_t n_typed;
static void (*listener)(uint8_t byte);

/* --- Showing --- */

void user_flush(void)
{
    struct capnp_data bytes = capnp_data(kept, (uint32_t)n_kept);

    if (n_kept == 0)
        return;
    n_kept = 0;
    if (is_stream)
        byte_stream_write(output, bytes);
    else
        terminal_write(output, bytes);
}

void user_show(void *context, const char *bytes, size_t len)
{
    (void)context;
    if (len > 0 && bytes[0] != ESC)
        last_shown = bytes[len - 1];
    while (len > 0) {
        size_t part = len < SHOW_LEN - n_kept ? len : SHOW_LEN - n_kept;

        memcpy(kept + n_kept, bytes, part);
        n_kept += part;
        bytes += part;
        len -= part;
        if (n_kept == SHOW_LEN)
            user_flush();
    }
}

void user_begin_row(void)
{
    if (last_shown != '\n')
        user_show(NULL, "\n", 1);
}

void say_text(const char *text, size_t len)
{
    struct utf8_parts parts = {0};

    for (size_t i = 0; i < len; i++) {
        uint8_t byte = (uint8_t)text[i];

        if ((byte >= ' ' && byte < 0x7f) || byte == '\n')
            user_show(NULL, text + i, 1);
        else if (byte < 0x80)
            user_show(NULL, byte == '\t' ? " " : "?", 1);
        else if (utf8_feed(&parts, byte))
            user_show(NULL, parts.bytes, parts.n);
        else if (parts.expected == 0)
            user_show(NULL, "?", 1);
    }
}

void say(const char *format, ...)
{
    char text[SAY_LEN];
    va_list list;
    int len;

    va_start(list, format);
    len = vsnprintf(text, sizeof(text), format, list);
    va_end(list);
    say_text(text, len < SAY_LEN ? (size_t)len : SAY_LEN - 1);
}

void say_outcome(const char *what, struct outcome outcome)
{
    static const char *const words[] = {
        [OUTCOME_DONE] = "done", [OUTCOME_EXCEPTION] = "refused", [OUTCOME_TRANSPORT] = "failed"};

    if (outcome_is_done(outcome))
        say("%s: done\n", what);
    else
        say("%s: %s, %s\n", what, words[outcome.kind], outcome_sentence(outcome));
}

/* --- Reading --- */

static struct outcome read_begin(void)
{
    err_t err;

    if (is_stream)
        byte_stream_read_params_set_max_len(byte_stream_read_open(&reading, input, 0), READ_LEN);
    else
        terminal_read_params_set_max_len(terminal_read_open(&reading, input, 0), READ_LEN);
    err = call_submit(&reading, READ_LEN + 32, LOOP_USER);
    return err ? outcome_transport(err) : outcome_done();
}

static struct capnp_data read_bytes(void)
{
    if (is_stream)
        return byte_stream_read_results_bytes(byte_stream_read_results(&reading));
    return terminal_read_results_bytes(terminal_read_results(&reading));
}

void user_unread(const char *bytes, size_t len)
{
    size_t room = sizeof(typed) - n_typed;

    if (len > room)
        len = room;
    memmove(typed + len, typed, n_typed);
    memcpy(typed, bytes, len);
    n_typed += len;
}

static void keep(struct capnp_data bytes)
{
    size_t room = sizeof(typed) - n_typed;
    size_t len = bytes.len < room ? bytes.len : room;

    memcpy(typed + n_typed, bytes.at, len);
    n_typed += len;
}

/* A listener that hears what it waited for makes room for the next one, who gets the rest. */
void user_serve(void)
{
    while (n_typed > 0 && listener) {
        uint8_t byte = (uint8_t)typed[0];

        memmove(typed, typed + 1, --n_typed);
        listener(byte);
    }
}

void user_listen(void (*to)(uint8_t byte))
{
    listener = to;
}

/* A stream that has ended brings nothing for ever; a session that somebody has closed can be read again. */
struct outcome user_read_done(const struct ring_completion *completion)
{
    struct outcome outcome = call_read(&reading, completion);
    struct capnp_data bytes = read_bytes();

    if (outcome_is_done(outcome) && is_stream && bytes.len == 0)
        outcome = outcome_transport(ERR_DISCONNECTED);
    keep(bytes);
    call_close(&reading);
    if (outcome_is_done(outcome))
        outcome = read_begin();
    user_serve();
    return outcome;
}

/* --- From beginning to end --- */

static cap_t granted(const char *name, uint64_t interface_id)
{
    const struct grant *grant = capos_grant(name);

    return grant && grant->interface_id == interface_id ? grant->cap : CAP_NONE;
}

struct outcome user_open(void)
{
    input = granted("stdin", INTERFACE_BYTE_STREAM);
    output = granted("stdout", INTERFACE_BYTE_STREAM);
    is_stream = input != CAP_NONE && output != CAP_NONE;
    if (is_stream)
        byte_stream_set_mode(input, BYTE_STREAM_MODE_KEYS);
    else
        input = output = granted("terminal", INTERFACE_TERMINAL);
    if (input == CAP_NONE)
        return outcome_transport(ERR_NOT_FOUND);
    user_show(NULL, KEYS_PASTE_ON, strlen(KEYS_PASTE_ON));
    return read_begin();
}

void user_close(void)
{
    user_flush();
    user_show(NULL, KEYS_PASTE_OFF, strlen(KEYS_PASTE_OFF));
    user_flush();
    call_close(&reading);
    if (is_stream)
        byte_stream_set_mode(input, BYTE_STREAM_MODE_LINE);
    else
        terminal_close(output);
}
