/*
 * A notification signalled while another process waits for it, up to that process's next
 * instruction.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "bell.h"
#include "byhand.h"
#include "ipc.h"
#include "measure.h"

struct bell {
    cap_t bell, done, done_signaller;
    struct ipc_times resumed_at;
};

static cap_t start_bell(struct bell *bell)
{
    cap_t factory = capos_cap("notifications"), unused;

    check(outcome_is_done(notifications_create(factory, &bell->bell, &unused)), "a notification");
    cap_release(unused);
    check(outcome_is_done(notifications_create(factory, &bell->done, &bell->done_signaller)),
          "another");
    bell->resumed_at = ipc_times_create();

    struct process_grant grants[] = {
        {"bell", bell->bell}, {"done", bell->done_signaller}, {"times", bell->resumed_at.memory}};

    return ipc_start("bell", NULL, 0, grants, 3);
}

static void stop_bell(const struct bell *bell, cap_t process)
{
    check(outcome_is_done(notification_signal(bell->bell, BELL_STOP)), "the end of a bell");
    ipc_finish(process);
    cap_release(bell->bell);
    cap_release(bell->done);
    cap_release(bell->done_signaller);
    ipc_times_destroy(&bell->resumed_at);
}

/* Signals, and waits for the answer, in one stay in the kernel. */
static void ring_bell(const struct bell *bell)
{
    put(&(struct ring_submission){.opcode = RING_SIGNAL, .cap = bell->bell, .argument = BELL_RING});
    put(&(struct ring_submission){.opcode = RING_WAIT, .cap = bell->done, .argument = BELL_RING});
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
        samples[i] = *bell.resumed_at.first - start;
    }
    report("ipc.notify", 1);
    stop_bell(&bell, process);
}
