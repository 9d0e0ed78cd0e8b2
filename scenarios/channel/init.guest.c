/*
 * Consumes what another process produces, in every way there is.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/program.h"
#include "stream.h"

#define MILLISECOND 1000000ull
#define SMALL       ((struct channel_layout){.capacity = 40, .n_slots = 2})

/* Each side's line: who has the server's side keeps it, the other one watches. */
struct line {
    cap_t server, client;
};

static struct channel forth, back;
static cap_t forth_memory, back_memory;
static struct line ours;

static struct line line_open(void)
{
    struct line line;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), CHANNEL_LINE, &line.server, &line.client)),
          "a line");
    return line;
}

static void line_close(struct line line)
{
    cap_release(line.server);
    cap_release(line.client);
}

static cap_t allocate(struct channel_layout layout)
{
    cap_t memory;
    uint32_t pages = (uint32_t)((channel_size(layout) + PAGE_LEN - 1) / PAGE_LEN);

    check(outcome_is_done(frames_allocate(capos_cap("frames"), pages, &memory)), "memory");
    return memory;
}

static void open_end(struct channel *channel, enum channel_role role, cap_t memory,
                     struct channel_layout layout)
{
    check(outcome_is_done(channel_open(channel, role, memory, layout, capos_cap("park"))),
          "an end");
}

/* Starts the source with new memory, of which this side consumes. */
static cap_t start(struct task task, cap_t line)
{
    forth_memory = allocate(task.layout);
    back_memory = allocate(SMALL);
    open_end(&forth, CHANNEL_CONSUMER, forth_memory, task.layout);
    return program_start(
        "source", &task, sizeof(task), BUDGET_SMALL,
        (struct process_grant[]){{"forth", forth_memory}, {"back", back_memory}, {"line", line}},
        3);
}

static void close_all(void)
{
    channel_end_close(&forth);
    cap_release(forth_memory);
    cap_release(back_memory);
}

static void expect_end(void)
{
    uint64_t word;
    uint32_t len;

    check(channel_receive(&forth, &word, sizeof(word), &len, RING_NEVER) == ERR_DISCONNECTED,
          "the end");
}

/* --- Streams --- */

static void stream(struct channel_layout layout, uint32_t n)
{
    static struct stream expected;
    static uint8_t message[LEN_MAX];
    uint64_t bytes = 0;
    cap_t source = start((struct task){STREAM, layout, n}, ours.client);

    stream_begin(&expected);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t wanted = stream_next(&expected, layout.capacity), len;

        check(channel_receive(&forth, message, sizeof(message), &len, RING_NEVER) == ERR_OK,
              "message %u", i);
        check(len == wanted && memcmp(message, expected.message, len) == 0, "message %u as it was",
              i);
        stream_count(&expected, message, len);
        bytes += len;
    }
    expect_end();
    program_succeed("source", source);
    close_all();
    console_printf("%u messages of 0 to %u bytes, %u slots: %lu bytes, checksum %lx", n,
                   layout.capacity, layout.n_slots, bytes, expected.checksum);
}

static void there_and_back(void)
{
    cap_t source = start((struct task){ECHO, SMALL, 0}, ours.client);

    open_end(&back, CHANNEL_PRODUCER, back_memory, SMALL);
    for (uint64_t i = 0; i < 2000; i++) {
        uint64_t word;
        uint32_t len;

        check(channel_send(&back, &i, sizeof(i), RING_NEVER) == ERR_OK, "word %lu", i);
        channel_publish(&back.end);
        check(channel_receive(&forth, &word, sizeof(word), &len, RING_NEVER) == ERR_OK, "its echo");
        check(len == sizeof(word) && word == ~i, "the echo of %lu, not %lx", i, word);
    }
    channel_end_close(&back);
    expect_end();
    program_succeed("source", source);
    close_all();
    console_printf("2000 there and back, by two channels: each one answered");
}

/* The bell is one operation of several. */
static void beside(void)
{
    cap_t source = start((struct task){ECHO, SMALL, 0}, ours.client);
    struct ring_submission park;
    struct ring_completion completion;
    struct call sleep;
    uint32_t expected, len;
    uint64_t word = 7;

    open_end(&back, CHANNEL_PRODUCER, back_memory, SMALL);
    timer_sleep_params_set_until(timer_sleep_open(&sleep, capos_cap("timer"), 0),
                                 clock_now() + 3600000 * MILLISECOND);
    check(call_submit(&sleep, 16, 1) == ERR_OK, "a sleep");
    check(channel_ask(&forth.end, &expected), "nothing yet");
    park = channel_park(&forth, expected, 0);
    check(ring_submit(ring_mine(), &park), "room");
    check(channel_send(&back, &word, sizeof(word), RING_NEVER) == ERR_OK, "a word");
    channel_publish(&back.end);
    check(ring_next(ring_mine(), RING_NEVER, &completion) == ERR_OK, "something");
    check(completion.user_data == park.user_data, "the bell");
    check(channel_get(&forth.end, &word, sizeof(word), &len) == ERR_OK && word == ~7ull,
          "its echo");
    check(call_cancel(&sleep) == ERR_OK, "a sleep to cancel");
    call_wait(&sleep);
    call_close(&sleep);
    channel_end_close(&back);
    expect_end();
    program_succeed("source", source);
    close_all();
    console_printf("waiting for a message and a time at once: the message");
}

