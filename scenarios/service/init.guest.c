/*
 * Calls a service made with the library's kit, as clients should and as they should not.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"
#include "scenarios/service/tally.calls.h"

#define ROUNDS  1000
#define GARBAGE 500
#define N_LATER 3

struct tally {
    cap_t server, process;
    cap_t clients[2]; /* of the accounts 1 and 2 */
};

static struct tally start(uint8_t threads)
{
    struct tally tally;
    struct process_grant grant = {"tally", CAP_NONE};
    cap_t unknown;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_TALLY, &tally.server, &unknown)),
          "an endpoint");
    for (uint64_t i = 0; i < 2; i++)
        check(outcome_is_done(endpoint_mint(tally.server, i + 1, INTERFACE_TALLY, SCOPE_SHAREABLE,
                                            0, &tally.clients[i])),
              "a client");
    grant.cap = tally.server;
    tally.process = program_start("tally", &threads, 1, BUDGET_SMALL, &grant, 1);
    attempt("a client whose cookie the service does not know", tally_add(unknown, 1, NULL),
            ERR_DISCONNECTED);
    cap_release(unknown);
    return tally;
}

static void finish(struct tally *tally, uint32_t code)
{
    struct process_end end = program_finish(tally->process);

    check(end.reason == PROCESS_REASON_EXITED && end.code == code, "its end with %u, not %u", code,
          end.code);
    cap_release(tally->clients[0]);
    cap_release(tally->clients[1]);
}

static uint32_t caps_of(cap_t client)
{
    uint32_t used;

    check(outcome_is_done(tally_caps(client, &used)), "the service's capabilities");
    return used;
}

static void accounts(struct tally *tally)
{
    uint64_t sums[2] = {0};

    for (uint64_t i = 1; i <= ROUNDS; i++) {
        check(outcome_is_done(tally_add(tally->clients[0], i, &sums[0])), "a sum");
        check(outcome_is_done(tally_add(tally->clients[1], 1, &sums[1])), "another sum");
    }
    console_printf("two clients, %u calls of each: %lu on one account, %lu on the other", ROUNDS,
                   sums[0], sums[1]);
}

static void not_there(cap_t client)
{
    attempt("a method that the service leaves out", tally_spare(client), ERR_BAD_METHOD);
    attempt("a method that the interface does not have",
            capos_call(client, INTERFACE_TALLY, 1000, NULL, 0, NULL, 0), ERR_BAD_METHOD);
}

static void other_interface(struct tally *tally)
{
    cap_t timer;
    uint64_t now;

    check(outcome_is_done(
              endpoint_mint(tally->server, 1, INTERFACE_TIMER, SCOPE_SHAREABLE, 0, &timer)),
          "a client");
    attempt("a client that was minted as a timer", timer_now(timer, &now), ERR_BAD_METHOD);
    cap_release(timer);
}

/* --- Capabilities --- */

static void capabilities(cap_t client)
{
    uint32_t before = caps_of(client), pages;
    struct budget own = ledger_used();
    cap_t memory, one, other;
    uint64_t sum;

    check(outcome_is_done(frames_allocate(capos_cap("frames"), 3, &memory)), "memory");
    attempt("a call with a capability, which the service calls",
            tally_pages(client, memory, &pages), ERR_OK);
    check(pages == 3, "3 pages, not %u", pages);
    attempt("the same without one", tally_pages(client, CAP_NONE, &pages), ERR_BAD_HANDLE);
    attempt("the same with one of another kind", tally_pages(client, capos_cap("timer"), &pages),
            ERR_BAD_INTERFACE);
    for (uint32_t i = 0; i < ROUNDS / 10; i++)
        check(outcome_is_done(tally_ignore(client, memory, memory)), "a call");
    check(caps_of(client) == before, "%u capabilities in the service, not %u", before,
          caps_of(client));
    console_printf(
        "100 calls with two capabilities that the service ignores: it holds none of them");
    cap_release(memory);
    check(outcome_is_done(tally_give(client, &one, &other)), "two capabilities");
    check(outcome_is_done(tally_add(other, 0, &sum)) && sum == ROUNDS, "the other account");
    cap_release(one);
    cap_release(other);
    for (uint32_t i = 0; i < ROUNDS / 10; i++)
        check(outcome_is_done(tally_give(client, NULL, NULL)), "a call");
    ledger_check("results that were ignored", own);
    check(caps_of(client) == before, "%u capabilities in the service, not %u", before,
          caps_of(client));
    console_printf("100 results with two capabilities that the client ignores: nobody holds them");
}

/* --- Late answers --- */

static void later(cap_t client)
{
    struct call calls[N_LATER];
    uint32_t n;

    for (uint64_t i = 0; i < N_LATER; i++) {
        tally_later_params_set_number(tally_later_open(&calls[i], client, 0), i);
        check(call_submit(&calls[i], 64, i) == ERR_OK, "a call under way");
    }
    check(outcome_is_done(tally_answer_all(client, &n)) && n == N_LATER, "3 answers, not %u", n);
    for (uint64_t i = 0; i < N_LATER; i++) {
        check(outcome_is_done(call_wait(&calls[i])), "an answer");
        check(tally_later_results_number(tally_later_results(&calls[i])) == i, "its own");
        call_close(&calls[i]);
    }
    console_printf("3 calls, answered by a later one");
}

