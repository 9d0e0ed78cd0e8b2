/*
 * Serves a desk for callers of several sessions, and asks what it may not know.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "desk.h"

static cap_t server, minted[N_CLIENTS];

static void set(struct session_fields *fields, enum session_field field, const char *value)
{
    session_fields_set(fields, field, value, strlen(value));
}

/* PROFILE may be NULL. */
static struct program_session session_of(const char *name, const char *profile)
{
    struct session_fields fields = {0};

    set(&fields, SESSION_FIELD_PRINCIPAL, "0123456789abcdef");
    set(&fields, SESSION_FIELD_NAME, name);
    set(&fields, SESSION_FIELD_SOURCE, "terminal");
    if (profile)
        set(&fields, SESSION_FIELD_PROFILE, profile);
    return program_session_open(&fields);
}

/* --- The desk --- */

static const char *const field_words[] = {"principal", "kind",     "name",
                                          "profile",   "strength", "source"};
#define N_WORDS (sizeof(field_words) / sizeof(field_words[0]))

/* As "name, source", with values if there are FIELDS. */
static void mask_text(uint64_t mask, const struct session_fields *fields, char *text, size_t room)
{
    size_t len = 0;

    text[0] = 0;
    if (mask == ALL_FIELDS)
        format_text(text, room, "everything");
    else if (mask == 0)
        format_text(text, room, "nothing");
    for (unsigned i = 0; i < N_WORDS && mask != ALL_FIELDS; i++) {
        if (mask >> i & 1)
            len += format_text(text + len, room - len, "%s%s%s%s", len ? ", " : "", field_words[i],
                               fields ? " " : "", fields ? (const char *)fields->bytes[i] : "");
    }
}

static void say(const struct words_call *in, const struct session_fields *fields)
{
    char request[128], permitted[128], told[192];

    mask_text(in->params[0], NULL, request, sizeof(request));
    mask_text(in->params[1], NULL, permitted, sizeof(permitted));
    mask_text(in->head.disclosed, fields, told, sizeof(told));
    console_printf("asked to tell %s, may tell %s: told %s", request, permitted, told);
}

static void serve_one(struct words_call *in)
{
    struct session_fields fields;

    check(outcome_is_done(capos_recv(server, RING_NEVER, in)), "a call");
    check(outcome_is_done(session_subject(server, in->head.reply, &fields)), "its subject");
    for (unsigned i = 0; i < SESSION_FIELDS; i++)
        check((in->head.disclosed >> i & 1) == (fields.len[i] != 0), "field %u as announced", i);
    if (in->head.method == DESK_ASK)
        say(in, &fields);
    capos_answer(in->head.reply, NULL, 0);
}

static void serve(const char *whose, cap_t launcher, uint8_t from)
{
    struct process_grant grants[N_CLIENTS];
    struct words_call in;
    cap_t process;

    for (unsigned i = 0; i < N_CLIENTS; i++)
        grants[i] = (struct process_grant){clients[i].client, minted[i]};
    console_printf("a caller of %s:", whose);
    process = launcher
                  ? program_launch(launcher, "caller", &from, 1, BUDGET_SMALL, grants, N_CLIENTS)
                  : program_start("caller", &from, 1, BUDGET_SMALL, grants, N_CLIENTS);
    do
        serve_one(&in);
    while (in.head.method != DESK_STOP);
    program_succeed("the caller", process);
}

/* --- What the desk may not ask --- */

static void of_whom(void)
{
    struct session_fields fields;
    cap_t other, client;

    check(
        outcome_is_done(endpoints_create(capos_cap("endpoints"), INTERFACE_DESK, &other, &client)),
        "an endpoint");
    attempt("the subject of what is no call", session_subject(server, minted[0], &fields),
            ERR_BAD_INTERFACE);
    attempt("the subject of nothing", session_subject(server, 12345, &fields), ERR_BAD_HANDLE);
    cap_release(other);
    cap_release(client);
}

/* A call of its own, which it withdraws. */
static void withdrawn(void)
{
    struct session_fields fields;
    struct words_call in;
    struct call call;
    cap_t other, client;

    check(
        outcome_is_done(endpoints_create(capos_cap("endpoints"), INTERFACE_DESK, &other, &client)),
        "an endpoint");
    desk_open(&call, minted[3], DESK_ASK, ALL_FIELDS, ALL_FIELDS);
    check(call_submit(&call, 64, 1) == ERR_OK && ring_enter(ring_mine(), 0, 0) == 1, "a call");
    check(outcome_is_done(capos_recv(server, RING_NEVER, &in)), "its reception");
    attempt("the subject of a call by another endpoint",
            session_subject(other, in.head.reply, &fields), ERR_BAD_ARGUMENT);
    check(call_cancel(&call) == ERR_OK, "its withdrawal");
    attempt("the subject of a call that was withdrawn",
            session_subject(server, in.head.reply, &fields), ERR_CANCELLED);
    check(call_wait(&call).code == ERR_CANCELLED, "its end");
    call_close(&call);
    attempt("answering it", capos_answer(in.head.reply, NULL, 0), ERR_CANCELLED);
    attempt("the subject of a call that was answered",
            session_subject(server, in.head.reply, &fields), ERR_BAD_HANDLE);
    cap_release(other);
    cap_release(client);
}

static void ended(const struct program_session *session)
{
    const struct process_grant grant = {"desk", minted[3]};
    struct session_fields fields;
    struct words_call in;
    cap_t process = program_launch(session->launcher, "caller", NULL, 0, BUDGET_SMALL, &grant, 1);

    check(outcome_is_done(capos_recv(server, RING_NEVER, &in)), "a call");
    check(outcome_is_done(session_subject(server, in.head.reply, &fields)), "its subject");
    check(outcome_is_done(session_control_end(session->control)), "the session's end");
    attempt("the subject of a call whose session has ended",
            session_subject(server, in.head.reply, &fields), ERR_STALE_SESSION);
    capos_answer(in.head.reply, NULL, 0);
    program_succeed("the caller", process);
}

int main(void)
{
    struct program_session ada = session_of("ada", "operator"), bob = session_of("bob", NULL);

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_DESK, &server, &minted[0])),
          "an endpoint");
    for (unsigned i = 1; i < N_CLIENTS; i++)
        check(outcome_is_done(endpoint_mint(server, 0, INTERFACE_DESK, SCOPE_SHAREABLE,
                                            clients[i].permitted, &minted[i])),
              "a client");
    serve("ada, who has a profile", ada.launcher, 0);
    serve("bob, who has none", bob.launcher, N_CLIENTS - 1);
    serve("the system, which has no fields", CAP_NONE, N_CLIENTS - 1);
    of_whom();
    withdrawn();
    ended(&ada);
    program_session_drop(&ada);
    program_session_drop(&bob);
    return 0;
}
