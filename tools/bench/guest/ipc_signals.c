/*
 * A notification signalled while another process waits for it, up to that process's next instruction.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "bell.h"
#include "byhand.h"
#include "ipc.h"
#include "measure.h"

struct bell {
    cap_t bell, done, done_signaller, memory;
    volatile uint64_t *resumed_at;
};

static cap_t start_bell(struct bell *bell)
{
    cap_t factory = capos_cap("notifications"), unused;
    uint64_t address;

    check(outcome_is_done(notifications_create(factory, &bell->bell, &unused)), "a notification");
    cap_release(unused);
    check(outcome_is_done(notifications_create(factory, &bell->done, &bell->done_signaller)),
          "another");
    check(outcome_is_done(frames_allocate(capos_cap("frames"), 1, &bell->memory)), "memory");
    check(outcome_is_done(memory_map(bell->memory, 0, 0, 1, ACCESS_READ_WRITE, &address)),
          "memory in common");
    bell->resumed_at = (volatile uint64_t *)address;

    struct process_grant grants[] = {
        {"bell", bell->bell}, {"done", bell->done_signaller}, {"times", bell->memory}};

    return ipc_start("bell", NULL, 0, grants, 3);
}

static void stop_bell(const struct bell *bell, cap_t process)
{
    check(outcome_is_done(notification_signal(bell->bell, BELL_STOP)), "the end of a bell");
    ipc_finish(process);
    cap_release(bell->bell);
    cap_release(bell->done);
    cap_release(bell->done_signaller);
    check(outcome_is_done(memory_unmap(bell->memory, (uint64_t)bell->resumed_at)), "memory");
    cap_release(bell->memory);
}

/* Signals, and waits for the answer, in one stay in the kernel. */
static void ring_bell(const struct bell *bell)
{
    *next_submission() =
        (struct ring_submission){.opcode = RING_SIGNAL, .cap = bell->bell, .argument = BELL_RING};
    push();
    *next_submission() =
        (struct ring_submission){.opcode = RING_WAIT, .cap = bell->done, .argument = BELL_RING};
    push();
    enter(2);
    consume(2);
}

void ipc_measure_signals(void)
{
    struct bell bell;
    cap_t process = start_bell(&bell);

    byhand_init();
    ring_bell(&bell);
    for (unsigned i = 0; i < ROUNDS; i++) {
        uint64_t start = ticks();

        ring_bell(&bell);
        samples[i] = *bell.resumed_at - start;
    }
    report("ipc.notify", 1);
    stop_bell(&bell, process);
}
