/*
 * A session that expires one day, a process in it, and somebody who waits for its end.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "steps.h"

#include "capos/session.h"

#define WAIT 1

static cap_t user, control, launcher, process;
static struct call wait;
static bool waiting;

static void run(void)
{
    struct session_fields fields = {0};

    if (!fine(session_create(capos_cap("sessions"), &fields, RING_NEVER - 1, &user, &control)) ||
        !fine(session_control_launcher(control, &launcher)))
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
