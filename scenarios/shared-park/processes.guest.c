/*
 * Words that two processes share: this one, and the peer that it starts for each task.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/program.h"
#include "shared.h"

static cap_t memory, notification, signaller;

static cap_t start(enum task task)
{
    const uint64_t argument = task;
    const struct process_grant more[] = {{"shared", memory}, {"ready", signaller}};

    return program_start(
        "peer", &argument, sizeof(argument),
        (struct budget){.frames = 256, .objects = 32, .calls = 8, .timers = 8, .caps = 64}, more,
        2);
}

/* The peer waits now, or has woken as many as it tells. */
static uint64_t await_peer(void)
{
    uint64_t bits;

    check(outcome_is_done(notification_wait(notification, UINT64_MAX, RING_NEVER, &bits)),
          "the peer's word");
    return bits;
}

/* Each at an address of its own. */
static void woken_by_peer(struct shared *shared)
{
    park_submit(1, &shared->word);
    program_succeed("peer", start(WAKE));
    check(await_peer() == 1 << 1, "one that was woken");
    woken(1);
    console_printf("waiting here, waking in another process: 1 woken");
}

static void other_memory(struct shared *shared)
{
    park_submit(1, &shared->word);
    program_succeed("peer", start(WAKE_ELSEWHERE));
    check(await_peer() == 1 << 0, "nobody who was woken");
    check(ring_held(ring_mine()) == 0, "a wait that goes on");
    park_cancel(1);
    console_printf("the same address in another process, other memory: 0 woken");
}

/* A page of each process's own, where in the memory object a third page would be. */
static void behind(const uint8_t *at)
{
    const uint32_t *word = map_private((uint64_t)at + 2 * PAGE);

    park_submit(1, word);
    program_succeed("peer", start(WAKE_BEHIND));
    check(await_peer() == 1 << 0, "nobody who was woken");
    check(wake(word, UINT32_MAX) == 1, "one to wake here");
    woken(1);
    check(outcome_is_done(vm_unmap(capos_cap("memory"), (uint64_t)word, 1)), "the page gone");
    console_printf("pages of their own, right behind the shared ones in both processes: 0 woken");
}

static void in_order(struct shared *shared)
{
    cap_t peer = start(WAIT_TWICE);

    await_peer();
    park_submit(1, &shared->word);
    check(wake(&shared->word, 2) == 2, "both of the peer's");
    check(ring_held(ring_mine()) == 0, "our own to wait on");
    check(wake(&shared->word, 2) == 1, "our own");
    woken(1);
    program_succeed("peer", peer);
    console_printf("two waits of another process, then one here: woken in that order");
}

static void terminated(struct shared *shared)
{
    cap_t peer = start(WAIT_FOR_EVER);

    await_peer();
    check(outcome_is_done(process_terminate(peer)), "its end");
    check(program_finish(peer).reason == PROCESS_REASON_TERMINATED, "that end");
    check(wake(&shared->word, UINT32_MAX) == 0, "nobody to wake");
    console_printf("a waiting process that is terminated: 0 woken");
}

static void mutex(struct shared *shared)
{
    cap_t peer = start(COUNT);

    await_peer();
    count(shared);
    program_succeed("peer", peer);
    check(shared->counter == 2 * INCREMENTS && shared->mutex == 0, "%u, not %lu", 2 * INCREMENTS,
          shared->counter);
    console_printf("a mutex, 2 processes, 5000 increments each: %lu", shared->counter);
}

static void turns(struct shared *shared)
{
    cap_t peer = start(TAKE_TURNS);

    take_turns(shared, 0);
    program_succeed("peer", peer);
    console_printf("5000 turns of two processes at one word: no wake-up is lost");
}

int main(void)
{
    struct budget before = ledger_used();
    uint8_t *at;

    check(outcome_is_done(frames_allocate(capos_cap("frames"), 2, &memory)), "memory");
    check(outcome_is_done(
              notifications_create(capos_cap("notifications"), &notification, &signaller)),
          "a notification");
    at = map(memory, SHARED_AT, 0, 2, ACCESS_READ_WRITE);
    woken_by_peer((struct shared *)(at + PAGE));
    other_memory((struct shared *)(at + PAGE));
    behind(at);
    in_order((struct shared *)(at + PAGE));
    terminated((struct shared *)(at + PAGE));
    mutex((struct shared *)(at + PAGE));
    turns((struct shared *)(at + PAGE));
    unmap(memory, at);
    cap_release(notification);
    cap_release(signaller);
    cap_release(memory);
    check(ledger_used().objects == before.objects, "no objects left");
    return 0;
}
