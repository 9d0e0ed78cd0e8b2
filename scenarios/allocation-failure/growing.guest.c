/*
 * Makes calls with capabilities between others that it keeps, so that its table grows in the middle of some.
 * SPDX-License-Identifier: Apache-2.0
 *
 * With an argument, allocations do not fail any more from the end of the first call that met one.
 */
#include "steps.h"

#include "abi/inject.calls.h"

#define ROUNDS 30

static void expect(const struct budget *before)
{
    struct budget now = ledger_used();

    check(now.caps == before->caps && now.objects == before->objects && now.calls == before->calls,
          "a call that leaves %u capabilities, not %u", before->caps, now.caps);
}

static void call(const struct step *step, bool behind)
{
    struct budget before = ledger_used();
    uint64_t asked, failed;

    step->run();
    if (behind)
        surely(inject_disarm(capos_cap("inject"), &asked, &failed));
    step->clean();
    expect(&before);
}

int main(void)
{
    cap_t server, client;
    size_t len;

    capos_arguments(&len);
    for (uint32_t i = 0; i < ROUNDS; i++) {
        call(i % 2 ? &step_moves : &step_call_waits, len > 0);
        surely(endpoints_create(capos_cap("endpoints"), INTERFACE_STEP, &server, &client));
    }
    return 0;
}
