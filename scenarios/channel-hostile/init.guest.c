/*
 * Uses a channel whose other side lies, and says what came of it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/program.h"
#include "lies.h"

#define MILLISECOND 1000000ull

static struct channel channel;
static cap_t memory, liar;
static cap_t line; /* to an endpoint that only the liar keeps */

/* A message goes here, between two walls. */
static struct {
    uint64_t before;
    uint8_t bytes[64];
    uint64_t behind;
} got = {.before = 0x1111111111111111, .behind = 0x2222222222222222};

static void start(uint64_t lie)
{
    cap_t kept;

    check(outcome_is_done(frames_allocate(capos_cap("frames"), 1, &memory)), "memory");
    check(outcome_is_done(endpoints_create(capos_cap("endpoints"), CHANNEL_LINE, &kept, &line)),
          "a line");
    check(outcome_is_done(channel_open(&channel,
                                       lie < CONSUMERS ? CHANNEL_CONSUMER : CHANNEL_PRODUCER,
                                       memory, LAYOUT, capos_cap("park"))),
          "an end");
    liar = program_start("liar", &lie, sizeof(lie), BUDGET_SMALL,
                         (struct process_grant[]){{"shared", memory}, {"kept", kept}}, 2);
    cap_release(kept);
    check(channel_watch(&channel, line) == ERR_OK, "a line to watch");
}

static void stop(void)
{
    check(got.before == 0x1111111111111111 && got.behind == 0x2222222222222222, "walls that stand");
    channel_end_close(&channel);
    process_terminate(liar);
    program_finish(liar);
    cap_release(line);
    cap_release(memory);
}

static err_t receive(uint64_t deadline)
{
    uint32_t len = 0;
    err_t error = channel_receive(&channel, got.bytes, sizeof(got.bytes), &len, deadline);

    check(error || len <= sizeof(got.bytes), "a length that fits");
    return error;
}

static void receive_good(void)
{
    check(receive(RING_NEVER) == ERR_OK, "a good message");
    check(memcmp(got.bytes, GOOD_MESSAGE, sizeof(GOOD_MESSAGE)) == 0, "as it was sent");
}

/* A good message, then the lie; and from then on nothing else. */
static void lied_to(enum lie lie, const char *what, err_t expected)
{
    err_t error = ERR_OK;

    start(lie);
    for (unsigned i = 0; !error && i < 2; i++)
        error = receive(RING_NEVER);
    attempt(what, outcome_transport(error), expected);
    check(receive(RING_NEVER) == expected, "the same once more");
    stop();
}

static void changing(void)
{
    err_t error;

    start(CHANGING);
    do
        error = receive(RING_NEVER);
    while (!error);
    check(error == ERR_BAD_LENGTH || error == ERR_BAD_RING, "a lie, not %s", err_sentence(error));
    stop();
    console_printf("lengths and indices that change all the time: a lie is found");
}

/* What stands in our own side is for the other one; we do not believe it ourselves. */
static void own_side(void)
{
    start(OTHER_SIDE);
    receive_good();
    channel_publish(&channel.end);
    receive_good();
    check(receive(RING_NEVER) == ERR_DISCONNECTED, "the end");
    stop();
    console_printf("our own side written over: the next message still comes, then the end");
}

static void storm(void)
{
    start(STORM);
    for (unsigned i = 0; i < 8; i++)
        receive_good();
    check(receive(RING_NEVER) == ERR_DISCONNECTED, "the end");
    stop();
    console_printf("bells and requests without end: 8 messages came, then the end");
}

/* --- As the producer --- */

static err_t send_until(uint64_t deadline)
{
    err_t error;

    do
        error = channel_send(&channel, got.bytes, sizeof(got.bytes), deadline);
    while (!error);
    return error;
}

static void taken(enum lie lie, const char *what, err_t expected)
{
    start(lie);
    attempt(what,
            outcome_transport(
                send_until(lie == TAKES_NOTHING ? clock_now() + 5 * MILLISECOND : RING_NEVER)),
            expected);
    stop();
}

int main(void)
{
    struct budget before = ledger_used();

    lied_to(INDEX_FAR, "a producer's index far ahead", ERR_BAD_RING);
    lied_to(INDEX_BACK, "a producer's index that goes back", ERR_BAD_RING);
    lied_to(LENGTH, "a length of 4 GiB", ERR_BAD_LENGTH);
    lied_to(LENGTH_BY_ONE, "a length of one byte too many", ERR_BAD_LENGTH);
    lied_to(CLOSED, "a producer that closes, and goes on", ERR_DISCONNECTED);
    changing();
    own_side();
    storm();
    taken(TAKEN_FAR, "a consumer's index ahead of ours", ERR_BAD_RING);
    taken(TAKEN_BACK, "a consumer's index that goes back", ERR_BAD_RING);
    lied_to(DIES, "a process that dies", ERR_DISCONNECTED);
    taken(TAKES_NOTHING, "a consumer that never takes anything", ERR_TIMED_OUT);
    ledger_check("everything", before);
    console_printf("nothing is left over: the ledger is as before");
    return 0;
}
