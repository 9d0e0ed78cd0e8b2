/*
 * Acts in a session that ends, and notes what it can still do.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Argument: an enum part.
 */
#include "stale.h"

static struct notes *notes;

static void note(const char *what, struct outcome outcome, err_t expected)
{
    struct note *note = &notes->notes[notes->n];

    check(notes->n < NOTES_MAX, "room for a note");
    format_text(note->what, sizeof(note->what), "%s", what);
    note->outcome = outcome;
    note->expected = expected;
    notes->n++;
}

static struct outcome echo(uint64_t *epoch)
{
    uint64_t number = 41, results[2];
    struct outcome outcome =
        capos_call(capos_cap("service"), INTERFACE_SERVICE, SERVICE_ECHO, &number, 1, results, 2);

    check(!outcome_is_done(outcome) || results[0] == 41, "the number");
    if (epoch)
        *epoch = results[1];
    return outcome;
}

/* Nothing of an answer is anywhere in the arena. */
static bool has_secret(void)
{
    struct ring_client *client = ring_mine();
    const uint64_t *words = (const uint64_t *)client->arena;

    for (uint32_t i = 0; i < client->arena_len / 8; i++) {
        if (words[i] == SECRET)
            return true;
    }
    return false;
}

/* A call that init answers with a secret and a capability, after it has ended the session. */
static void ready(const char *what, err_t expected)
{
    struct budget before = ledger_used();

    note(what, capos_call(capos_cap("service"), INTERFACE_SERVICE, SERVICE_READY, NULL, 0, NULL, 0),
         expected);
    if (expected) {
        check(!has_secret(), "nothing of the answer");
        check(ledger_used().caps == before.caps, "no capability");
    }
}

/* --- Logout --- */

static void others(void)
{
    struct session_fields fields = {0};
    struct process_request request = {.image = "user", .budget = BUDGET_SMALL};
    uint64_t cursor, lost;
    cap_t one, two;
    uint32_t n;

    note("a line on the console", console_write(capos_cap("console"), capnp_text("I am here")),
         ERR_STALE_SESSION);
    note("a line on the terminal", terminal_write(capos_cap("terminal"), capnp_data("x", 1)),
         ERR_STALE_SESSION);
    note("reading the log", log_read(capos_cap("log"), 0, 256, &cursor, &lost, NULL, 0, &n),
         ERR_STALE_SESSION);
    note("asking the boot package", package_info(capos_cap("package"), NULL, NULL),
         ERR_STALE_SESSION);
    note("an endpoint", endpoints_create(capos_cap("endpoints"), INTERFACE_SERVICE, &one, &two),
         ERR_STALE_SESSION);
    note("a child", process_spawn(capos_cap("processes"), &request, &one), ERR_STALE_SESSION);
    note("a child by the launcher", process_launch(capos_cap("launcher"), &request, &one),
         ERR_STALE_SESSION);
    note("another session", session_create(capos_cap("sessions"), &fields, 0, &one, &two),
         ERR_STALE_SESSION);
    note("a launcher of its own", session_control_launcher(capos_cap("control"), &one),
         ERR_STALE_SESSION);
    note("its own renewal", session_control_renew(capos_cap("control"), 0, NULL),
         ERR_STALE_SESSION);
}

static int nothing(void *argument)
{
    (void)argument;
    return 7;
}

static void own_things(void)
{
    struct thread thread;
    uint64_t now, at;
    uint32_t code;
    cap_t memory;

    note("the time", timer_now(capos_cap("timer"), &now), ERR_OK);
    note("a sleep", timer_sleep(capos_cap("timer"), now + 1000, &now), ERR_OK);
    note("memory", frames_allocate(capos_cap("frames"), 1, &memory), ERR_OK);
    note("its place", memory_map(memory, 0, 0, 1, ACCESS_READ_WRITE, &at), ERR_OK);
    note("its release", cap_release(memory), ERR_OK);
    note("a thread", thread_start(&thread, nothing, NULL), ERR_OK);
    note("its end", thread_finish(&thread, &code), ERR_OK);
    note("what a handle is",
         caps_describe(capos_cap("caps"), capos_cap("service"), NULL, NULL, NULL, NULL, NULL, NULL,
                       NULL),
         ERR_OK);
}

