/*
 * Waits for a bit, says that it came, and waits for another one that never comes.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "bell.h"

int main(void)
{
    struct bell bell = {.notification = capos_cap("bell")},
                ready = {.signaller = capos_cap("ready")};
    struct ring_completion completion;

    wait_submit(1, bell, 1, 0);
    ring_bell(ready, 1);
    check(ring_next(ring_mine(), RING_NEVER, &completion) == ERR_OK, "an end");
    check(completion.status == 0 && completion.value == 1, "the bit");
    wait_submit(1, bell, 1, 0);
    ring_bell(ready, 2);
    ring_next(ring_mine(), RING_NEVER, &completion);
    return 1;
}
