/*
 * Words of a memory object that one process maps twice, and takes away again.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/program.h"
#include "shared.h"

#define PAGES 2

static cap_t allocate(void)
{
    cap_t memory;

    check(outcome_is_done(frames_allocate(capos_cap("frames"), PAGES, &memory)), "memory");
    return memory;
}

/* The second mapping begins with the second page. */
static void two_mappings(cap_t memory)
{
    uint8_t *whole = map(memory, 0, 0, PAGES, ACCESS_READ_WRITE);
    uint8_t *second = map(memory, 0, 1, 1, ACCESS_READ);
    uint32_t *word = (uint32_t *)(whole + PAGE), *alias = (uint32_t *)second;

    park_submit(1, word);
    check(wake((uint32_t *)whole, 1) == 0, "nobody at the first page's word");
    check(wake(alias + 1, 1) == 0, "nobody at the next word");
    check(wake(alias, 1) == 1, "one to wake");
    woken(1);
    console_printf("waiting at one mapping, waking at the other: 1 woken");
    park_submit(1, alias);
    park_submit(2, word);
    check(wake(word, 1) == 1, "one to wake");
    woken(1);
    check(wake(word, UINT32_MAX) == 1, "the other one");
    woken(2);
    console_printf("waiting at both, the read-only one first: woken in the order of their coming");
    *word = 1;
    attempt("waiting at one while it is 0, and was changed at the other",
            park_wait(capos_cap("park"), alias, 0, RING_NEVER), ERR_MISMATCH);
    *word = 0;
    unmap(memory, second);
    unmap(memory, whole);
}

/* The last word of one mapping, and the first of the next, which lies right behind it. */
static void neighbours(cap_t memory)
{
    uint8_t *at = map(memory, 0, 0, PAGES, ACCESS_READ_WRITE);
    cap_t other = allocate();
    uint32_t *last = (uint32_t *)(at + PAGES * PAGE) - 1;
    const uint32_t *first =
        (uint32_t *)map(other, (uint64_t)at + PAGES * PAGE, 0, 1, ACCESS_READ_WRITE);

    park_submit(1, last);
    park_submit(2, first);
    check(wake(first, UINT32_MAX) == 1, "one to wake");
    woken(2);
    check(wake(last, UINT32_MAX) == 1, "the other one");
    woken(1);
    console_printf("the last word of one mapping and the first of the next: two words");
    unmap(other, first);
    unmap(memory, at);
    cap_release(other);
}

/* Who waits holds on to the memory, not to the address. */
static void unmapped(cap_t memory)
{
    const uint32_t *word = (uint32_t *)map(memory, 0, 0, 1, ACCESS_READ_WRITE);
    const uint32_t *alias = (uint32_t *)map(memory, 0, 0, 1, ACCESS_READ_WRITE);
    uint64_t at = (uint64_t)word;

    park_submit(1, word);
    unmap(memory, word);
    check(wake(word, 1) == 0, "nobody where nothing is mapped");
    check(outcome_is_done(vm_map(capos_cap("memory"), at, 1, ACCESS_READ_WRITE, &at)), "a page");
    check(wake(word, 1) == 0, "nobody at another page at the same address");
    check(outcome_is_done(vm_unmap(capos_cap("memory"), at, 1)), "the page gone");
    check(ring_held(ring_mine()) == 0, "a wait that goes on");
    check(wake(alias, 1) == 1, "one to wake");
    woken(1);
    console_printf("an unmapped word: whoever waits there is woken at the other mapping");
    unmap(memory, alias);
}

static void kept(void)
{
    struct budget before = ledger_used(), with;
    cap_t memory = allocate();
    const uint32_t *word;

    with = ledger_used();
    word = (uint32_t *)map(memory, 0, 0, 1, ACCESS_READ_WRITE);
    park_submit(1, word);
    unmap(memory, word);
    cap_release(memory);
    check(ledger_used().objects == with.objects, "memory that is still there");
    check(ledger_used().frames >= before.frames + PAGES, "and its frames");
    park_cancel(1);
    check(ledger_used().objects == before.objects, "no memory any more");
    console_printf("the last to know the memory waits: it is kept, until that is cancelled");
}

static void no_access(cap_t memory)
{
    const uint32_t *word = (uint32_t *)map(memory, 0, 0, 1, ACCESS_NONE);

    attempt("waiting at a word that is mapped without access",
            park_wait(capos_cap("park"), word, 0, 1), ERR_BAD_ADDRESS);
    unmap(memory, word);
}

int main(void)
{
    cap_t memory = allocate();

    two_mappings(memory);
    neighbours(memory);
    unmapped(memory);
    no_access(memory);
    cap_release(memory);
    kept();
    return 0;
}
