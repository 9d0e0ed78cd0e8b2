/*
 * Asks for errors of all kinds, two hops away, and looks at what arrives.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "hops.h"

static cap_t middle;

static struct outcome hop(uint16_t method, uint64_t param, uint64_t *word)
{
    return capos_call(middle, INTERFACE_HOP, method, &param, 1, word, word ? 1 : 0);
}

/* Starts PROGRAM, which serves; its client. BACK: what it calls in turn. */
static cap_t serve(const char *program, cap_t back, cap_t *process)
{
    struct process_grant grants[] = {{"server", CAP_NONE}, {"back", back}};
    cap_t client;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_HOP, &grants[0].cap, &client)),
          "an endpoint");
    *process = program_start(program, NULL, 0, BUDGET_SMALL, grants, back ? 2 : 1);
    cap_release(grants[0].cap);
    return client;
}

static void expect(const char *what, struct outcome outcome, enum exception_type type, err_t code)
{
    attempt(what, outcome, code);
    check(outcome.kind == OUTCOME_EXCEPTION && outcome.type == type, "%s: type %u, not %u", what,
          type, outcome.type);
}

static void refused(void)
{
    static const char *const types[] = {"failed",        "overloaded", "disconnected",
                                        "unimplemented", "revoked",    "stale session"};

    for (unsigned i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        expect(types[i], hop(HOP_REFUSE, i, NULL), (enum exception_type)i, ERR_IN_USE);
        check(strncmp(ring_mine()->reason, "back says ", 10) == 0, "back's own words");
    }
    attempt("with no room for the reason on the way", hop(HOP_CUT, EXCEPTION_OVERLOADED, NULL),
            ERR_IN_USE);
    expect("a refusal of the kernel's", hop(HOP_KERNEL, 0, NULL), EXCEPTION_FAILED,
           ERR_BAD_ARGUMENT);
    expect("a method that nobody has", hop(HOP_UNKNOWN, 0, NULL), EXCEPTION_UNIMPLEMENTED,
           ERR_BAD_METHOD);
    expect("a right to answer that is dropped", hop(HOP_DROP, 0, NULL), EXCEPTION_DISCONNECTED,
           ERR_DISCONNECTED);
}

/* Here it is the last hop that leaves no room: the completion itself has the code. */
static void cut_at_the_end(void)
{
    struct ring_submission call = {
        .opcode = RING_CALL,
        .method = HOP_DROP,
        .cap = middle,
        .interface_id = INTERFACE_HOP,
    };
    struct ring_completion completion;

    check(ring_do(ring_mine(), &call, &completion) == ERR_OK, "a completion");
    check(completion.status == RING_STATUS_TRUNCATED && completion.value == ERR_DISCONNECTED &&
              completion.result_len == 0,
          "a code only");
    console_printf("with no room at all: truncated, and the code is that of: %s",
                   err_sentence((err_t)completion.value));
}

static void domain(void)
{
    uint64_t status = 0;

    check(outcome_is_done(hop(HOP_DOMAIN, 0, &status)) && status == 7, "a result");
    console_printf("a domain error is a result: done, and the field says %lu", status);
}

/* What is wrong with the submission goes nowhere. */
static void transport(void)
{
    struct ring_submission call = {
        .opcode = RING_CALL,
        .cap = middle,
        .interface_id = INTERFACE_HOP,
        .params = 1u << 30,
        .params_len = 8,
    };
    struct outcome outcome = ring_operate(&call, NULL);

    attempt("outside the arena", outcome, ERR_BAD_ARENA);
    check(outcome.kind == OUTCOME_TRANSPORT, "a transport error");
    outcome = capos_call(middle, INTERFACE_HOP + 1, HOP_COUNT, NULL, 0, NULL, 0);
    attempt("by another interface", outcome, ERR_BAD_INTERFACE);
    check(outcome.kind == OUTCOME_TRANSPORT, "a transport error");
}

int main(void)
{
    struct budget before = ledger_used();
    cap_t processes[2], back;
    uint64_t n;

    back = serve("back", CAP_NONE, &processes[0]);
    middle = serve("middle", back, &processes[1]);
    refused();
    cut_at_the_end();
    domain();
    transport();
    check(outcome_is_done(hop(HOP_COUNT, 0, &n)), "a count");
    console_printf("of all these %lu calls have come to back", n - 1);
    check(outcome_is_done(hop(HOP_STOP, 0, NULL)), "their end");
    program_finish(processes[0]);
    program_finish(processes[1]);
    cap_release(back);
    cap_release(middle);
    ledger_check("all of it", before);
    return 0;
}
