/*
 * The other process: maps only the memory's second page, at the kernel's choice of an address, and
 * does its task.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "shared.h"

/* Says that it waits, or how many it has woken, as a bit. */
static void tell(uint64_t number)
{
    check(outcome_is_done(notification_signal(capos_cap("ready"), 1ull << number)), "a signal");
}

static void wait_for(struct shared *shared, unsigned n)
{
    for (uint64_t id = 1; id <= n; id++)
        park_submit(id, &shared->word);
    tell(0);
    for (uint64_t id = 1; id <= n; id++)
        woken(id);
}

int main(void)
{
    size_t len;
    const uint64_t *task = capos_arguments(&len);
    struct shared *shared = (struct shared *)map(capos_cap("shared"), 0, 1, 1, ACCESS_READ_WRITE);

    check(len == sizeof(*task), "a task");
    switch ((enum task) * task) {
    case WAKE:
        tell(wake(&shared->word, UINT32_MAX));
        break;
    case WAKE_ELSEWHERE:
        tell(wake(map_private(SHARED_AT + PAGE), UINT32_MAX));
        break;
    case WAKE_BEHIND:
        tell(wake(map_private((uint64_t)shared + PAGE), UINT32_MAX));
        break;
    case WAIT_TWICE:
        wait_for(shared, 2);
        break;
    case WAIT_FOR_EVER:
        wait_for(shared, 1);
        break;
    case COUNT:
        tell(0);
        count(shared);
        break;
    case TAKE_TURNS:
        take_turns(shared, 1);
        break;
    }
    return 0;
}
