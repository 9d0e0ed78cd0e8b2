/*
 * Ends sessions at every stage of what their programs do, and prints what became of it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "stale.h"

#define BUDGET_USER \
    ((struct budget){.frames = 400, .objects = 60, .calls = 80, .timers = 40, .caps = 100})

static cap_t service, client; /* what programs call */
static cap_t idle, idle_client;
static cap_t server, server_client; /* what a program serves */
static cap_t notes_memory;
static struct notes *notes;

static void open_endpoint(cap_t *end, cap_t *client_of)
{
    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_SERVICE, end, client_of)),
          "an endpoint");
}

/* --- Programs in them --- */

static cap_t start(const struct program_session *session, const struct program_session *other,
                   enum part part)
{
    const struct process_grant grants[] = {
        {"service", client},
        {"idle", idle_client},
        {"server", server},
        {"notes", notes_memory},
        {"session", session->user},
        {"control", session->control},
        {"launcher", session->launcher},
        {"other-control", other->control},
    };

    return program_launch(session->launcher, "user", &part, sizeof(part), BUDGET_USER, grants,
                          sizeof(grants) / sizeof(grants[0]));
}

/* As if they were this program's own attempts. */
static void print_notes(void)
{
    for (uint32_t i = 0; i < notes->n; i++) {
        struct note *note = &notes->notes[i];

        if (note->outcome.kind == OUTCOME_EXCEPTION)
            outcome_refuse(note->outcome.type, note->outcome.code, "%s",
                           err_sentence(note->outcome.code));
        attempt(note->what, note->outcome, note->expected);
    }
    notes->n = 0;
}

static void finish(cap_t process)
{
    program_succeed("user", process);
    print_notes();
}

/* Serves calls until one asks for what is to happen while it is served. */
static cap_t serve_until_ready(void)
{
    struct words_call in;

    for (;;) {
        check(outcome_is_done(capos_recv(service, RING_NEVER, &in)), "a call");
        if (in.head.method == SERVICE_READY)
            return in.head.reply;
        capos_answer(in.head.reply, (const uint64_t[]){in.params[0], in.head.epoch}, 2);
    }
}

/* Calls that come by, until their process has ended. */
static void serve_one(void)
{
    struct words_call in;

    check(outcome_is_done(capos_recv(service, RING_NEVER, &in)), "a call");
    capos_answer(in.head.reply, (const uint64_t[]){in.params[0], in.head.epoch}, 2);
}

/* With a secret, and a capability that is to move. */
static void answer(cap_t reply, err_t expected)
{
    struct call answer;
    cap_t memory;

    check(outcome_is_done(frames_allocate(capos_cap("frames"), 1, &memory)), "memory");
    answer_open(&answer, (struct deferred){reply}, 2);
    capnp_set_u64(capnp_init_root(&answer.params, 1, 0), 0, SECRET);
    call_move(&answer, memory);
    attempt("answering it, with a capability that moves", answer_send(&answer), expected);
    attempt("releasing that capability", cap_release(memory), expected ? ERR_OK : ERR_BAD_HANDLE);
}

/* --- The parts --- */

static void logout(void)
{
    struct program_session ada = program_session_named("ada");
    struct session_audit audit;
    uint64_t number = 9, result;
    enum ended_by by;
    cap_t process;

    process = start(&ada, &ada, LOGOUT);
    serve_one();
    attempt("waiting for a session's end", session_control_wait(ada.control, &by), ERR_OK);
    check(by == ENDED_BY_LOGOUT, "by logout");
    attempt("calling a program of the ended session",
            capos_call(server_client, INTERFACE_SERVICE, SERVICE_ECHO, &number, 1, &result, 1),
            ERR_OK);
    check(result == number, "its answer");
    finish(process);
    attempt("asking for an audit long after", session_audit(ada.user, &audit), ERR_OK);
    check(!audit.live && audit.ended_by == ENDED_BY_LOGOUT, "how it ended");
    program_session_drop(&ada);
}

static void in_line(void)
{
    struct program_session bob = program_session_named("bob"),
                           other = program_session_named("other");
    struct words_call in;
    uint32_t caps;
    cap_t process, reply;

    process = start(&bob, &other, IN_LINE);
    reply = serve_until_ready();
    check(outcome_is_done(session_control_end(bob.control)), "the session's end");
    answer(reply, ERR_NOT_DELIVERED);
    caps = ledger_used().caps;
    attempt("receiving a call of an ended session", capos_recv(idle, clock_now() + 1000000, &in),
            ERR_TIMED_OUT);
    check(ledger_used().caps == caps, "nothing received");
    check(outcome_is_done(session_control_end(other.control)), "the other one's end");
    finish(process);
    program_session_drop(&bob);
    program_session_drop(&other);
}

