/*
 * Asks for a seed and a size, starts the workers, and compares what they say at the end.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "abi/inject.calls.h"

#include "messages.h"
#include "player.h"
#include "worker.h"

#define BUDGET_WORKER \
    ((struct budget){.frames = 8000, .objects = 2500, .calls = 1000, .timers = 1000, .caps = 3000})

static cap_t bank, servers[WORKERS], clients[WORKERS], workers[WORKERS], meeting[WORKERS];
static uint32_t joined, n_meeting, reports, shown;
static bool token_seen[WORKERS * TOKENS];
static uint64_t sent, got;

/* Two decimal numbers. */
static void ask(uint64_t *seed, uint64_t *size)
{
    char line[64];
    uint32_t len;
    enum terminal_outcome outcome;
    uint64_t *number = seed;

    *seed = *size = 0;
    check(outcome_is_done(terminal_write(capos_cap("terminal"), capnp_data("seed and size: ", 15))),
          "a question");
    check(outcome_is_done(terminal_read_line(capos_cap("terminal"), sizeof(line),
                                             TERMINAL_ECHO_VISIBLE, &outcome, line, sizeof(line),
                                             &len)),
          "an answer");
    for (uint32_t i = 0; i < len; i++) {
        if (line[i] == ' ')
            number = size;
        else
            *number = *number * 10 + (uint64_t)(line[i] - '0');
    }
    terminal_close(capos_cap("terminal"));
}

static void start(uint32_t i, uint64_t seed, uint32_t n_operations)
{
    struct victim victim = {random_mix(seed, i), n_operations, 0};
    cap_t client;
    struct process_grant more[2] = {{"bank", CAP_NONE}, {"server", servers[i]}};

    check(outcome_is_done(endpoint_mint(bank, i, INTERFACE_BANK, SCOPE_SHAREABLE, 0, &client)),
          "a client for a worker");
    more[0].cap = client;
    workers[i] = program_start("worker", &victim, sizeof(victim), BUDGET_WORKER, more, 2);
    cap_release(client);
}

/* --- Methods --- */

static void give_client(struct call *answer, cap_t server, uint64_t cookie, uint64_t interface_id)
{
    cap_t client;

    check(outcome_is_done(
              endpoint_mint(server, cookie, interface_id, SCOPE_SHAREABLE, UINT16_MAX, &client)),
          "a client");
    call_move(answer, client);
}

static void join(cap_t reply, uint64_t worker)
{
    struct call answer;

    answer_open(&answer, (struct deferred){reply}, 0);
    for (uint32_t i = 0; i < WORKERS; i++)
        give_client(&answer, servers[i], COOKIE_EXACT, INTERFACE_STRESS);
    for (uint32_t i = 0; i < WORKERS; i++)
        give_client(&answer, servers[i], 0, INTERFACE_STRESS);
    for (uint32_t i = 0; i < TOKENS; i++)
        give_client(&answer, bank, worker * TOKENS + i, INTERFACE_TOKEN);
    check(outcome_is_done(answer_send(&answer)), "what every worker gets");
    if (++joined == WORKERS) {
        for (uint32_t i = 0; i < WORKERS; i++)
            cap_release(servers[i]);
    }
}

/* From now on allocations fail for want of memory only. */
static void end_failures(void)
{
    uint64_t asked;

    if (capos_grant("inject"))
        check(outcome_is_done(inject_disarm(capos_cap("inject"), &asked, NULL)),
              "an end of failures");
}

/* All go on when the last one has come. */
static void meet(cap_t reply)
{
    meeting[n_meeting++] = reply;
    if (n_meeting < WORKERS)
        return;
    end_failures();
    while (n_meeting > 0)
        check(outcome_is_done(capos_answer(meeting[--n_meeting], NULL, 0)),
              "an answer to every worker");
}

static void show(cap_t reply, uint64_t token)
{
    check(token < WORKERS * TOKENS && !token_seen[token], "token %lu once", token);
    token_seen[token] = true;
    shown++;
    check(outcome_is_done(capos_answer(reply, NULL, 0)), "an answer");
}

static void take_report(cap_t reply, const uint64_t *words)
{
    sent += words[0];
    got += words[1];
    reports++;
    check(outcome_is_done(capos_answer(reply, NULL, 0)), "an answer");
}

static void serve(void)
{
    struct words_call in;

    struct outcome outcome = capos_recv(bank, RING_NEVER, &in);

    if (outcome.code == ERR_NO_MEMORY)
        return; /* as the players want it */
    check(outcome_is_done(outcome), "a call");
    if (in.head.method == METHOD_JOIN)
        join(in.head.reply, in.head.cookie);
    else if (in.head.method == METHOD_MEET)
        meet(in.head.reply);
    else if (in.head.method == METHOD_TOKEN)
        show(in.head.reply, in.head.cookie);
    else
        take_report(in.head.reply, in.params);
}

/* --- The end --- */

static void tell_failures(void)
{
    uint64_t n, all = 0;
    uint32_t i = 0;

    while (outcome_is_done(inject_pool(capos_cap("inject"), i++, NULL, 0, NULL, NULL, &n)))
        all += n;
    check(all > 0, "allocations that failed");
    console_printf("allocations that failed meanwhile: %lu", all);
}

/* One that does nothing tells by its number how many there were. */
static uint64_t count_processes(void)
{
    struct victim victim = {0, 0, 1};
    cap_t process = program_start("worker", &victim, sizeof(victim), BUDGET_SMALL, NULL, 0);
    uint64_t id;
    bool running;

    check(outcome_is_done(process_info(process, &id, &running)), "its number");
    program_finish(process);
    return id;
}

static void finish(void)
{
    for (uint32_t i = 0; i < WORKERS; i++) {
        struct process_end end = program_finish(workers[i]);

        check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "a good end of worker %u", i);
    }
    check(sent == got, "as many answers sent, %lu, as received, %lu", sent, got);
    check(shown == WORKERS * TOKENS, "every token, not %u", shown);
    console_printf("workers and all below them have ended: %lu processes", count_processes());
    console_printf("answers sent and received: %lu each", sent);
    console_printf("each of %u tokens was held once", shown);
    if (capos_grant("inject"))
        tell_failures();
}

int main(void)
{
    uint64_t seed, size;
    struct budget before = ledger_used();

    ask(&seed, &size);
    console_printf("seed %lu, size %lu", seed, size);
    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_BANK, &bank, &clients[0])),
          "an endpoint");
    cap_release(clients[0]);
    for (uint32_t i = 0; i < WORKERS; i++) {
        check(outcome_is_done(endpoints_create(capos_cap("endpoints"), INTERFACE_STRESS,
                                               &servers[i], &clients[i])),
              "an endpoint");
        cap_release(clients[i]);
    }
    for (uint32_t i = 0; i < WORKERS; i++)
        start(i, seed, (uint32_t)size);
    while (reports < WORKERS)
        serve();
    finish();
    cap_release(bank);
    ledger_check("all of it", before);
    console_printf("the ledger is as before");
    return 0;
}
