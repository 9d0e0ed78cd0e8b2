/*
 * Takes messages from a channel: drain.h says what it tells.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "drain.h"

#include "channel/parked.h"
#include "measure.h"

static void take(struct channel *channel, uint32_t n)
{
    uint8_t message[DRAIN_MESSAGE];
    uint32_t len;

    while (n > 0) {
        err_t error = channel_get(&channel->end, message, sizeof(message), &len);

        if (error == ERR_WOULD_WAIT)
            error = channel_wait(channel, RING_NEVER);
        else
            n--;
        check(!error && len == sizeof(message), "a message");
        __asm__ volatile("" : : "r"(message) : "memory"); /* it is wanted */
    }
}

int main(void)
{
    static struct channel channel;
    size_t arguments_len;
    const void *arguments = capos_arguments(&arguments_len);
    uint64_t times;
    uint32_t n;

    check(arguments_len == sizeof(n), "how many");
    memcpy(&n, arguments, sizeof(n));
    check(outcome_is_done(memory_map(capos_cap("times"), 0, 0, 1, ACCESS_READ_WRITE, &times)),
          "memory in common");
    check(outcome_is_done(channel_open(&channel, CHANNEL_CONSUMER, capos_cap("channel"),
                                       DRAIN_LAYOUT, capos_cap("park"))),
          "a channel");
    take(&channel, n);
    *(volatile uint64_t *)times = ticks();
    channel_end_close(&channel);
    return 0;
}
