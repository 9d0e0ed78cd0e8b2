/*
 * Starts a server, and programs that call it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "service.h"

#define N_CLIENTS    4
#define FIRST_COOKIE 1000

/* For programs that start others. */
#define BUDGET_PARENT \
    ((struct budget){.frames = 1024, .objects = 128, .calls = 256, .timers = 128, .caps = 256})

static cap_t server;

/* Starts a program that has a client of its own, and tells it its cookie. */
static cap_t start(const char *image, uint64_t cookie)
{
    struct process_grant grant = {"service", CAP_NONE};
    cap_t process;

    check(outcome_is_done(
              endpoint_mint(server, cookie, INTERFACE_SERVICE, SCOPE_SHAREABLE, 0, &grant.cap)),
          "a client");
    process = program_start(image, &cookie, sizeof(cookie), BUDGET_PARENT, &grant, 1);
    cap_release(grant.cap);
    return process;
}

static void run(const char *image)
{
    static uint64_t last_cookie;
    struct budget before = ledger_used();

    program_succeed(image, start(image, ++last_cookie));
    ledger_check(image, before);
}

static void run_clients(void)
{
    struct budget before = ledger_used();
    cap_t clients[N_CLIENTS];

    for (uint32_t i = 0; i < N_CLIENTS; i++)
        clients[i] = start("client", FIRST_COOKIE + i);
    for (uint32_t i = 0; i < N_CLIENTS; i++)
        program_succeed("client", clients[i]);
    ledger_check("clients", before);
    console_printf("%u clients at once: each call came with its own client's cookie", N_CLIENTS);
}

/* The server runs from here on. */
static cap_t start_server(cap_t *client)
{
    struct process_grant grant = {"server", CAP_NONE};

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_SERVICE, &server, client)),
          "an endpoint");
    grant.cap = server;
    return program_start("server", NULL, 0, BUDGET_PARENT, &grant, 1);
}

int main(void)
{
    struct budget before = ledger_used();
    cap_t client, process = start_server(&client);

    run("calls");
    run_clients();
    run("deferred");
    run("capabilities");
    run("ends");
    run("forger");
    check(outcome_is_done(capos_call(client, INTERFACE_SERVICE, SERVICE_STOP, NULL, 0, NULL, 0)),
          "the server to stop");
    program_succeed("server", process);
    cap_release(client);
    cap_release(server);
    ledger_check("everything", before);
    console_printf("nothing is left over: the ledger is as before");
    return 0;
}
