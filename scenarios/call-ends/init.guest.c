/*
 * Ends calls at each of their stages, as their caller and as their server, and says what either
 * side hears.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "peer.h"

#define CALLER   1 /* user_data */
#define RECEIVER 2

#define MILLISECOND 1000000ull
#define PATIENCE    (300 * MILLISECOND) /* a deadline that allows for the stages before it */
#define PAST        1                   /* a deadline that has passed */

#define BUDGET_PEER \
    ((struct budget){.frames = 256, .objects = 32, .calls = 64, .timers = 16, .caps = 64})

enum stage { IN_LINE, SERVED, ANSWERED, STAGES };

static const char *const when[STAGES] = {"in line", "when it was being served",
                                         "when it was answered"};

static struct {
    cap_t server, client;
} service, told;

static uint32_t params, result, delivery;

static void open_service(void)
{
    check(outcome_is_done(endpoints_create(capos_cap("endpoints"), INTERFACE_SERVICE,
                                           &service.server, &service.client)),
          "an endpoint");
}

static void close_service(void)
{
    if (service.server)
        cap_release(service.server);
    cap_release(service.client);
}

static struct outcome answer(cap_t reply)
{
    return capos_answer(reply, NULL, 0);
}

static cap_t receive(void)
{
    struct words_call in;

    check(outcome_is_done(capos_recv(service.server, RING_NEVER, &in)), "a call received");
    return in.head.reply;
}

/* Brings a call to STAGE; the right to answer it if it is being served. */
static cap_t bring_to(enum stage stage)
{
    cap_t reply = stage >= SERVED ? receive() : CAP_NONE;

    if (stage == ANSWERED)
        check(outcome_is_done(answer(reply)), "an answer");
    return stage == SERVED ? reply : CAP_NONE;
}

/* The call's own end. */
static struct outcome finish(void)
{
    struct ring_completion completion;

    check(ring_wait(ring_mine(), CALLER, &completion) == ERR_OK, "its completion");
    return outcome_read(ring_mine(), &completion, ring_at(ring_mine(), result));
}

static const char *named(const char *end, enum stage stage)
{
    static char text[100];

    format_text(text, sizeof(text), "%s %s", end, when[stage]);
    return text;
}

/* --- By the caller, or the server, of its own free will --- */

static void cancel(void)
{
    ring_cancel(ring_mine(), CALLER);
}

static void wait_for_deadline(void)
{
    timer_sleep(capos_cap("timer"), clock_now() + PATIENCE + MILLISECOND, NULL);
}

static void close_endpoint(void)
{
    check(outcome_is_done(endpoint_close(service.server)), "a close");
}

/* At each stage: how the call ends, and an answer to it. */
static const struct {
    const char *name;
    void (*happen)(void);
    uint64_t patience; /* 0: no deadline */
    err_t call[STAGES], answer;
} ends[] = {
    {"cancelled", cancel, 0, {ERR_CANCELLED, ERR_CANCELLED, ERR_OK}, ERR_CANCELLED},
    {"its deadline passed",
     wait_for_deadline,
     PATIENCE,
     {ERR_TIMED_OUT, ERR_TIMED_OUT, ERR_OK},
     ERR_CANCELLED},
    {"the endpoint closed", close_endpoint, 0, {ERR_DISCONNECTED, ERR_OK, ERR_OK}, ERR_OK},
};

static void end_by_will(unsigned i, enum stage stage)
{
    struct budget before = ledger_used();
    cap_t reply;

    open_service();
    call_service(service.client, CALLER, params, result,
                 ends[i].patience ? clock_now() + ends[i].patience : RING_NEVER);
    reply = bring_to(stage);
    ends[i].happen();
    if (reply && ends[i].answer == ERR_OK)
        attempt("answering it all the same", answer(reply), ERR_OK);
    attempt(named(ends[i].name, stage), finish(), ends[i].call[stage]);
    if (reply && ends[i].answer != ERR_OK)
        attempt("answering that", answer(reply), ends[i].answer);
    close_service();
    ledger_check(ends[i].name, before);
}

/* --- By death --- */

/* Until a peer says so; its words, and the peer waits on. */
static struct words_call hear(void)
{
    struct words_call in;

    check(outcome_is_done(capos_recv(told.server, RING_NEVER, &in)), "word of a peer");
    return in;
}

static cap_t start(uint64_t role, cap_t cap)
{
    struct process_grant grants[] = {{"service", cap}, {"tell", told.client}};

    return program_start("peer", &role, sizeof(role), BUDGET_PEER, grants, 2);
}

