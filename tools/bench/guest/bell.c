/*
 * Waits for a notification, again and again: bell.h says what it tells.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "bell.h"

#include "byhand.h"
#include "measure.h"

static cap_t bell, done;

static void put_wait(void)
{
    put(&(struct ring_submission){
        .opcode = RING_WAIT, .cap = bell, .argument = BELL_RING | BELL_STOP});
}

static void put_signal(void)
{
    put(&(struct ring_submission){.opcode = RING_SIGNAL, .cap = done, .argument = BELL_RING});
}

/* The bits of the wait, which has come to its end last. */
static uint64_t bits_taken(void)
{
    return ring->cq[(ring->cq_tail - 1) % RING_COMPLETIONS].value;
}

int main(void)
{
    uint64_t address;

    bell = capos_cap("bell");
    done = capos_cap("done");
    check(outcome_is_done(memory_map(capos_cap("times"), 0, 0, 1, ACCESS_READ_WRITE, &address)),
          "memory in common");
    byhand_init();
    put_wait();
    enter(1);
    consume(1);
    while (bits_taken() != BELL_STOP) {
        *(volatile uint64_t *)address = ticks();
        put_signal();
        put_wait();
        enter(2);
        consume(2);
    }
    return 0;
}
