/*
 * Makes sessions, starts programs in them, and sees that nothing else puts a program into one.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "interfaces/session.capnp.h"
#include "who.h"

#define BUDGET_FAMILY \
    ((struct budget){.frames = 1000, .objects = 120, .calls = 80, .timers = 20, .caps = 200})

struct session {
    struct program_session of;
    struct who seen; /* of its processes */
};

static cap_t server, client;
static struct who last_seen;

/* Serves "who" until it is told to stop. */
static int serve(void *argument)
{
    struct words_call in;
    struct who who;

    (void)argument;
    do {
        check(outcome_is_done(capos_recv(server, RING_NEVER, &in)), "a call");
        memcpy(who.session, in.head.session, sizeof(who.session));
        who.epoch = in.head.epoch;
        who.flags = in.head.flags;
        last_seen = who;
        capos_answer(in.head.reply, (const uint64_t *)&who, sizeof(who) / 8);
    } while (in.head.method != WHO_STOP);
    return 0;
}

/* How this program itself is seen. */
static struct who ask(uint16_t method)
{
    struct who who;

    check(outcome_is_done(capos_call(client, INTERFACE_WHO, method, NULL, 0, (uint64_t *)&who, 4)),
          "who I am");
    return who;
}

/* --- Making --- */

static struct session session_of(const char *name)
{
    struct session_fields fields = {0};

    session_fields_set(&fields, SESSION_FIELD_PRINCIPAL, "0123456789abcdef", 16);
    session_fields_set(&fields, SESSION_FIELD_NAME, name, strlen(name));
    return (struct session){.of = program_session_open(&fields)};
}

static void tells_its_fields(const struct session *session)
{
    struct session_info info;

    attempt("asking a UserSession", session_info(session->of.user, &info), ERR_OK);
    check(info.epoch == 1 && info.expires == 0 && info.created <= clock_now(), "its numbers");
    check(info.fields.len[SESSION_FIELD_PRINCIPAL] == 16 &&
              memcmp(info.fields.bytes[SESSION_FIELD_PRINCIPAL], "0123456789abcdef", 16) == 0,
          "its principal");
    check(info.fields.len[SESSION_FIELD_KIND] == 0, "no field that it was not given");
    console_printf("it has the fields that it was made with, and no others");
}

static void audits(const struct session *one, const struct session *two)
{
    struct session_audit first, again, other;

    check(outcome_is_done(session_audit(one->of.user, &first)) &&
              outcome_is_done(session_audit(one->of.user, &again)) &&
              outcome_is_done(session_audit(two->of.user, &other)),
          "audits");
    check(memcmp(first.audit, again.audit, 16) == 0 && memcmp(first.audit, other.audit, 16) != 0,
          "a name of its own");
    check(memcmp(first.audit, one->seen.session, 16) != 0, "not the one that servers see");
    check(first.live && first.ended_by == ENDED_BY_NOBODY, "a live session");
    console_printf("each session has one name for audits, which is none that servers see");
}

/* By hand: the library has no room for so much. */
static struct outcome create_with(uint32_t n_fields, uint32_t len, uint64_t expires)
{
    static const uint8_t bytes[64];
    struct call call;
    struct sessions_create_params_builder params =
        sessions_create_open(&call, capos_cap("sessions"), 200);
    struct capnp_list_builder list = sessions_create_params_init_fields(params, n_fields);

    for (uint32_t i = 0; i < n_fields; i++)
        capnp_list_set_data(list, i, capnp_data(bytes, len));
    sessions_create_params_set_expires(params, expires);
    return call_end(&call, call_make(&call, 128));
}

static void too_much(void)
{
    attempt("a session with 8 fields of 32 bytes", create_with(8, 32, 0), ERR_OK);
    attempt("one with 9 fields", create_with(9, 1, 0), ERR_BAD_ARGUMENT);
    attempt("one with a field of 33 bytes", create_with(1, 33, 0), ERR_BAD_ARGUMENT);
    attempt("one that expires in the past", create_with(1, 1, 1), ERR_BAD_ARGUMENT);
}

/* --- Running --- */

/* A program, by LAUNCHER unless that is CAP_NONE, whose session is EXPECTED, with GENERATIONS of
 * children. */
static void run(const char *what, cap_t launcher, struct who expected, uint32_t generations,
                cap_t copy)
{
    const struct member member = {expected, generations};
    const struct process_grant more[] = {{"who", client}, {"copy", copy}};
    uint32_t n = copy ? 2 : 1;
    cap_t process =
        launcher
            ? program_launch(launcher, "member", &member, sizeof(member), BUDGET_FAMILY, more, n)
            : program_start("member", &member, sizeof(member), BUDGET_FAMILY, more, n);

    program_succeed(what, process);
    console_printf("%s, and %u generations below it: all in the expected session", what,
                   generations);
}

