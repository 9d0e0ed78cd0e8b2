/*
 * Clients of Timer and EntropySource, and the clock that needs no call.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/timer.h"

#include "abi/interfaces.h"

struct outcome timer_now(cap_t timer, uint64_t *now)
{
    return capos_call(timer, INTERFACE_TIMER, TIMER_NOW, NULL, 0, now, 1);
}

struct outcome timer_sleep(cap_t timer, uint64_t until, uint64_t *woken)
{
    uint64_t now;
    struct outcome outcome =
        capos_call(timer, INTERFACE_TIMER, TIMER_SLEEP, (uint64_t[]){until}, 1, &now, 1);

    if (woken)
        *woken = now;
    return outcome;
}

uint64_t clock_now(void)
{
    const struct ring *ring = ring_mine()->ring;
    uint64_t ticks = __builtin_ia32_rdtsc() - ring->tsc_base;

    return (uint64_t)((unsigned __int128)ticks * ring->tsc_mult >> ring->tsc_shift);
}

struct outcome entropy_read(cap_t entropy, void *to, uint32_t len)
{
    struct call call;
    struct outcome outcome;
    const uint8_t *bytes;
    uint32_t got;

    call_open(&call, entropy, INTERFACE_ENTROPY_SOURCE, ENTROPY_SOURCE_READ, 0, 1, 0);
    message_put_u32(&call.params, call.root, 0, len);
    outcome = call_make(&call, 24 + len);
    message_get_bytes(&call.results, 0, &bytes, &got);
    if (outcome_is_done(outcome) && got != len)
        outcome = OUTCOME_TRANSPORT_OF(ERR_BAD_MESSAGE);
    if (outcome_is_done(outcome))
        memcpy(to, bytes, len);
    call_close(&call);
    return outcome;
}
