/*
 * Serves two mirrors, and starts programs in three sessions that look into them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mirror.h"

struct mirror {
    cap_t server, client, other_client;
    struct thread thread;
};

static struct mirror one, two;

static int serve(void *argument)
{
    const struct mirror *mirror = argument;
    struct words_call in;
    uint64_t seen[4];

    do {
        check(outcome_is_done(capos_recv(mirror->server, RING_NEVER, &in)), "a call");
        memcpy(seen, in.head.session, sizeof(in.head.session));
        seen[2] = in.head.epoch;
        seen[3] = in.head.flags;
        check(in.head.disclosed == 0 && in.head.reserved == 0, "nothing more about it");
        capos_answer(in.head.reply, seen, 4);
    } while (in.head.method != MIRROR_STOP);
    return 0;
}

static void open_mirror(struct mirror *mirror)
{
    check(outcome_is_done(endpoints_create(capos_cap("endpoints"), INTERFACE_MIRROR,
                                           &mirror->server, &mirror->client)),
          "an endpoint");
    check(outcome_is_done(endpoint_mint(mirror->server, 7, INTERFACE_MIRROR, SCOPE_SHAREABLE, 0,
                                        &mirror->other_client)),
          "a client");
    check(outcome_is_done(thread_start(&mirror->thread, serve, mirror)), "a thread");
}

static void close_mirror(struct mirror *mirror)
{
    check(outcome_is_done(
              capos_call(mirror->client, INTERFACE_MIRROR, MIRROR_STOP, NULL, 0, NULL, 0)),
          "its stop");
    check(outcome_is_done(thread_finish(&mirror->thread, NULL)), "its end");
}

/* LAUNCHER CAP_NONE: in this program's session. MORE is one grant more, if it has a name. */
static cap_t start(const char *whose, cap_t launcher, struct process_grant more)
{
    const struct process_grant grants[] = {
        {"one", one.client}, {"one-too", one.other_client}, {"two", two.client}, more};
    uint32_t n = more.name ? 4 : 3;
    size_t len = strlen(whose) + 1;

    return launcher ? program_launch(launcher, "caller", whose, len, BUDGET_SMALL, grants, n)
                    : program_start("caller", whose, len, BUDGET_SMALL, grants, n);
}

static void run(const char *whose, cap_t launcher)
{
    program_succeed("a caller", start(whose, launcher, (struct process_grant){0}));
}

static cap_t launcher_of(const char *name)
{
    struct program_session session = program_session_named(name);

    cap_release(session.user);
    cap_release(session.control);
    return session.launcher;
}

/* ADA's sends to bob's what it has. */
static void pass(cap_t ada, cap_t bob)
{
    cap_t server, client, sender, receiver;

    check(
        outcome_is_done(endpoints_create(capos_cap("endpoints"), INTERFACE_POST, &server, &client)),
        "an endpoint");
    receiver = start("bob", bob, (struct process_grant){"box", server});
    sender = start("ada", ada, (struct process_grant){"post", client});
    program_succeed("the receiver", receiver);
    program_succeed("the sender", sender);
    cap_release(client);
    cap_release(server);
}

static void refused(void)
{
    struct session_fields fields = {0};
    cap_t user, control;

    attempt("a session", session_create(capos_cap("sessions"), &fields, 0, &user, &control),
            ERR_NO_ENTROPY);
}

static bool has_entropy(void)
{
    uint8_t byte;

    return outcome_is_done(entropy_read(capos_cap("entropy"), 1, &byte, 1, NULL));
}

int main(void)
{
    open_mirror(&one);
    open_mirror(&two);
    run("the system", CAP_NONE);
    if (has_entropy()) {
        cap_t ada = launcher_of("ada"), bob = launcher_of("bob");

        run("ada", ada);
        run("bob", bob);
        run("ada again", ada);
        pass(ada, bob);
    } else {
        refused();
    }
    close_mirror(&one);
    close_mirror(&two);
    return 0;
}
