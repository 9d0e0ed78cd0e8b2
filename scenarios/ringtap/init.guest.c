/*
 * Submits what works, what waits and what is wrong, once each, and passes on a secret.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Every operation is over when it ends, so that a trace holds all completions.
 */
#include "capos/capos.h"
#include "secret.h"

#define INTERFACE_KEEPER 0xaf5f80e9c1d5e2b7
#define MILLISECOND      1000000ull

static void expect(const char *what, struct outcome outcome, err_t code)
{
    check(outcome.code == code, "%s: %s instead of %s", what, err_sentence(outcome.code),
          err_sentence(code));
}

/* By a message to another process, and back. */
static void pass_secret(void)
{
    cap_t server, client, process;
    struct process_end end;
    uint64_t word, back;

    expect("an endpoint",
           endpoints_create(capos_cap("endpoints"), INTERFACE_KEEPER, &server, &client), ERR_OK);
    struct process_grant grants[] = {{"server", server}, {"console", capos_cap("console")}};
    struct process_request request = {
        .image = "keeper",
        .grants = grants,
        .n_grants = 2,
        .budget = BUDGET_SMALL,
    };
    expect("a process", process_spawn(capos_cap("processes"), &request, &process), ERR_OK);
    memcpy(&word, SECRET, SECRET_LEN);
    expect("a call", capos_call(client, INTERFACE_KEEPER, 0, &word, 1, &back, 1), ERR_OK);
    check(back == word, "the secret back");
    expect("the keeper's end", process_wait(process, &end.reason, &end.code), ERR_OK);
    check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "a good end");
    expect("the process released", cap_release(process), ERR_OK);
    expect("the client released", cap_release(client), ERR_OK);
    expect("the server released", cap_release(server), ERR_OK);
    expect("a call of what was released",
           capos_call(client, INTERFACE_KEEPER, 0, &word, 1, &back, 1), ERR_BAD_HANDLE);
}

static void wait_in_vain(void)
{
    static uint32_t word = 7;
    cap_t park = capos_cap("park");
    uint64_t woken;

    expect("parking at another value", park_wait(park, &word, 8, 0), ERR_MISMATCH);
    expect("parking until a deadline", park_wait(park, &word, 7, clock_now() + MILLISECOND),
           ERR_TIMED_OUT);
    expect("waking nobody", park_wake(park, &word, 1, &woken), ERR_OK);
    expect("sleeping", timer_sleep(capos_cap("timer"), clock_now() + MILLISECOND, NULL), ERR_OK);
}

static void submit_wrongly(void)
{
    struct ring_submission unknown = {.opcode = RING_OPCODES};
    struct ring_submission flagged = {.opcode = RING_NOP, .flags = 0x80};

    expect("no such operation", ring_operate(&unknown, NULL), ERR_BAD_OPCODE);
    expect("a flag that no operation has", ring_operate(&flagged, NULL), ERR_BAD_FLAGS);
    expect("no such method",
           capos_call(capos_cap("console"), INTERFACE_CONSOLE, 99, NULL, 0, NULL, 0),
           ERR_BAD_METHOD);
    expect("another interface",
           capos_call(capos_cap("console"), INTERFACE_TIMER, TIMER_NOW, NULL, 0, NULL, 0),
           ERR_BAD_INTERFACE);
    expect("nothing to cancel",
           ring_operate(&(struct ring_submission){.opcode = RING_CANCEL, .argument = 5}, NULL),
           ERR_NOT_FOUND);
}

int main(void)
{
    console_printf("the secret is " SECRET);
    pass_secret();
    wait_in_vain();
    submit_wrongly();
    console_printf("everything ended as it should");
    return 0;
}
