/*
 * Looks on while another process misbehaves, and tries a handle of that process.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Arguments: that handle. Grants: console, timer, and "flags", a page with two words: the first
 * becomes 1 when the sibling is ready, the second one when everything is over.
 */
#include "capos/capos.h"

#define PATTERN_LEN 8192
#define ROUND       5000000ull

static uint8_t pattern[PATTERN_LEN];

static uint8_t pattern_at(unsigned i)
{
    return (uint8_t)(i * 7 + i / 256);
}

/* Memory and capabilities are as they were, and the clock goes on. */
static void check_all(cap_t timer, uint64_t *last)
{
    uint64_t now;

    for (unsigned i = 0; i < PATTERN_LEN; i++)
        check(pattern[i] == pattern_at(i), "byte %u unchanged", i);
    check(outcome_is_done(timer_sleep(timer, *last + ROUND, &now)), "a sleep");
    check(now >= *last + ROUND, "a clock that goes on");
    *last = now;
}

int main(void)
{
    uint32_t *flags;
    uint64_t address, last = clock_now();
    cap_t timer = capos_cap("timer"), foreign;
    size_t len;
    const void *arguments = capos_arguments(&len);

    check(len == sizeof(foreign), "a handle as argument, not %lu bytes", len);
    memcpy(&foreign, arguments, len);
    check(outcome_is_done(memory_map(capos_cap("flags"), 0, 0, 1, ACCESS_READ_WRITE, &address)),
          "flags");
    flags = (uint32_t *)address;
    for (unsigned i = 0; i < PATTERN_LEN; i++)
        pattern[i] = pattern_at(i);
    console_printf("here, and watching");
    attempt("releasing a handle of another process", cap_release(foreign), ERR_BAD_HANDLE);
    __atomic_store_n(&flags[0], 1, __ATOMIC_RELEASE);
    while (!__atomic_load_n(&flags[1], __ATOMIC_ACQUIRE))
        check_all(timer, &last);
    console_printf("nothing has happened here");
    return 0;
}