/* --- What clients should not do --- */

/* Words that look like pointers now and then. */
static uint64_t random_word(uint64_t *state)
{
    *state = *state * 6364136223846793005 + 1442695040888963407;
    return *state >> 60 ? *state >> (*state & 31) : *state & 0x0001000300000007;
}

static void garbage(cap_t client)
{
    uint32_t before = caps_of(client), refused = 0;
    uint64_t random = 1, sum;

    for (uint32_t i = 0; i < GARBAGE; i++) {
        struct call call;

        call_open(&call, client, INTERFACE_TALLY, (uint16_t)(i % TALLY_EXIT), 8);
        for (uint32_t word = 0; word < 8; word++)
            call.params.words[word] = random_word(&random);
        call.params.used = 8;
        call_give(&call, capos_cap("timer"));
        if (i % TALLY_EXIT != TALLY_LATER)
            refused += !outcome_is_done(call_make(&call, 2048));
        call_close(&call);
    }
    check(refused > GARBAGE / 4, "more refusals than %u", refused);
    check(outcome_is_done(tally_add(client, 0, &sum)), "a service that lives");
    check(caps_of(client) == before, "%u capabilities in the service, not %u", before,
          caps_of(client));
    console_printf("%u messages of garbage: many are refused, the service lives and holds nothing",
                   GARBAGE);
}

/* Two messages that are lies for certain, each in its own way. */
static void lies(cap_t client)
{
    static const uint64_t root_outside[] = {0x000000ff00000000, 0};
    static const uint64_t list_outside[] = {0x0001000000000000, 0x0000ffff0000fffd};
    static const struct {
        const char *what;
        const uint64_t *words;
        uint16_t method;
    } messages[] = {
        {"parameters whose root lies outside the message", root_outside, TALLY_ADD},
        {"a list outside the message for a capability", list_outside, TALLY_PAGES},
    };

    for (uint32_t i = 0; i < 2; i++) {
        struct call call;

        call_open(&call, client, INTERFACE_TALLY, messages[i].method, 2);
        memcpy(call.params.words, messages[i].words, 16);
        call.params.used = 2;
        attempt(messages[i].what, call_make(&call, 64), i == 0 ? ERR_BAD_MESSAGE : ERR_BAD_HANDLE);
        call_close(&call);
    }
}

static void sizes(cap_t client)
{
    static uint8_t bytes[2000];
    uint32_t len;

    attempt("results as long as the service has room for",
            tally_fill(client, 1000, bytes, sizeof(bytes), &len), ERR_OK);
    check(len == 1000 && bytes[999] == 'l', "1000 bytes");
    attempt("longer ones", tally_fill(client, 2000, bytes, sizeof(bytes), &len), ERR_NO_ROOM);
    attempt("ones without end", tally_fill(client, UINT32_MAX, bytes, sizeof(bytes), &len),
            ERR_NO_ROOM);
}

/* --- Ends --- */

/* The client's calls: one is being served when the process ends, one waits for an answer. */
static void dies(void)
{
    struct tally tally = start(1);
    struct call waiting;

    tally_later_open(&waiting, tally.clients[0], 0);
    check(call_submit(&waiting, 64, 1) == ERR_OK, "a call under way");
    cap_release(tally.server);
    attempt("a call in which the service dies", tally_exit(tally.clients[0]), ERR_DISCONNECTED);
    attempt("one that waited for an answer", call_wait(&waiting), ERR_DISCONNECTED);
    call_close(&waiting);
    attempt("one after that", tally_add(tally.clients[1], 1, NULL), ERR_DISCONNECTED);
    finish(&tally, 5);
}

static void threads(void)
{
    struct tally tally = start(2);
    struct call calls[2];
    uint64_t others[2];

    for (uint64_t i = 0; i < 2; i++) {
        tally_meet_open(&calls[i], tally.clients[i]);
        check(call_submit(&calls[i], 64, i) == ERR_OK, "a call under way");
    }
    for (uint64_t i = 0; i < 2; i++) {
        check(outcome_is_done(call_wait(&calls[i])), "an answer");
        others[i] = tally_meet_results_other(tally_meet_results(&calls[i]));
        call_close(&calls[i]);
    }
    check(others[0] != others[1], "two threads");
    console_printf("a service of two threads: two calls that wait for each other meet");
    attempt("one of them stops", tally_stop(tally.clients[0]), ERR_OK);
    attempt("the other one goes on", tally_add(tally.clients[0], 1, NULL), ERR_OK);
    attempt("and stops, too", tally_stop(tally.clients[0]), ERR_OK);
    cap_release(tally.server);
    finish(&tally, 0);
}

int main(void)
{
    struct budget before = ledger_used();
    struct tally tally = start(1);

    accounts(&tally);
    not_there(tally.clients[0]);
    other_interface(&tally);
    capabilities(tally.clients[0]);
    later(tally.clients[0]);
    garbage(tally.clients[0]);
    lies(tally.clients[0]);
    sizes(tally.clients[0]);
    attempt("stopping the service", tally_stop(tally.clients[0]), ERR_OK);
    cap_release(tally.server);
    finish(&tally, 0);
    dies();
    threads();
    ledger_check("everything", before);
    console_printf("nothing is left over: the ledger is as before");
    return 0;
}