/* Its first program may be anybody, and all others of it must be the same. */
static void look(struct session *session)
{
    run("a first program", session->of.launcher, (struct who){0}, 0, CAP_NONE);
    session->seen = last_seen;
    check(!is_same(session->seen, (struct who){0}), "a reference");
}

static void differ(struct who own, const struct session *one, const struct session *two)
{
    check(!is_same(own, one->seen) && !is_same(own, two->seen) && !is_same(one->seen, two->seen),
          "three sessions");
    console_printf("the system's session and two others: a server can tell them apart");
}

static void inherit(struct who own, const struct session *one, const struct session *two)
{
    run("a child by ProcessSpawner", CAP_NONE, own, 3, CAP_NONE);
    run("a child by the launcher of ada", one->of.launcher, one->seen, 3, CAP_NONE);
    run("a child by the launcher of bob", two->of.launcher, two->seen, 1, CAP_NONE);
    run("another one of ada's", one->of.launcher, one->seen, 0, CAP_NONE);
}

/* The power over a session is good for another UserSession of it. */
static void another_user(const struct session *session)
{
    struct session_audit first, second;
    cap_t user;

    attempt("another UserSession of a session", session_control_user(session->of.control, &user),
            ERR_OK);
    check(outcome_is_done(session_audit(session->of.user, &first)) &&
              outcome_is_done(session_audit(user, &second)),
          "audits");
    check(memcmp(first.audit, second.audit, 16) == 0, "the same session");
    cap_release(user);
}

/* Whoever holds a UserSession is who he was. */
static void copies(struct who own, const struct session *one, const struct session *two)
{
    run("a child with ada's UserSession", CAP_NONE, own, 1, one->of.user);
    run("one of bob's with ada's UserSession", two->of.launcher, two->seen, 1, one->of.user);
}

static void refused(const struct session *session)
{
    const struct process_request request = {.image = "member", .budget = BUDGET_SMALL};
    cap_t process;

    attempt("a spawn by a SessionLauncher as if it were a ProcessSpawner",
            process_spawn(session->of.launcher, &request, &process), ERR_BAD_INTERFACE);
    attempt("a spawn by a SessionControl", process_launch(session->of.control, &request, &process),
            ERR_BAD_INTERFACE);
    attempt("a spawn by the factory of sessions",
            process_launch(capos_cap("sessions"), &request, &process), ERR_BAD_INTERFACE);
}

/* Once it has ended, nobody comes into it any more. */
static void ended(struct session *session)
{
    const struct process_request request = {.image = "member", .budget = BUDGET_SMALL};
    enum ended_by by;
    uint32_t epoch;
    cap_t process, launcher;

    attempt("ending a session", session_control_end(session->of.control), ERR_OK);
    attempt("ending it again", session_control_end(session->of.control), ERR_OK);
    attempt("a spawn into it", process_launch(session->of.launcher, &request, &process),
            ERR_STALE_SESSION);
    attempt("a launcher of it", session_control_launcher(session->of.control, &launcher),
            ERR_STALE_SESSION);
    attempt("its renewal", session_control_renew(session->of.control, 0, &epoch),
            ERR_STALE_SESSION);
    attempt("waiting for its end", session_control_wait(session->of.control, &by), ERR_OK);
    check(by == ENDED_BY_CONTROL, "who has ended it");
}

static void all(struct who own)
{
    struct session one = session_of("ada"), two = session_of("bob");

    tells_its_fields(&one);
    look(&one);
    look(&two);
    audits(&one, &two);
    differ(own, &one, &two);
    inherit(own, &one, &two);
    copies(own, &one, &two);
    another_user(&one);
    refused(&one);
    ended(&two);
    program_session_drop(&one.of);
    program_session_drop(&two.of);
}

int main(void)
{
    struct thread thread;
    struct budget before;

    check(
        outcome_is_done(endpoints_create(capos_cap("endpoints"), INTERFACE_WHO, &server, &client)),
        "an endpoint");
    check(outcome_is_done(thread_start(&thread, serve, NULL)), "a thread");
    ask(WHO_TELL);
    before = ledger_used();
    all(ask(WHO_TELL));
    too_much();
    ledger_check("sessions", before);
    console_printf("nothing is left over: the ledger is as before");
    ask(WHO_STOP);
    check(outcome_is_done(thread_finish(&thread, NULL)), "the thread's end");
    return 0;
}