static void ask_about_it(void)
{
    struct session_info info;
    struct session_audit audit;

    note("asking its UserSession", session_info(capos_cap("session"), &info), ERR_STALE_SESSION);
    note("its context for audits", session_audit(capos_cap("session"), &audit), ERR_OK);
    check(!audit.live && audit.ended_by == ENDED_BY_LOGOUT, "how it ended");
    check(audit.fields.len[2] == 3 && memcmp(audit.fields.bytes[2], "ada", 3) == 0, "whose it was");
    note("logging out once more", user_session_logout(capos_cap("session")), ERR_OK);
}

/* Answering is not its own act. */
static void serve(void)
{
    struct words_call in;

    note("receiving a call of others", capos_recv(capos_cap("server"), RING_NEVER, &in), ERR_OK);
    note("answering it", capos_answer(in.head.reply, in.params, 1), ERR_OK);
}

static void logout(void)
{
    struct outcome outcome;

    note("a call", echo(NULL), ERR_OK);
    note("logging out", user_session_logout(capos_cap("session")), ERR_OK);
    outcome = echo(NULL);
    note("the same call", outcome, ERR_STALE_SESSION);
    check(outcome.type == EXCEPTION_STALE_SESSION, "an exception of type staleSession");
    others();
    own_things();
    ask_about_it();
    serve();
}

/* --- In line, and waiting --- */

static void in_line(void)
{
    struct call idle, wait, served, promised;

    call_open(&idle, capos_cap("idle"), INTERFACE_SERVICE, SERVICE_ECHO, 0);
    call_give(&idle, capos_cap("notes"));
    check(call_submit(&idle, 64, 1) == ERR_OK, "a call");
    session_control_wait_open(&wait, capos_cap("other-control"));
    check(call_submit(&wait, 64, 2) == ERR_OK, "a wait");
    call_open(&served, capos_cap("service"), INTERFACE_SERVICE, SERVICE_READY, 0);
    check(call_submit(&served, 64, 3) == ERR_OK, "a call");
    call_open(&promised, call_promise(&served, 0), INTERFACE_MEMORY, MEMORY_INFO, 0);
    check(call_submit(&promised, 64, 4) == ERR_OK, "a call");
    note("a call that is being served when the session ends", call_wait(&served),
         ERR_STALE_SESSION);
    note("a call of what that one was to bring", call_wait(&promised), ERR_STALE_SESSION);
    check(!has_secret(), "nothing of the answer");
    note("the call in line", call_wait(&idle), ERR_STALE_SESSION);
    note("waiting for another session's end, which comes", call_wait(&wait), ERR_STALE_SESSION);
    call_close(&idle);
    call_close(&wait);
    call_close(&served);
    call_close(&promised);
}

static void at_the_terminal(void)
{
    struct call read;

    terminal_read_line_params_set_max_len(terminal_read_line_open(&read, capos_cap("terminal"), 0),
                                          16);
    check(call_submit(&read, 128, 1) == ERR_OK, "a line being read");
    ready("a call that is being served when the session ends", ERR_STALE_SESSION);
    note("a line being read", call_wait(&read), ERR_STALE_SESSION);
    call_close(&read);
    check(!has_secret(), "nothing of the line");
}

static void expired(void)
{
    ready("a call that is being served when the session expires", ERR_STALE_SESSION);
    note("a call after that", echo(NULL), ERR_STALE_SESSION);
}

static void renewed(void)
{
    uint64_t epoch;

    note("a call", echo(&epoch), ERR_OK);
    check(epoch == 1, "the first epoch");
    ready("a call that is being served when the session would have expired", ERR_OK);
    note("a call after that", echo(&epoch), ERR_OK);
    check(epoch == 3, "the third epoch, after two renewals");
}

int main(void)
{
    static void (*const parts[PARTS])(void) = {logout, in_line, at_the_terminal, expired, renewed};
    size_t len;
    const enum part *part = capos_arguments(&len);

    notes = notes_map(capos_cap("notes"));
    parts[*part]();
    return 0;
}
