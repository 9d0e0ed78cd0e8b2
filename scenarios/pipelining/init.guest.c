/*
 * Starts the tree's server, and programs that call what is still to come.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/start.h"
#include "node.h"

#define BUDGET_PROGRAM \
    ((struct budget){.frames = 512, .objects = 64, .calls = 64, .timers = 16, .caps = 128})
#define BUDGET_POOR \
    ((struct budget){.frames = 256, .objects = 32, .calls = 3, .timers = 1, .caps = 64})

static void run(const char *image, struct budget budget, const struct process_grant *more)
{
    struct budget before = ledger_used();

    program_succeed(image, program_start(image, NULL, 0, budget, more, more ? 1 : 0));
    ledger_check(image, before);
}

/* With the largest arena, and all grants. */
static void run_large(void)
{
    struct process_grant grants[PROCESS_GRANTS_MAX];
    struct process_request request = {
        .image = "large", .grants = grants, .budget = BUDGET_PROGRAM, .arena_pages = 64};
    const struct grant *own = capos_grants(&request.n_grants);
    cap_t process;

    for (uint32_t i = 0; i < request.n_grants; i++)
        grants[i] = (struct process_grant){own[i].name, own[i].cap};
    check(outcome_is_done(process_spawn(capos_cap("processes"), &request, &process)), "a program");
    program_succeed("large", process);
}

static void run_member(void)
{
    struct program_session session = program_session_named("member");
    const struct process_grant grant = {"control", session.control};

    program_succeed("member",
                    program_launch(session.launcher, "member", NULL, 0, BUDGET_PROGRAM, &grant, 1));
    console_printf("a session ended while calls waited: they ended with it, and nothing arrived");
    program_session_drop(&session);
}

int main(void)
{
    struct budget before = ledger_used();
    struct process_grant server = {"server", CAP_NONE}, node = {"node", CAP_NONE};
    cap_t process;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_NODE, &server.cap, &node.cap)),
          "an endpoint");
    process = program_start("server", NULL, 0, BUDGET_PROGRAM, &server, 1);
    run("chains", BUDGET_PROGRAM, &node);
    run("ends", BUDGET_PROGRAM, NULL);
    run("moves", BUDGET_PROGRAM, NULL);
    run("denials", BUDGET_PROGRAM, NULL);
    run("poor", BUDGET_POOR, NULL);
    run_large();
    run_member();
    check(outcome_is_done(capos_call(node.cap, INTERFACE_NODE, NODE_STOP, NULL, 0, NULL, 0)),
          "the server to stop");
    program_succeed("the server", process);
    cap_release(node.cap);
    cap_release(server.cap);
    ledger_check("everything", before);
    console_printf("nothing is left over: the ledger is as before");
    return 0;
}
