/*
 * Other programs of the boot package, started by a program that tests with all that it was granted.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/program.h"

#include <string.h>

#include "capos/check.h"
#include "capos/start.h"
#include "interfaces/session.capnp.h"

static cap_t start(cap_t launcher, const char *image, const void *arguments, size_t len,
                   struct budget budget, const struct process_grant *more, uint32_t n_more)
{
    struct process_grant grants[PROCESS_GRANTS_MAX];
    struct process_request request = {
        .image = image,
        .arguments = arguments,
        .arguments_len = len,
        .grants = grants,
        .budget = budget,
    };
    const struct grant *own = capos_grants(&request.n_grants);
    struct outcome outcome;
    cap_t process;

    check(request.n_grants + n_more <= PROCESS_GRANTS_MAX, "not more grants than a child can get");
    for (uint32_t i = 0; i < request.n_grants; i++)
        grants[i] = (struct process_grant){own[i].name, own[i].cap};
    for (uint32_t i = 0; i < n_more; i++)
        grants[request.n_grants++] = more[i];
    outcome = launcher ? process_launch(launcher, &request, &process)
                       : process_spawn(capos_cap("processes"), &request, &process);
    check(outcome_is_done(outcome), "%s to start, not: %s", image, outcome_sentence(outcome));
    return process;
}

cap_t program_start(const char *image, const void *arguments, size_t len, struct budget budget,
                    const struct process_grant *more, uint32_t n_more)
{
    return start(CAP_NONE, image, arguments, len, budget, more, n_more);
}

cap_t program_launch(cap_t launcher, const char *image, const void *arguments, size_t len,
                     struct budget budget, const struct process_grant *more, uint32_t n_more)
{
    return start(launcher, image, arguments, len, budget, more, n_more);
}

struct process_end program_finish(cap_t process)
{
    struct process_end end;

    check(outcome_is_done(process_wait(process, &end.reason, &end.code)), "a program's end");
    cap_release(process);
    return end;
}

struct program_session program_session_open(const struct session_fields *fields)
{
    struct program_session session;

    check(outcome_is_done(
              session_create(capos_cap("sessions"), fields, 0, &session.user, &session.control)),
          "a session");
    check(outcome_is_done(session_control_launcher(session.control, &session.launcher)),
          "its launcher");
    return session;
}

struct program_session program_session_named(const char *name)
{
    struct session_fields fields = {0};

    check(session_fields_set(&fields, SESSION_FIELD_NAME, name, strlen(name)), "a name that fits");
    return program_session_open(&fields);
}

void program_session_drop(const struct program_session *session)
{
    cap_release(session->launcher);
    cap_release(session->control);
    cap_release(session->user);
}

void program_succeed(const char *image, cap_t process)
{
    struct process_end end = program_finish(process);

    check(end.reason == PROCESS_REASON_EXITED && end.code == 0,
          "a good end of %s, not the reason %u with %u", image, end.reason, end.code);
}

struct process_end program_run(const char *image, const void *arguments, size_t len,
                               struct budget budget)
{
    return program_finish(program_start(image, arguments, len, budget, NULL, 0));
}

uint32_t program_processors(void)
{
    struct call call;
    uint32_t n;

    system_system_open(&call, capos_cap("system"));
    check(outcome_is_done(call_make(&call, 256)), "how many processors");
    n = system_system_results_processors(system_system_results(&call));
    call_close(&call);
    return n;
}

struct program_endpoint program_endpoint_open(uint64_t interface_id)
{
    struct program_endpoint endpoint;

    check(outcome_is_done(endpoints_create(capos_cap("endpoints"), interface_id, &endpoint.server,
                                           &endpoint.client)),
          "an endpoint");
    return endpoint;
}

void program_endpoint_close(struct program_endpoint endpoint)
{
    check(outcome_is_done(cap_release(endpoint.client)), "the client to release");
    check(outcome_is_done(cap_release(endpoint.server)), "the server's side to release");
}

struct budget ledger_used(void)
{
    struct budget used, limit;

    check(outcome_is_done(ledger_read(capos_cap("system"), &used, &limit)), "the ledger");
    return used;
}

struct budget ledger_limit(void)
{
    struct budget used, limit;

    check(outcome_is_done(ledger_read(capos_cap("system"), &used, &limit)), "the ledger");
    return limit;
}

void ledger_check(const char *what, struct budget before)
{
    struct budget after = ledger_used();

    check(after.frames == before.frames, "%s: %u frames, not %u", what, before.frames,
          after.frames);
    check(after.objects == before.objects, "%s: %u objects, not %u", what, before.objects,
          after.objects);
    check(after.calls == before.calls, "%s: %u calls, not %u", what, before.calls, after.calls);
    check(after.timers == before.timers, "%s: %u timers, not %u", what, before.timers,
          after.timers);
    check(after.caps == before.caps, "%s: %u capabilities, not %u", what, before.caps, after.caps);
}