static void at_the_terminal(void)
{
    struct program_session eve = program_session_named("eve");
    cap_t process = start(&eve, &eve, AT_THE_TERMINAL);
    cap_t reply = serve_until_ready();
    enum terminal_outcome ended;
    char line[17] = "";
    uint32_t len;

    attempt("reading a line while another one does",
            terminal_read_line(capos_cap("terminal"), 16, TERMINAL_ECHO_VISIBLE, &ended, line, 16,
                               &len),
            ERR_IN_USE);
    check(outcome_is_done(session_control_end(eve.control)), "the session's end");
    answer(reply, ERR_NOT_DELIVERED);
    console_printf("type a line");
    attempt("reading a line after that one's session has ended",
            terminal_read_line(capos_cap("terminal"), 16, TERMINAL_ECHO_VISIBLE, &ended, line, 16,
                               &len),
            ERR_OK);
    console_printf("it is: %s", line);
    terminal_close(capos_cap("terminal"));
    finish(process);
    program_session_drop(&eve);
}

/* Its time comes while it waits for an answer. */
static void expiry(void)
{
    struct program_session carl = program_session_named("carl");
    cap_t process = start(&carl, &carl, EXPIRED);
    cap_t reply = serve_until_ready();
    enum ended_by by;

    attempt("giving a session a time to end",
            session_control_renew(carl.control, clock_now() + 200000000, NULL), ERR_OK);
    check(outcome_is_done(session_control_wait(carl.control, &by)), "its end");
    check(by == ENDED_BY_EXPIRY, "by its expiry");
    answer(reply, ERR_NOT_DELIVERED);
    finish(process);
    program_session_drop(&carl);
}

static void renewal(void)
{
    struct program_session dora = program_session_named("dora");
    cap_t process = start(&dora, &dora, RENEWED);
    cap_t reply = serve_until_ready();
    uint64_t until = clock_now() + 1000000000;
    struct session_info info;
    uint32_t epoch;

    check(outcome_is_done(session_control_renew(dora.control, until, &epoch)) && epoch == 2,
          "the second epoch");
    check(outcome_is_done(session_control_renew(dora.control, 0, &epoch)) && epoch == 3,
          "the third epoch");
    check(outcome_is_done(timer_sleep(capos_cap("timer"), until + 1000000, NULL)), "a sleep");
    attempt("asking a session that was renewed in time", session_info(dora.user, &info), ERR_OK);
    check(info.epoch == 3 && info.expires == 0, "its numbers");
    answer(reply, ERR_OK);
    serve_one();
    finish(process);
    attempt("a renewal until a time that has passed",
            session_control_renew(dora.control, 1, &epoch), ERR_BAD_ARGUMENT);
    program_session_drop(&dora);
}

/* More than may wait for one end. */
static void waiters(void)
{
    struct program_session session = program_session_named("many");
    struct call calls[17];
    uint32_t ended = 0;

    for (unsigned i = 0; i < 17; i++) {
        session_control_wait_open(&calls[i], session.control);
        check(call_submit(&calls[i], 64, 1 + i) == ERR_OK, "a wait");
    }
    check(ring_enter(ring_mine(), 0, 0) == 17, "all waits taken");
    attempt("the 17th who waits for one session's end", call_wait(&calls[16]), ERR_IN_USE);
    check(outcome_is_done(user_session_logout(session.user)), "the session's end");
    for (unsigned i = 0; i < 16; i++) {
        ended += outcome_is_done(call_wait(&calls[i]));
        call_close(&calls[i]);
    }
    call_close(&calls[16]);
    console_printf("%u others have heard of it", ended);
    program_session_drop(&session);
}

int main(void)
{
    struct budget before;

    open_endpoint(&service, &client);
    open_endpoint(&idle, &idle_client);
    open_endpoint(&server, &server_client);
    check(outcome_is_done(frames_allocate(capos_cap("frames"), 2, &notes_memory)), "memory");
    notes = notes_map(notes_memory);
    before = ledger_used();
    console_printf("--- logout");
    logout();
    console_printf("--- in line, and at the return");
    in_line();
    console_printf("--- at the terminal");
    at_the_terminal();
    console_printf("--- expiry");
    expiry();
    console_printf("--- renewal");
    renewal();
    console_printf("--- those who wait for the end");
    waiters();
    ledger_check("sessions", before);
    console_printf("nothing is left over: the ledger is as before");
    return 0;
}
