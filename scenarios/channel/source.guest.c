/*
 * The other process: produces what its task says.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "stream.h"

static struct channel forth, back;
static struct stream stream;

static void stream_out(const struct task *task)
{
    stream_begin(&stream);
    for (uint32_t i = 0; i < task->n; i++) {
        uint32_t len = stream_next(&stream, task->layout.capacity);

        check(channel_send(&forth, stream.message, len, RING_NEVER) == ERR_OK, "message %u", i);
    }
}

static void echo(const struct task *task)
{
    uint64_t word;
    uint32_t len;

    check(outcome_is_done(channel_open(&back, CHANNEL_CONSUMER, capos_cap("back"), task->layout,
                                       capos_cap("park"))),
          "a way back");
    while (channel_receive(&back, &word, sizeof(word), &len, RING_NEVER) == ERR_OK) {
        word = ~word;
        check(channel_send(&forth, &word, sizeof(word), RING_NEVER) == ERR_OK, "an answer");
        channel_publish(&forth.end);
    }
    channel_end_close(&back);
}

/* Sends one message, and neither closes nor ends. */
static void hang(void)
{
    check(channel_send(&forth, "last words", 10, RING_NEVER) == ERR_OK, "a message");
    channel_publish(&forth.end);
    timer_sleep(capos_cap("timer"), RING_NEVER, NULL);
}

static void send_on(void)
{
    err_t error;

    do
        error = channel_send(&forth, "x", 1, RING_NEVER);
    while (!error);
    attempt("sending when the consumer has closed", outcome_transport(error), ERR_DISCONNECTED);
    attempt("and once more", outcome_transport(channel_send(&forth, "x", 1, RING_NEVER)),
            ERR_DISCONNECTED);
}

int main(void)
{
    size_t len;
    const struct task *task = capos_arguments(&len);

    check(len == sizeof(*task), "a task");
    check(outcome_is_done(channel_open(&forth, CHANNEL_PRODUCER, capos_cap("forth"), task->layout,
                                       capos_cap("park"))),
          "a way forth");
    check(channel_watch(&forth, capos_cap("line")) == ERR_OK, "a line");
    if (task->what == STREAM)
        stream_out(task);
    else if (task->what == ECHO)
        echo(task);
    else if (task->what == HANGS)
        hang();
    else if (task->what == SENDS_ON)
        send_on();
    channel_end_close(&forth);
    return 0;
}
