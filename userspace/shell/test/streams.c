/*
 * Tests the streams of a job: which of its reads gets what is typed.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The kernel here makes the endpoint, delivers the reads, and notes the answers. The job is the one in
 * the foreground.
 */
#include "streams.h"

#include "abi/kernel.calls.h"
#include "capos/start.h"
#include "interfaces/stdio.calls.h"
#include "kernel.h"
#include "kernel/test/check.h"
#include "prompt.h"
#include "user.h"

#include <stdlib.h>

#define ENDPOINTS   4
#define ENDPOINT    5
#define CLIENT      6
#define FIRST_REPLY 50

static struct tty tty;
static struct job job;
static struct {
    uint32_t n_calls, n_answers;
    cap_t answered;
    uint32_t flags;
    char bytes[64]; /* of the last answer */
    err_t error;    /* of answers that are no exceptions */
} seen;

/* --- What the shell has beside streams.c --- */

struct job *job_find(uint32_t number)
{
    return number == job.number ? &job : NULL;
}

bool job_is_foreground(const struct job *of)
{
    return of == &job;
}

struct tty *job_tty(void)
{
    return &tty;
}

const struct grant *capos_grant(const char *name)
{
    static const struct grant factory = {.cap = ENDPOINTS};

    return strcmp(name, "endpoints") == 0 ? &factory : NULL;
}

void user_show(void *context, const char *bytes, size_t len)
{
    (void)context;
    (void)bytes;
    (void)len;
}

void say(const char *format, ...)
{
    (void)format;
}

void say_text(const char *text, size_t len)
{
    user_show(NULL, text, len);
}

void prompt_hide(void)
{
}

void prompt_show(void)
{
}

/* --- The kernel --- */

static struct ring_completion create(const struct ring_submission *call)
{
    uint8_t *to = kernel_at(call->result);
    struct ring_cap caps[2] = {{.cap = ENDPOINT}, {.cap = CLIENT}};
    struct endpoints_create_results_builder results;
    struct capnp_builder builder;

    capnp_build(&builder, to, call->result_len);
    results = endpoints_create_results_init_root(&builder);
    endpoints_create_results_set_server(results, 0);
    endpoints_create_results_set_client(results, 1);
    memcpy(to + capnp_built_len(&builder), caps, sizeof(caps));
    return (struct ring_completion){.result_len = (uint32_t)capnp_built_len(&builder), .n_caps = 2};
}

static void note(const struct ring_submission *answer)
{
    struct capnp_message message;
    struct capnp_data bytes;

    capnp_open(&message, kernel_at(answer->params), answer->params_len);
    bytes = byte_stream_read_results_bytes(byte_stream_read_results_root(&message));
    seen.n_answers++;
    seen.answered = answer->cap;
    seen.flags = answer->flags;
    memset(seen.bytes, 0, sizeof(seen.bytes));
    if (!(answer->flags & RING_EXCEPTION))
        memcpy(seen.bytes, bytes.at, bytes.len);
}

static void take(const struct ring_submission *submission)
{
    bool is_return = submission->opcode == RING_RETURN;

    if (submission->opcode == RING_CALL) {
        kernel_complete(submission, create(submission));
        return;
    }
    if (is_return && seen.error && !(submission->flags & RING_EXCEPTION)) {
        kernel_complete(submission, (struct ring_completion){.status = -(int32_t)seen.error});
        return;
    }
    if (is_return)
        note(submission);
    if (!is_return || submission->flags & RING_THEN_RECV)
        kernel_keep(submission);
    else
        kernel_complete(submission, (struct ring_completion){0});
}

/* --- The job --- */

static void start(void)
{
    kernel_start(take);
    memset(&seen, 0, sizeof(seen));
    tty_open(&tty, user_show, NULL);
    job = (struct job){.number = 1};
    if (!outcome_is_done(streams_open()))
        abort();
}

