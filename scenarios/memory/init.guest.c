/*
 * Uses its memory as is allowed, and starts programs that do what is not.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

#define PAGES 8

/* What faulter.guest.c does with each number, in its order. */
static const char *const faults[] = {
    "a jump into data",
    "a jump into the stack",
    "a jump into the ring",
    "a write to a page that may only be read",
    "a write to the program's own code",
    "a write to constants",
    "a read of a page without access",
    "a read of the null page",
    "a read of unmapped memory",
    "a read of the kernel's memory",
    "beyond the end of the first thread's stack",
    "beyond the end of another thread's stack",
    "memory that another thread unmaps",
};

#define VECTOR_PAGE_FAULT 14

static uint64_t map(uint32_t pages, enum access access)
{
    uint64_t at;

    check(outcome_is_done(vm_map(capos_cap("memory"), 0, pages, access, &at)), "%u pages", pages);
    return at;
}

static void unmap(uint64_t at, uint32_t pages)
{
    check(outcome_is_done(vm_unmap(capos_cap("memory"), at, pages)), "%u pages back", pages);
}

static bool is_filled(const volatile uint8_t *at, size_t len, uint8_t byte)
{
    for (size_t i = 0; i < len; i++) {
        if (at[i] != byte)
            return false;
    }
    return true;
}

static void zeroed(void)
{
    uint64_t at = map(PAGES, ACCESS_READ_WRITE);

    check(is_filled((uint8_t *)at, PAGES * PAGE_LEN, 0), "zeroes");
    console_printf("fresh memory is zeroed");
    memset((void *)at, 0xaa, PAGES * PAGE_LEN);
    unmap(at, PAGES);
    check(outcome_is_done(vm_map(capos_cap("memory"), at, PAGES, ACCESS_READ_WRITE, &at)), "again");
    check(is_filled((uint8_t *)at, PAGES * PAGE_LEN, 0), "zeroes again");
    console_printf("memory that was used before comes back zeroed");
    unmap(at, PAGES);
}

/* The middle of a mapping can go, be protected, and come back. */
static void parts(void)
{
    cap_t memory = capos_cap("memory");
    uint64_t at = map(3, ACCESS_READ_WRITE), middle = at + PAGE_LEN, where;

    memset((void *)at, 0x55, 3 * PAGE_LEN);
    attempt("protecting one page of three", vm_protect(memory, middle, 1, ACCESS_READ), ERR_OK);
    check(is_filled((uint8_t *)at, 3 * PAGE_LEN, 0x55), "its contents");
    attempt("unmapping it", vm_unmap(memory, middle, 1), ERR_OK);
    check(is_filled((uint8_t *)at, PAGE_LEN, 0x55), "the page before it");
    attempt("mapping it again", vm_map(memory, middle, 1, ACCESS_READ_WRITE, &where), ERR_OK);
    check(where == middle && is_filled((uint8_t *)middle, PAGE_LEN, 0), "a fresh page there");
    unmap(at, 3);
}

/* mov $42, %eax; ret */
static const uint8_t code[] = {0xb8, 42, 0, 0, 0, 0xc3};

static void executed(void)
{
    uint64_t at = map(1, ACCESS_READ_WRITE);
    int result;

    memcpy((void *)at, code, sizeof(code));
    check(outcome_is_done(vm_protect(capos_cap("memory"), at, 1, ACCESS_READ_EXECUTE)), "code");
    result = ((int (*)(void))at)();
    check(result == 42, "42, not %d", result);
    console_printf("code is written first, and executed when it can be written no more");
    unmap(at, 1);
}

static void shared(void)
{
    cap_t memory;
    uint64_t one, other, nowhere;

    check(outcome_is_done(frames_allocate(capos_cap("frames"), 2, &memory)), "a memory object");
    check(outcome_is_done(memory_map(memory, 0, 0, 2, ACCESS_READ_WRITE, &one)), "its place");
    check(outcome_is_done(memory_map(memory, 0, 1, 1, ACCESS_READ, &other)), "another place");
    check(is_filled((uint8_t *)one, 2 * PAGE_LEN, 0), "zeroes");
    *(volatile uint32_t *)(one + PAGE_LEN) = 0xc0ffee;
    check(*(volatile uint32_t *)other == 0xc0ffee, "the same memory");
    console_printf("one memory object in two places: what is written here is read there");
    attempt("executing what can be written elsewhere",
            memory_map(memory, 0, 0, 1, ACCESS_READ_EXECUTE, &nowhere), ERR_WRITE_EXECUTE);
    attempt("unmapping a part of it", memory_unmap(memory, one + PAGE_LEN), ERR_NOT_MAPPED);
    attempt("unmapping it like other memory", vm_unmap(capos_cap("memory"), one, 2), ERR_IN_USE);
    attempt("unmapping it as a whole", memory_unmap(memory, one), ERR_OK);
    attempt("releasing the object while it is mapped", cap_release(memory), ERR_OK);
    check(*(volatile uint32_t *)other == 0xc0ffee, "memory that lives as long as it is mapped");
    console_printf("its other place: still there, and what was written");
}

static void fault(uint32_t number)
{
    struct process_end end = program_run("faulter", &number, sizeof(number), BUDGET_SMALL);

    check(end.reason == PROCESS_REASON_FAULTED, "%s: a fault, not %u with %u", faults[number],
          end.reason, end.code);
    check(end.code == VECTOR_PAGE_FAULT, "%s: a page fault, not %u", faults[number], end.code);
    console_printf("%s: page fault", faults[number]);
}

int main(void)
{
    struct budget before;
    struct process_end end;

    zeroed();
    parts();
    executed();
    shared();
    before = ledger_used();
    end = program_run("refusals", NULL, 0, BUDGET_SMALL);
    check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "refusals, not %u", end.code);
    for (uint32_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
        fault(i);
    ledger_check("refusals and faults", before);
    console_printf("nobody is the worse for it: the ledger is as before");
    return 0;
}
