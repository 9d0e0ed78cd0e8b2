/*
 * How an operation ends, and the words for it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/outcome.h"

#include <string.h>

#include "capos/format.h"

static const char cut_mark[] = " [cut]";

/* Keeps LEN bytes as the last reason, as one printable line; says so when they are cut. */
static void reason_keep(struct ring_client *client, const char *text, size_t len)
{
    bool cut = len > RING_REASON_LEN - 1;

    if (cut) {
        len = RING_REASON_LEN - sizeof(cut_mark);
        while (len > 0 && ((uint8_t)text[len] & 0xc0) == 0x80) /* not within a character of UTF-8 */
            len--;
    }
    for (size_t i = 0; i < len; i++)
        client->reason[i] = (uint8_t)text[i] < ' ' || text[i] == 0x7f ? '?' : text[i];
    memcpy(client->reason + len, cut ? cut_mark : "", cut ? sizeof(cut_mark) : 1);
}

struct outcome outcome_refuse(enum exception_type type, err_t code, const char *format, ...)
{
    char text[RING_REASON_LEN + 1]; /* so what is cut here is cut when it is kept, too */
    va_list list;
    size_t len;

    va_start(list, format);
    len = format_text_list(text, sizeof(text), format, list);
    va_end(list);
    reason_keep(ring_mine(), text, len);
    return (struct outcome){OUTCOME_EXCEPTION, (uint16_t)type, code};
}

const char *outcome_sentence(struct outcome outcome)
{
    const char *reason = ring_mine()->reason;

    return outcome.kind == OUTCOME_EXCEPTION && reason[0] ? reason : err_sentence(outcome.code);
}

/* Of an exception of which nothing but the code has come; as the kernel chooses it. */
static enum exception_type type_of(err_t code)
{
    switch (code) {
    case ERR_NO_MEMORY:
    case ERR_NO_FRAMES:
    case ERR_NO_OBJECTS:
    case ERR_NO_CALLS:
    case ERR_NO_TIMERS:
    case ERR_NO_CAPS:
        return EXCEPTION_OVERLOADED;
    case ERR_DISCONNECTED:
        return EXCEPTION_DISCONNECTED;
    case ERR_BAD_METHOD:
    case ERR_UNSUPPORTED:
        return EXCEPTION_UNIMPLEMENTED;
    case ERR_REVOKED:
        return EXCEPTION_REVOKED;
    case ERR_STALE_SESSION:
        return EXCEPTION_STALE_SESSION;
    default:
        return EXCEPTION_FAILED;
    }
}

struct outcome outcome_exception(err_t code)
{
    return outcome_refuse(type_of(code), code, "%s", err_sentence(code));
}

static struct outcome exception_lost(err_t code)
{
    return outcome_refuse(type_of(code), code, "%s [its reason did not fit]", err_sentence(code));
}

/* Servers write these, too, so they may hold anything; what is an exception never reads as done. */
static struct outcome exception_read(struct ring_client *client,
                                     const struct ring_completion *completion, const void *at)
{
    struct outcome outcome = {OUTCOME_EXCEPTION, 0, (err_t)completion->value};
    struct capnp_message message;
    struct cap_exception_reader exception;
    struct capnp_text reason;

    capnp_open(&message, at, completion->result_len);
    exception = cap_exception_root(&message);
    reason = cap_exception_reason(exception);
    if (capnp_error(&message) || outcome.code == ERR_OK)
        return outcome_refuse(EXCEPTION_FAILED, ERR_BAD_MESSAGE, "an exception without a meaning");
    outcome.type = (uint16_t)cap_exception_type(exception);
    reason_keep(client, reason.at, reason.len);
    return outcome;
}

struct outcome outcome_read_failure(struct ring_client *client,
                                    const struct ring_completion *completion, const void *result)
{
    if (completion->status < 0)
        return outcome_transport((err_t)-completion->status);
    if (completion->status == RING_STATUS_TRUNCATED || !result)
        return exception_lost((err_t)completion->value);
    return exception_read(client, completion, result);
}

uint32_t outcome_write(struct outcome outcome, void *to)
{
    struct capnp_builder builder;
    struct cap_exception_builder exception;

    capnp_build(&builder, to, EXCEPTION_ROOM);
    exception = cap_exception_init_root(&builder);
    if (outcome.kind == OUTCOME_TRANSPORT)
        outcome.type = (uint16_t)type_of(outcome.code);
    cap_exception_set_type(exception, outcome.type);
    cap_exception_set_code(exception, outcome.code);
    cap_exception_set_reason(exception, capnp_text(outcome_sentence(outcome)));
    return (uint32_t)capnp_built_len(&builder);
}
