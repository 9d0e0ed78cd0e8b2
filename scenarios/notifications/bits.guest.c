/*
 * Which bits come to whom: signals before and behind a wait, masks, several who wait, 64 of them
 * and one more.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "bell.h"

static void before_the_wait(struct bell bell)
{
    for (unsigned i = 0; i < 3; i++)
        ring_bell(bell, 1);
    check(bits_now(bell, 1) == 1 && bits_now(bell, 1) == 0, "one bit, once");
    console_printf("the same bit three times, nobody waiting: taken once");
    ring_bell(bell, 0xb);
    check(bits_now(bell, 0x6) == 0x2 && bits_now(bell, UINT64_MAX) == 0x9, "what the masks say");
    console_printf("bits b, mask 6: taken 2; then every bit: taken 9");
    ring_bell(bell, 1ull << 63 | 1);
    check(bits_now(bell, UINT64_MAX) == (1ull << 63 | 1), "the first bit and the last");
    console_printf("the first bit and the last: taken 8000000000000001");
}

static void behind_the_wait(struct bell bell)
{
    wait_submit(1, bell, 0x6, 0);
    check(ring_held(ring_mine()) == 0, "nothing to take");
    ring_bell(bell, 0x9);
    check(ring_held(ring_mine()) == 0, "nothing of the mask");
    ring_bell(bell, 0xe);
    ended(1, ERR_OK, 0x6);
    check(bits_now(bell, UINT64_MAX) == 0x9, "the rest");
    console_printf("waiting for 6: not woken by 9, woken by e with 6; left 9");
}

/* Everybody gets what those before have left. */
static void in_line(struct bell bell)
{
    wait_submit(1, bell, 0x1, 0);
    wait_submit(2, bell, 0x3, 0);
    wait_submit(3, bell, 0x2, 0);
    ring_bell(bell, 0x3);
    ended(1, ERR_OK, 0x1);
    ended(2, ERR_OK, 0x2);
    check(ring_held(ring_mine()) == 0, "the third to wait on");
    ring_bell(bell, 0x3);
    ended(3, ERR_OK, 0x2);
    check(bits_now(bell, UINT64_MAX) == 0x1, "a bit nobody has waited for");
    console_printf(
        "three in line for 1, 3, 2, a signal of 3: 1 and 2 for the first two, the third waits on");
}

/* --- As many as may wait --- */

#define HELPERS    2
#define BY_HELPERS 30

#define ALL 64

static struct bell crowd, ready;

/* Waits 30 times at once, for a bit each; tells when it does. */
static int helper(void *number)
{
    uint64_t first = (uint64_t)number * BY_HELPERS;
    struct ring_completion completion;

    for (uint64_t bit = first; bit < first + BY_HELPERS; bit++)
        wait_submit(bit, crowd, 1ull << bit, 0);
    ring_bell(ready, 1ull << (uint64_t)number);
    ring_enter(ring_mine(), BY_HELPERS, RING_NEVER);
    for (uint64_t bit = first; bit < first + BY_HELPERS; bit++) {
        if (!ring_take(ring_mine(), bit, &completion) || completion.value != 1ull << bit)
            return 1;
    }
    return 0;
}

static void await_helpers(void)
{
    uint64_t all = 0, bits;

    while (all != (1 << HELPERS) - 1) {
        notification_wait(ready.notification, UINT64_MAX, RING_NEVER, &bits);
        all |= bits;
    }
}

static void many(void)
{
    struct thread threads[HELPERS];
    uint32_t code;

    crowd = bell_open();
    ready = bell_open();
    for (uint64_t i = 0; i < HELPERS; i++)
        check(outcome_is_done(thread_start(&threads[i], helper, (void *)i)), "a thread");
    await_helpers();
    for (uint64_t bit = HELPERS * BY_HELPERS; bit < ALL; bit++)
        wait_submit(bit, crowd, 1ull << bit, 0);
    attempt("a wait while 64 wait at the same notification",
            notification_wait(crowd.notification, 1, RING_NEVER, NULL), ERR_IN_USE);
    ring_bell(crowd, UINT64_MAX);
    for (unsigned i = 0; i < HELPERS; i++)
        check(outcome_is_done(thread_finish(&threads[i], &code)) && code == 0, "30 ends");
    for (uint64_t bit = HELPERS * BY_HELPERS; bit < ALL; bit++)
        ended(bit, ERR_OK, 1ull << bit);
    check(bits_now(crowd, UINT64_MAX) == 0, "no bit left");
    console_printf("a signal of bits 0 to 63: 64 who wait have one each");
    bell_close(crowd);
    bell_close(ready);
}

int main(void)
{
    struct bell bell = bell_open();

    before_the_wait(bell);
    behind_the_wait(bell);
    in_line(bell);
    bell_close(bell);
    many();
    return 0;
}
