/*
 * Asks for memory that it cannot have.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

#define KERNEL    0xffffffff80000000
#define ANYTHING  0x500000000000 /* free, far from everything */
#define PAGES_MAX 1024

/* Both operations on what is mapped must refuse it, too. */
static void try_all(const char *where, uint64_t address, uint32_t pages, err_t mapping,
                    err_t others)
{
    cap_t memory = capos_cap("memory");
    char words[100];
    uint64_t at;

    format_text(words, sizeof(words), "mapping %s", where);
    attempt(words, vm_map(memory, address, pages, ACCESS_READ_WRITE, &at), mapping);
    format_text(words, sizeof(words), "unmapping %s", where);
    attempt(words, vm_unmap(memory, address, pages), others);
    format_text(words, sizeof(words), "protecting %s", where);
    attempt(words, vm_protect(memory, address, pages, ACCESS_READ), others);
}

#define TRY(where, address, pages, error) try_all(where, address, pages, error, error)

static void try_places(void)
{
    uint64_t ring = (uint64_t)ring_mine()->ring;
    uint64_t stack = (uint64_t)__builtin_frame_address(0) & ~(PAGE_LEN - 1ul);

    TRY("over the ring", ring, 1, ERR_BAD_ADDRESS);
    TRY("over the arena", (uint64_t)ring_mine()->arena, 1, ERR_BAD_ADDRESS);
    TRY("over the first thread's stack", stack, 1, ERR_BAD_ADDRESS);
    TRY("over the kernel", KERNEL, 1, ERR_BAD_ADDRESS);
    TRY("over the direct map", 0xffff800000000000, 1, ERR_BAD_ADDRESS);
    TRY("at a non-canonical address", USER_END, 1, ERR_BAD_ADDRESS);
    TRY("at the first address of the kernel's share", USER_MAX, 1, ERR_BAD_ADDRESS);
    TRY("across the end of the program's share", USER_MAX - PAGE_LEN, 2, ERR_BAD_ADDRESS);
    TRY("at the last page of all", UINT64_MAX - PAGE_LEN + 1, 1, ERR_BAD_ADDRESS);
    TRY("around the end of all", UINT64_MAX - PAGE_LEN + 1, 2, ERR_BAD_ADDRESS);
    TRY("at the second page", PAGE_LEN, 1, ERR_BAD_ADDRESS);
    TRY("under the lowest address", USER_MIN - PAGE_LEN, 2, ERR_BAD_ADDRESS);
    TRY("at an address that is not aligned", ANYTHING + 8, 1, ERR_BAD_ADDRESS);
}

static void try_lengths(void)
{
    TRY("no page", ANYTHING, 0, ERR_BAD_ARGUMENT);
    TRY("1025 pages", ANYTHING, PAGES_MAX + 1, ERR_BAD_ARGUMENT);
    TRY("2^32 - 1 pages", ANYTHING, UINT32_MAX, ERR_BAD_ARGUMENT);
    TRY("2^20 pages, 4 GiB", ANYTHING, 1 << 20, ERR_BAD_ARGUMENT);
}

static void try_budget(void)
{
    uint64_t at;

    attempt("mapping more pages than the budget has",
            vm_map(capos_cap("memory"), ANYTHING, PAGES_MAX, ACCESS_READ_WRITE, &at),
            ERR_NO_FRAMES);
    attempt("the same anywhere", vm_map(capos_cap("memory"), 0, PAGES_MAX, ACCESS_READ_WRITE, &at),
            ERR_NO_FRAMES);
    attempt("unmapping what did not come", vm_unmap(capos_cap("memory"), ANYTHING, 1),
            ERR_NOT_MAPPED);
}

/* There is no word for writable and executable; the numbers behind the last word are none. */
static void try_access(void)
{
    cap_t memory = capos_cap("memory");
    uint64_t at;

    attempt("mapping with an access behind the last one", vm_map(memory, 0, 1, 4, &at),
            ERR_BAD_ARGUMENT);
    attempt("mapping with the highest access", vm_map(memory, 0, 1, UINT16_MAX, &at),
            ERR_BAD_ARGUMENT);
    check(outcome_is_done(vm_map(memory, 0, 1, ACCESS_READ_WRITE, &at)), "a page");
    attempt("protecting with an access behind the last one", vm_protect(memory, at, 1, 4),
            ERR_BAD_ARGUMENT);
    check(outcome_is_done(vm_unmap(memory, at, 1)), "the page back");
}

static void try_overlap(void)
{
    cap_t memory = capos_cap("memory");
    uint64_t at;

    attempt("unmapping what is not mapped", vm_unmap(memory, ANYTHING, 1), ERR_NOT_MAPPED);
    attempt("protecting what is not mapped", vm_protect(memory, ANYTHING, 1, ACCESS_READ),
            ERR_NOT_MAPPED);
    check(outcome_is_done(vm_map(memory, ANYTHING + PAGE_LEN, 1, ACCESS_READ_WRITE, &at)),
          "a page");
    *(volatile uint64_t *)at = 99;
    try_all("a page that is mapped, and one before it", ANYTHING, 2, ERR_OVERLAP, ERR_NOT_MAPPED);
    try_all("a page that is mapped, and one behind it", at, 2, ERR_OVERLAP, ERR_NOT_MAPPED);
    attempt("mapping the very same page", vm_map(memory, at, 1, ACCESS_READ, &at), ERR_OVERLAP);
    *(volatile uint64_t *)(ANYTHING + PAGE_LEN) += 1;
    console_printf("the page itself: untouched, and writable as before");
    check(outcome_is_done(vm_unmap(memory, ANYTHING + PAGE_LEN, 1)), "the page back");
    attempt("mapping over the program's code",
            vm_map(memory, (uint64_t)try_overlap & ~(PAGE_LEN - 1ul), 1, ACCESS_READ_WRITE, &at),
            ERR_OVERLAP);
}

static void try_objects(void)
{
    cap_t frames = capos_cap("frames"), object;
    uint64_t at;

    attempt("a memory object of no page", frames_allocate(frames, 0, &object), ERR_BAD_ARGUMENT);
    attempt("a memory object of 1025 pages", frames_allocate(frames, PAGES_MAX + 1, &object),
            ERR_BAD_ARGUMENT);
    attempt("a memory object beyond the budget", frames_allocate(frames, PAGES_MAX, &object),
            ERR_NO_FRAMES);
    check(outcome_is_done(frames_allocate(frames, 2, &object)), "a memory object");
    attempt("mapping its third page", memory_map(object, 0, 2, 1, ACCESS_READ, &at),
            ERR_OUT_OF_BOUNDS);
    attempt("mapping three pages of it", memory_map(object, 0, 0, 3, ACCESS_READ, &at),
            ERR_OUT_OF_BOUNDS);
    attempt("mapping from its page 2^32 - 1 on", memory_map(object, 0, UINT32_MAX, 2, 1, &at),
            ERR_OUT_OF_BOUNDS);
    attempt("mapping it over the ring",
            memory_map(object, (uint64_t)ring_mine()->ring, 0, 1, ACCESS_READ_WRITE, &at),
            ERR_BAD_ADDRESS);
    attempt("mapping it with an access behind the last one", memory_map(object, 0, 0, 1, 4, &at),
            ERR_BAD_ARGUMENT);
    attempt("unmapping it where it is not", memory_unmap(object, ANYTHING), ERR_NOT_MAPPED);
}

int main(void)
{
    try_places();
    try_lengths();
    try_budget();
    try_access();
    try_overlap();
    try_objects();
    return 0;
}
