/*
 * Messages through a channel in shared memory, of both sides together and with their waiting.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "channel/parked.h"
#include "drain.h"
#include "ipc.h"
#include "measure.h"

#define MESSAGES 100000

static void put(struct channel *channel, uint32_t n)
{
    static const uint8_t message[DRAIN_MESSAGE];

    while (n > 0) {
        err_t error = channel_put(&channel->end, message, sizeof(message));

        if (error == ERR_WOULD_WAIT)
            error = channel_wait(channel, RING_NEVER);
        else
            n--;
        check(!error, "a message");
    }
    channel_publish(&channel->end);
}

void ipc_measure_channel(void)
{
    static const uint32_t messages = MESSAGES;
    static struct channel channel;
    uint32_t pages = (uint32_t)((channel_size(DRAIN_LAYOUT) + PAGE_LEN - 1) / PAGE_LEN);
    struct ipc_times times = ipc_times_create();
    cap_t memory, process;
    uint64_t from;

    check(outcome_is_done(frames_allocate(capos_cap("frames"), pages, &memory)), "memory");
    check(outcome_is_done(
              channel_open(&channel, CHANNEL_PRODUCER, memory, DRAIN_LAYOUT, capos_cap("park"))),
          "a channel");

    struct process_grant grants[] = {
        {"channel", memory}, {"times", times.memory}, {"park", capos_cap("park")}};

    process = ipc_start("drain", &messages, sizeof(messages), grants, 3);
    from = ticks();
    put(&channel, MESSAGES);
    ipc_finish(process);
    report_ratio("ipc.channel", *times.first - from, MESSAGES);
    channel_end_close(&channel);
    cap_release(memory);
    ipc_times_destroy(&times);
}