/* --- Ends --- */

static void closed_by_producer(void)
{
    cap_t source = start((struct task){CLOSES, SMALL, 0}, ours.client);
    uint64_t word;
    uint32_t len;

    attempt("a producer that closes",
            outcome_transport(channel_receive(&forth, &word, sizeof(word), &len, RING_NEVER)),
            ERR_DISCONNECTED);
    program_succeed("source", source);
    close_all();
}

/* The endpoint of the line that is watched here is in the source's hands alone. */
static void terminated(void)
{
    struct line theirs = line_open();
    char text[16];
    uint32_t len;
    cap_t source;

    forth_memory = allocate(SMALL);
    back_memory = allocate(SMALL);
    open_end(&forth, CHANNEL_CONSUMER, forth_memory, SMALL);
    source =
        program_start("source", &(struct task){HANGS, SMALL, 0}, sizeof(struct task), BUDGET_SMALL,
                      (struct process_grant[]){{"forth", forth_memory},
                                               {"back", back_memory},
                                               {"line", ours.client},
                                               {"kept", theirs.server}},
                      4);
    cap_release(theirs.server);
    check(channel_watch(&forth, theirs.client) == ERR_OK, "a line to watch");
    check(channel_receive(&forth, text, sizeof(text), &len, RING_NEVER) == ERR_OK && len == 10,
          "its last words");
    attempt("a producer that says nothing, for 5 ms",
            outcome_transport(
                channel_receive(&forth, text, sizeof(text), &len, clock_now() + 5 * MILLISECOND)),
            ERR_TIMED_OUT);
    check(outcome_is_done(process_terminate(source)), "its end");
    attempt("a producer that is terminated",
            outcome_transport(channel_receive(&forth, text, sizeof(text), &len, RING_NEVER)),
            ERR_DISCONNECTED);
    program_finish(source);
    cap_release(theirs.client);
    close_all();
}

static void closed_by_consumer(void)
{
    cap_t source = start((struct task){SENDS_ON, SMALL, 0}, ours.client);
    char text[16];
    uint32_t len;

    check(channel_receive(&forth, text, sizeof(text), &len, RING_NEVER) == ERR_OK, "a message");
    channel_close(&forth.end);
    program_succeed("source", source);
    close_all();
}

/* As many operations as a ring can have; they end by themselves. */
static void crowded(void)
{
    static const uint32_t word = 0;
    struct ring_submission park = {.opcode = RING_PARK,
                                   .cap = capos_cap("park"),
                                   .argument = (uint64_t)&word,
                                   .deadline = clock_now() + 5 * MILLISECOND};
    struct ring_completion completion;
    cap_t memory = allocate(SMALL);
    char text[8];
    uint32_t len;
    err_t error;

    open_end(&forth, CHANNEL_CONSUMER, memory, SMALL);
    for (unsigned i = 0; i < RING_COMPLETIONS; i++)
        check(ring_submit(ring_mine(), &park), "room");
    check(ring_enter(ring_mine(), 0, 0) == RING_COMPLETIONS, "a ring without room");
    error = channel_receive(&forth, text, sizeof(text), &len, RING_NEVER);
    for (unsigned i = 0; i < RING_COMPLETIONS; i++)
        check(ring_next(ring_mine(), RING_NEVER, &completion) == ERR_OK, "an end");
    attempt("waiting when the ring has no room", outcome_transport(error), ERR_NO_CALLS);
    attempt("waiting when it has room again",
            outcome_transport(channel_receive(&forth, text, sizeof(text), &len, 1)), ERR_TIMED_OUT);
    channel_end_close(&forth);
    cap_release(memory);
}

static void refused(void)
{
    struct channel channel;
    cap_t memory = allocate(SMALL);

    attempt("a channel that is larger than its memory",
            channel_open(&channel, CHANNEL_CONSUMER, memory, (struct channel_layout){4096, 64},
                         capos_cap("park")),
            ERR_OUT_OF_BOUNDS);
    attempt("a channel of 3 slots",
            channel_open(&channel, CHANNEL_CONSUMER, memory, (struct channel_layout){40, 3},
                         capos_cap("park")),
            ERR_BAD_ARGUMENT);
    cap_release(memory);
}

int main(void)
{
    struct budget before = ledger_used();

    ours = line_open();
    stream((struct channel_layout){.capacity = LEN_MAX, .n_slots = 64}, 20000);
    stream(SMALL, 3000);
    there_and_back();
    beside();
    closed_by_producer();
    terminated();
    closed_by_consumer();
    crowded();
    refused();
    line_close(ours);
    ledger_check("everything", before);
    console_printf("nothing is left over: the ledger is as before");
    return 0;
}
