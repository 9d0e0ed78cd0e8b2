/*
 * A session: on whose behalf processes run.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "session/session.h"

#include "arch/arch.h"
#include "lib/string.h"
#include "mem/pool.h"
#include "object/session_control.h"
#include "object/terminal.h"
#include "object/user_session.h"
#include "session/reference.h"

#define SYSTEM_ID 1

struct session system_session = {
    .object = {.type = &user_session_type, .refs = 1},
    .id = SYSTEM_ID,
    .live = true,
    .epoch = 1,
};

static struct pool pool = POOL("session", struct session);
static uint64_t last_id = SYSTEM_ID;

uint64_t sessions_count(void)
{
    return pool_used(&pool);
}

static err_t check_expiry(uint64_t expires)
{
    return expires && expires <= arch_time_ns() ? ERR_BAD_ARGUMENT : ERR_OK;
}

static err_t check_fields(const struct bytes *fields, unsigned n_fields)
{
    if (n_fields > SESSION_FIELDS)
        return ERR_BAD_ARGUMENT;
    for (unsigned i = 0; i < n_fields; i++) {
        if (fields[i].len > SESSION_FIELD_MAX)
            return ERR_BAD_ARGUMENT;
    }
    return ERR_OK;
}

static void copy_fields(struct session *session, const struct bytes *fields, unsigned n_fields)
{
    for (unsigned i = 0; i < n_fields; i++) {
        if (fields[i].len == 0)
            continue;
        session->fields[i].len = (uint8_t)fields[i].len;
        memcpy(session->fields[i].bytes, fields[i].at, fields[i].len);
        session->present |= (uint16_t)(1u << i);
    }
}

static void expire(struct timer *timer)
{
    session_end(LIST_ENTRY(timer, struct session, expiry), SESSION_EXPIRY);
}

/* The timer of a session that can expire is charged beside it. */
static err_t set_expiry(struct session *session, uint64_t expires)
{
    err_t error = expires && !session->expires
                      ? ledger_charge(session->object.ledger, LEDGER_TIMERS, 1)
                      : ERR_OK;

    if (error)
        return error;
    if (!expires && session->expires)
        ledger_credit(session->object.ledger, LEDGER_TIMERS, 1);
    timer_stop(&session->expiry);
    if (expires)
        timer_set(&session->expiry, expires, expire);
    session->expires = expires;
    return ERR_OK;
}

err_t session_create(struct ledger *ledger, const struct bytes *fields, unsigned n_fields,
                     uint64_t expires, struct session **out)
{
    err_t error = check_expiry(expires);
    struct session *session;

    if (!error)
        error = check_fields(fields, n_fields);
    if (error)
        return error;
    if (!references_exist())
        return ERR_NO_ENTROPY;
    session = pool_alloc(&pool);
    if (!session)
        return ERR_NO_MEMORY;
    error = object_init(&session->object, &user_session_type, ledger);
    if (error)
        goto free;
    error = set_expiry(session, expires);
    if (error)
        goto credit;
    session->id = ++last_id;
    session->live = true;
    session->epoch = 1;
    session->created = arch_time_ns();
    list_init(&session->waiters);
    copy_fields(session, fields, n_fields);
    *out = session;
    return ERR_OK;

credit:
    ledger_credit(ledger, LEDGER_OBJECTS, 1);
free:
    pool_free(&pool, session);
    return error;
}

/* When it would have expired stays known, but there is no timer any more. */
static void drop_expiry(struct session *session)
{
    if (!session->expires)
        return;
    timer_stop(&session->expiry);
    ledger_credit(session->object.ledger, LEDGER_TIMERS, 1);
}

/* Those who wait for it may be the last to refer to it. */
void session_end(struct session *session, enum session_ended_by by)
{
    if (!session->live)
        return;
    object_get(&session->object);
    session->live = false;
    session->ended_by = by;
    drop_expiry(session);
    terminal_session_ended(session);
    session_tell_end(session);
    object_put(&session->object);
}

err_t session_renew(struct session *session, uint64_t expires)
{
    err_t error = check_expiry(expires);

    if (!session->live)
        return ERR_STALE_SESSION;
    if (!error && session->epoch == UINT32_MAX)
        error = ERR_UNSUPPORTED; /* an epoch never comes again */
    if (!error)
        error = set_expiry(session, expires);
    if (!error)
        session->epoch++;
    return error;
}

void session_destroy(struct object *object)
{
    struct session *session = (struct session *)object;

    if (session->live)
        drop_expiry(session);
    pool_free(&pool, session);
}
