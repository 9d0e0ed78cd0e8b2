/*
 * Asks "who" about itself, and starts a child that does the same.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "interfaces/session.capnp.h"
#include "who.h"

/* Calls that claim to come from another session, by all that a caller can write. */
static void pretend(struct who own)
{
    const uint64_t claims[] = {~own.session[0], ~own.session[1], own.epoch + 1, RING_CALLER_LIVE};

    check(is_same(who_am_i(claims, 4), own), "a message that says otherwise to change nothing");
}

/* It says what another session is, and is of no use as anything else. */
static void use_copy(cap_t copy, struct who own)
{
    struct session_info info;
    cap_t child;

    check(outcome_is_done(session_info(copy, &info)), "what the other session is");
    console_printf("holds a UserSession of %s",
                   (const char *)info.fields.bytes[SESSION_FIELD_NAME]);
    check(is_same(who_am_i(NULL, 0), own), "a UserSession that it holds to change nothing");
    attempt("starting a program by a UserSession",
            process_launch(copy, &(struct process_request){.image = "member"}, &child),
            ERR_BAD_INTERFACE);
}

/* Enough for a program and so many generations below it. */
static struct budget budget_of(uint32_t generations)
{
    uint32_t n = generations + 1;

    return (struct budget){
        .frames = 150 * n, .objects = 20 * n, .calls = 10 * n, .timers = n, .caps = 40 * n};
}

int main(void)
{
    size_t len;
    const struct member *argument = capos_arguments(&len);
    const struct grant *copy = capos_grant("copy");
    struct member child;
    struct who own = who_am_i(NULL, 0);

    check(len == sizeof(*argument), "an argument");
    check(is_same(own, argument->expected) || is_same(argument->expected, (struct who){0}),
          "the session that was expected");
    check(own.flags == RING_CALLER_LIVE && own.epoch == 1, "a live session in its first epoch");
    pretend(own);
    if (copy)
        use_copy(copy->cap, own);
    if (argument->generations == 0) {
        console_printf(
            "the last generation: its session as its parent's, whatever its message says");
        return 0;
    }
    child = (struct member){own, argument->generations - 1};
    return (int)program_run("member", &child, sizeof(child), budget_of(child.generations)).code;
}
