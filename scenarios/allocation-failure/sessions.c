/*
 * A session that expires one day, a process in it, and somebody who waits for its end.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "steps.h"

#define WAIT 1

static cap_t user, control, launcher, process;
static struct call wait;
static bool waiting;

static bool create(void)
{
    struct call call;
    bool created;

    sessions_create_params_set_expires(sessions_create_open(&call, capos_cap("sessions"), 0),
                                       RING_NEVER - 1);
    created = fine(call_make(&call, 128));
    if (created) {
        struct sessions_create_results_reader results = sessions_create_results(&call);

        user = call_cap(&call, sessions_create_results_user(results));
        control = call_cap(&call, sessions_create_results_control(results));
    }
    call_close(&call);
    return created;
}

static void run(void)
{
    if (!create() || !fine(session_control_launcher(control, &launcher)))
        return;
    session_control_wait_open(&wait, control);
    check(call_submit(&wait, 64, WAIT) == ERR_OK, "a wait");
    waiting = true;
    launch(launcher, "nothing", "w", &process);
    fine(session_control_end(control));
}

/* The session's end is nobody's end. */
static void clean(void)
{
    if (process != CAP_NONE)
        surely(process_terminate(process));
    finish(&process);
    if (waiting)
        call_close(&wait);
    waiting = false;
    give_up(&launcher);
    give_up(&control);
    give_up(&user);
}

const struct step step_sessions = {
    .name = "sessions", .run = run, .clean = clean, .starts_processes = true};
