/*
 * Two threads that never wait, and hold registers of their own while others run.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Arguments: the number of the first of them, 0 or 2. Grants: "shared", a page with a word for each
 * of the four threads of both processes, and one for how often they had to hold. A thread counts
 * its word up, and then holds its registers until its neighbour's word has followed: on one
 * processor, until it has lost that at least once.
 */
#include <stddef.h>

#include "capos/capos.h"
#include "registers.h"

#define HOLDERS 4
#define TURNS   40

static uint32_t *words;

/* A turn ends when the neighbour has begun it, too. Before that it can only be one turn behind. */
static int hold(void *argument)
{
    uint32_t number = (uint32_t)(uint64_t)argument, held = 0;
    const uint32_t *next = &words[(number + 1) % HOLDERS];
    struct registers own, seen;
    bool avx = registers_have_avx();

    registers_make(&own, number);
    for (uint32_t turn = 1; turn <= TURNS; turn++) {
        memset(&seen, 0, sizeof(seen));
        __atomic_store_n(&words[number], turn, __ATOMIC_RELEASE);
        held += __atomic_load_n(next, __ATOMIC_ACQUIRE) == turn - 1;
        registers_hold_while(avx, &own, &seen, next, turn - 1);
        check(registers_equal(avx, &own, &seen), "thread %u: its registers in turn %u", number,
              turn);
    }
    __atomic_fetch_add(&words[HOLDERS], held, __ATOMIC_RELEASE);
    return 0;
}

int main(void)
{
    size_t len;
    const uint32_t *first = capos_arguments(&len);
    uint64_t at, number;
    struct thread thread;

    check(len == sizeof(*first), "a number");
    number = *first;
    check(outcome_is_done(memory_map(capos_cap("shared"), 0, 0, 1, ACCESS_READ_WRITE, &at)),
          "the shared page");
    words = (uint32_t *)at;
    check(outcome_is_done(thread_start(&thread, hold, (void *)(number + 1))), "a thread");
    hold((void *)number);
    check(outcome_is_done(thread_finish(&thread, NULL)), "the other thread's end");
    return 0;
}
