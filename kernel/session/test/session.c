/*
 * Tests session/session.c: what a session costs, when it ends and who is told.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "session/session.h"

#include "diag/panic.h"
#include "mem/frames.h"
#include "object/session_control.h"
#include "object/terminal.h"
#include "object/user_session.h"
#include "session/reference.h"
#include "test/check.h"
#include "test/fake_memory.h"

static uint64_t now;
static bool have_references = true;
static struct session *told;
static unsigned n_told, n_let_go;
static bool lets_go_when_told;

uint64_t arch_time_ns(void)
{
    return now;
}

bool references_exist(void)
{
    return have_references;
}

/* As the real one, it looks at the session until all have been told. */
void session_tell_end(struct session *session)
{
    told = session;
    n_told++;
    if (lets_go_when_told)
        object_put(&session->object);
    kernel_assert(!session->live);
}

void terminal_session_ended(const struct session *session)
{
    kernel_assert(!session->live && !n_told);
    n_let_go++;
}

const struct object_type user_session_type = {.name = "session", .destroy = session_destroy};

/* --- Timers --- */

static struct timer *set;

void timer_set(struct timer *timer, uint64_t deadline, void (*fire)(struct timer *timer))
{
    timer->cpu = (struct cpu *)1;
    timer->deadline = deadline;
    timer->fire = fire;
    set = timer;
}

void timer_remove(struct timer *timer)
{
    if (timer == set)
        set = NULL;
    timer->cpu = NULL;
}

static void pass_until(uint64_t time)
{
    struct timer *timer = set;

    now = time;
    if (timer && timer->deadline <= now) {
        timer_stop(timer);
        timer->fire(timer);
    }
}

/* --- Tests --- */

static struct ledger *ledger;
static struct session *session;

static void start(uint32_t n_objects, uint32_t n_timers)
{
    const struct budget budget = {
        {[LEDGER_OBJECTS] = n_objects, [LEDGER_TIMERS] = n_timers, [LEDGER_FRAMES] = 100}};
    err_t error;

    now = 1000;
    n_told = n_let_go = 0;
    have_references = true;
    ledger = ledger_create(NULL, &budget, &error);
}

static bool costs(uint32_t n_objects, uint32_t n_timers)
{
    return ledger->used[LEDGER_OBJECTS] == n_objects && ledger->used[LEDGER_TIMERS] == n_timers;
}

/* Nothing is left of session and ledger. */
static bool ends_clean(void)
{
    if (session)
        object_put(&session->object);
    session = NULL;
    return costs(0, 0) && !set && sessions_count() == 0 &&
           (ledger_close(ledger), frames_free() == frames_total());
}

static err_t create(uint64_t expires)
{
    const struct bytes field = {(const uint8_t *)"ada", 3};

    return session_create(ledger, &field, 1, expires, &session);
}

TEST(fields_are_copied_and_the_empty_ones_absent)
{
    char text[] = "ada";
    const struct bytes fields[] = {
        {(const uint8_t *)text, 3}, {NULL, 0}, {(const uint8_t *)"guest", 5}};

    start(10, 10);
    CHECK(session_create(ledger, fields, 3, 0, &session) == ERR_OK);
    text[0] = 'x';
    CHECK(session->live && session->epoch == 1 && session->created == 1000);
    CHECK(session->present == 5 && session->fields[0].len == 3 && session->fields[1].len == 0);
    CHECK(memcmp(session->fields[0].bytes, "ada", 3) == 0);
    CHECK(memcmp(session->fields[2].bytes, "guest", 5) == 0);
    CHECK(costs(1, 0) && ends_clean());
    PASS;
}

TEST(ids_never_come_again)
{
    uint64_t last = system_session.id;

    start(10, 10);
    for (unsigned i = 0; i < 5; i++) {
        CHECK(create(0) == ERR_OK && session->id > last);
        last = session->id;
        object_put(&session->object);
    }
    session = NULL;
    CHECK(ends_clean());
    PASS;
}

TEST(what_is_too_much_is_refused)
{
    static const uint8_t bytes[SESSION_FIELD_MAX + 1];
    struct bytes fields[SESSION_FIELDS + 1] = {{bytes, SESSION_FIELD_MAX}};

    start(10, 10);
    CHECK(session_create(ledger, fields, SESSION_FIELDS + 1, 0, &session) == ERR_BAD_ARGUMENT);
    fields[SESSION_FIELDS - 1] = (struct bytes){bytes, SESSION_FIELD_MAX + 1};
    CHECK(session_create(ledger, fields, SESSION_FIELDS, 0, &session) == ERR_BAD_ARGUMENT);
    CHECK(create(1000) == ERR_BAD_ARGUMENT && create(1) == ERR_BAD_ARGUMENT);
    have_references = false;
    CHECK(create(0) == ERR_NO_ENTROPY);
    have_references = true;
    fields[SESSION_FIELDS - 1].len = SESSION_FIELD_MAX;
    CHECK(session_create(ledger, fields, SESSION_FIELDS, 0, &session) == ERR_OK);
    CHECK(session->present == 0x81 && ends_clean());
    PASS;
}