/* The job reads up to MAX bytes. */
static void read_begin(uint32_t max)
{
    struct ring_client *client = ring_mine();
    struct ring_completion completion;
    struct capnp_builder builder;
    struct ring_delivery *head;

    ring_enter(client, 0, 0);
    head = kernel_at(kernel.flying[0].result);
    capnp_build(&builder, head + 1, 64);
    byte_stream_read_params_set_max_len(byte_stream_read_params_init_root(&builder), max);
    *head = (struct ring_delivery){.reply = FIRST_REPLY + seen.n_calls++,
                                   .interface_id = INTERFACE_BYTE_STREAM,
                                   .cookie = 1 << 2, /* job 1's stdin */
                                   .method = BYTE_STREAM_READ,
                                   .params_len = (uint32_t)capnp_built_len(&builder)};
    kernel_end(&kernel.flying[0], (struct ring_completion){0});
    while (ring_poll(client, &completion))
        streams_serve(&completion);
    ring_enter(client, 0, 0);
}

static void type(const char *keys)
{
    for (; *keys; keys++)
        tty_type(&tty, (uint8_t)*keys);
    stream_answer(&job);
}

TEST(reads_what_is_there)
{
    start();
    type("one\rtwo\r");
    read_begin(100);
    CHECK(seen.n_answers == 1 && seen.answered == FIRST_REPLY);
    CHECK_STRING(seen.bytes, "one\n");
    read_begin(2);
    CHECK(seen.n_answers == 2);
    CHECK_STRING(seen.bytes, "tw");
    PASS;
}

TEST(reads_what_comes)
{
    start();
    read_begin(100);
    type("on");
    CHECK(seen.n_answers == 0);
    type("e\r");
    CHECK(seen.n_answers == 1 && seen.answered == FIRST_REPLY);
    CHECK_STRING(seen.bytes, "one\n");
    type("two\r");
    CHECK(seen.n_answers == 1);
    PASS;
}

TEST(only_the_last_read_waits)
{
    start();
    read_begin(100);
    read_begin(100);
    CHECK(seen.n_answers == 1 && seen.answered == FIRST_REPLY && seen.flags & RING_EXCEPTION);
    type("one\r");
    CHECK(seen.n_answers == 2 && seen.answered == FIRST_REPLY + 1);
    CHECK_STRING(seen.bytes, "one\n");
    PASS;
}

/* A read that was cancelled takes nothing from the next one, not even the end; neither when it waits
 * nor when it is answered at once. */
TEST(what_nobody_wants_is_kept)
{
    static const char *const keys[] = {"one\r", "\x04"}, *const bytes[] = {"one\n", ""};

    for (unsigned i = 0; i < 4; i++) {
        start();
        if (i < 2)
            read_begin(100);
        seen.error = ERR_CANCELLED;
        type(keys[i % 2]);
        if (i >= 2)
            read_begin(100);
        seen.error = ERR_OK;
        CHECK(seen.n_calls == 1 && seen.n_answers == 0 && job.reader.reply == CAP_NONE);
        type("two\r");
        read_begin(100);
        CHECK(seen.n_answers == 1 && seen.answered == FIRST_REPLY + 1);
        CHECK_STRING(seen.bytes, bytes[i % 2]);
        read_begin(100);
        CHECK_STRING(seen.bytes, "two\n");
    }
    PASS;
}

TEST(answer_that_cannot_be_sent)
{
    start();
    read_begin(100);
    seen.error = ERR_NO_FRAMES;
    type("one\r");
    CHECK(seen.n_answers == 1 && seen.answered == FIRST_REPLY && seen.flags & RING_EXCEPTION);
    CHECK(job.reader.reply == CAP_NONE && tty_is_ready(&tty));
    PASS;
}

int main(void)
{
    RUN(reads_what_is_there);
    RUN(reads_what_comes);
    RUN(only_the_last_read_waits);
    RUN(what_nobody_wants_is_kept);
    RUN(answer_that_cannot_be_sent);
    TESTS_END;
}