static void kill(cap_t process)
{
    check(outcome_is_done(process_terminate(process)), "its end");
    program_finish(process);
}

static void caller_dies(enum stage stage)
{
    struct budget before = ledger_used();
    struct words_call in;
    cap_t process, reply, word;

    open_service();
    process = start(ROLE_CALL, service.client);
    word = hear().head.reply;
    reply = bring_to(stage);
    kill(process);
    attempt("telling a peer that has died", answer(word), ERR_CANCELLED);
    if (stage == IN_LINE)
        attempt("its caller died in line, and receiving it", capos_recv(service.server, PAST, &in),
                ERR_TIMED_OUT);
    else if (stage == SERVED)
        attempt("its caller died when it was being served, and answering it", answer(reply),
                ERR_CANCELLED);
    else
        console_printf("its caller died when it was answered, and had not looked");
    close_service();
    ledger_check("a caller's death", before);
}

static void server_dies(enum stage stage)
{
    static const uint64_t roles[STAGES] = {ROLE_HOLD, ROLE_RECEIVE, ROLE_ANSWER};
    static const err_t expected[STAGES] = {ERR_DISCONNECTED, ERR_DISCONNECTED, ERR_OK};
    struct budget before = ledger_used();
    cap_t process, word;

    open_service();
    process = start(roles[stage], service.server);
    cap_release(service.server);
    service.server = CAP_NONE;
    call_service(service.client, CALLER, params, result, RING_NEVER);
    word = hear().head.reply;
    kill(process);
    answer(word);
    attempt(named("its server died", stage), finish(), expected[stage]);
    close_service();
    ledger_check("a server's death", before);
}

/* --- Long lines --- */

/* 64 bytes hold no message of two words. */
static void receive_too_small(void)
{
    struct ring_submission receive = {
        .opcode = RING_RECV,
        .user_data = RECEIVER,
        .cap = service.server,
        .result = delivery,
        .result_len = sizeof(struct ring_delivery),
    };

    check(ring_submit(ring_mine(), &receive) && ring_enter(ring_mine(), 0, 0) == 1, "a receiver");
}

/* More than one step of the kernel ends. */
static void long_line(const char *what, void (*happen)(void), err_t expected)
{
    cap_t peers[N_PEERS];
    uint64_t n = 0;

    open_service();
    for (unsigned i = 0; i < N_PEERS; i++) {
        peers[i] = start(ROLE_CALL_MANY, service.client);
        answer(hear().head.reply);
    }
    happen();
    for (unsigned i = 0; i < N_PEERS; i++) {
        struct words_call in = hear();

        check(in.params[1] == expected, "%s, not: %s", err_sentence(expected),
              err_sentence((err_t)in.params[1]));
        n += in.params[0];
        answer(in.head.reply);
    }
    for (unsigned i = 0; i < N_PEERS; i++)
        program_finish(peers[i]);
    console_printf("%lu calls in line, and %s: each refused, %s", n, what, err_sentence(expected));
}

static void long_lines(void)
{
    struct budget before = ledger_used();
    struct ring_completion completion;

    long_line("a receiver too small for them", receive_too_small, ERR_NO_ROOM);
    check(ring_cancel(ring_mine(), RECEIVER) == ERR_OK, "a receiver that still waits");
    check(ring_wait(ring_mine(), RECEIVER, &completion) == ERR_OK, "its completion");
    attempt("cancelling the receiver, which still waits",
            outcome_read(ring_mine(), &completion, NULL), ERR_CANCELLED);
    close_service();
    long_line("the endpoint closed", close_endpoint, ERR_DISCONNECTED);
    close_service();
    ledger_check("long lines", before);
}

int main(void)
{
    struct budget before;

    params = arena_alloc(ring_mine(), 16);
    result = arena_alloc(ring_mine(), 256);
    delivery = arena_alloc(ring_mine(), sizeof(struct ring_delivery));
    before = ledger_used();
    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_TELL, &told.server, &told.client)),
          "an endpoint");
    for (unsigned i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        for (enum stage stage = IN_LINE; stage < STAGES; stage++)
            end_by_will(i, stage);
    }
    for (enum stage stage = IN_LINE; stage < STAGES; stage++)
        caller_dies(stage);
    for (enum stage stage = IN_LINE; stage < STAGES; stage++)
        server_dies(stage);
    long_lines();
    cap_release(told.server);
    cap_release(told.client);
    ledger_check("everything", before);
    console_printf("nothing is left over: the ledger is as before");
    return 0;
}