TEST(without_means_there_is_nothing)
{
    start(0, 1);
    CHECK(create(2000) == ERR_NO_OBJECTS && ends_clean());
    start(1, 0);
    CHECK(create(2000) == ERR_NO_TIMERS && ends_clean());
    start(1, 0);
    CHECK(create(0) == ERR_OK && session_renew(session, 2000) == ERR_NO_TIMERS);
    CHECK(session->epoch == 1 && session->expires == 0 && ends_clean());
    PASS;
}

TEST(memory_can_lack)
{
    start(1, 1);
    fake_memory_fails_after = 0;
    CHECK(create(2000) == ERR_NO_MEMORY);
    fake_memory_fails_after = -1;
    CHECK(ends_clean());
    PASS;
}

/* The first end counts, and is told once. */
TEST(it_ends_once)
{
    start(1, 1);
    CHECK(create(2000) == ERR_OK && costs(1, 1));
    session_end(session, SESSION_LOGOUT);
    CHECK(!session->live && session->ended_by == SESSION_LOGOUT && told == session && n_told == 1);
    CHECK(costs(1, 0) && !set);
    session_end(session, SESSION_CONTROL);
    pass_until(3000);
    CHECK(session->ended_by == SESSION_LOGOUT && n_told == 1 && n_let_go == 1 && ends_clean());
    PASS;
}

TEST(it_expires)
{
    start(1, 1);
    CHECK(create(2000) == ERR_OK);
    pass_until(1999);
    CHECK(session->live);
    pass_until(2000);
    CHECK(!session->live && session->ended_by == SESSION_EXPIRY && n_told == 1);
    CHECK(costs(1, 0) && ends_clean());
    PASS;
}

TEST(renewals_begin_epochs)
{
    start(1, 1);
    CHECK(create(2000) == ERR_OK);
    CHECK(session_renew(session, 3000) == ERR_OK && session->epoch == 2 && costs(1, 1));
    pass_until(2500);
    CHECK(session->live);
    CHECK(session_renew(session, 2500) == ERR_BAD_ARGUMENT && session->epoch == 2);
    CHECK(session_renew(session, 0) == ERR_OK && session->epoch == 3 && costs(1, 0) && !set);
    pass_until(9000);
    CHECK(session->live);
    CHECK(session_renew(session, 9500) == ERR_OK && costs(1, 1));
    pass_until(9500);
    CHECK(!session->live && session_renew(session, 0) == ERR_STALE_SESSION && session->epoch == 4);
    CHECK(ends_clean());
    PASS;
}

TEST(epochs_do_not_come_again)
{
    start(1, 1);
    CHECK(create(0) == ERR_OK);
    session->epoch = UINT32_MAX;
    CHECK(session_renew(session, 2000) == ERR_UNSUPPORTED && session->epoch == UINT32_MAX);
    CHECK(costs(1, 0) && ends_clean());
    PASS;
}

/* Nobody refers to it any more: the timer goes with it. */
TEST(one_that_nobody_has_is_gone)
{
    start(1, 1);
    CHECK(create(2000) == ERR_OK && costs(1, 1));
    CHECK(ends_clean());
    pass_until(2000);
    CHECK(n_told == 0);
    PASS;
}

/* Only who waits for its end refers to it: its control was dropped meanwhile. */
TEST(it_stays_until_all_are_told)
{
    start(1, 1);
    CHECK(create(2000) == ERR_OK);
    lets_go_when_told = true;
    pass_until(2000);
    lets_go_when_told = false;
    session = NULL;
    CHECK(n_told == 1 && ends_clean());
    PASS;
}

TEST(bound_objects_refuse_the_stale)
{
    const struct object_type bound = {.session_bound = true}, own = {0};

    start(1, 1);
    CHECK(create(0) == ERR_OK);
    CHECK(!session_is_refused(session, &bound) && !session_is_refused(session, &own));
    session_end(session, SESSION_CONTROL);
    CHECK(session_is_refused(session, &bound) && !session_is_refused(session, &own));
    CHECK(ends_clean());
    PASS;
}

int main(void)
{
    RUN(fields_are_copied_and_the_empty_ones_absent);
    RUN(ids_never_come_again);
    RUN(what_is_too_much_is_refused);
    RUN(without_means_there_is_nothing);
    RUN(memory_can_lack);
    RUN(it_ends_once);
    RUN(it_expires);
    RUN(renewals_begin_epochs);
    RUN(epochs_do_not_come_again);
    RUN(one_that_nobody_has_is_gone);
    RUN(it_stays_until_all_are_told);
    RUN(bound_objects_refuse_the_stale);
    TESTS_END;
}
