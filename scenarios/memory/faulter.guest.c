/*
 * Touches memory as is not allowed: what, its argument says, as a number.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It has done its work when it is ended by a page fault. Coming back from the attempt is a failure.
 */
#include "capos/capos.h"

#define KERNEL   0xffffffff80000000
#define UNMAPPED 0x500000000000

static uint8_t data[] = {0xc3}; /* ret */
static const uint64_t constants[] = {1, 2, 3, 4};

static uint64_t map(enum access access)
{
    uint64_t at;

    check(outcome_is_done(vm_map(capos_cap("memory"), 0, 1, access, &at)), "a page");
    return at;
}

static void jump(const void *to)
{
    ((void (*)(void))to)();
}

static void read_from(uint64_t address)
{
    __asm__("" : "+r"(address)); /* the compiler is not to know what is there */
    *(volatile uint8_t *)address;
}

static void write_to(uint64_t address)
{
    __asm__("" : "+r"(address));
    *(volatile uint8_t *)address = 0;
}

static void jump_into_data(void)
{
    jump(data);
}

static void jump_into_stack(void)
{
    volatile uint8_t code[16] = {0xc3};

    jump((const void *)code);
}

static void jump_into_ring(void)
{
    ring_mine()->arena[0] = 0xc3;
    jump(ring_mine()->arena);
}

static void write_to_read_only(void)
{
    write_to(map(ACCESS_READ));
}

static void write_to_code(void)
{
    write_to((uint64_t)write_to_code);
}

static void write_to_constant(void)
{
    write_to((uint64_t)constants);
}

static void read_without_access(void)
{
    read_from(map(ACCESS_NONE));
}

static void read_null(void)
{
    read_from(8);
}

static void read_unmapped(void)
{
    read_from(UNMAPPED);
}

static void read_kernel(void)
{
    read_from(KERNEL);
}

/* Goes down the stack a little at a time, so that no guard is jumped over. */
static void overflow(void)
{
    for (volatile uint8_t *at = __builtin_frame_address(0);; at -= 1024)
        *at = 0;
}

static int overflow_thread(void *unused)
{
    (void)unused;
    overflow();
    return 0;
}

static void overflow_other(void)
{
    struct thread thread;

    check(outcome_is_done(thread_start(&thread, overflow_thread, NULL)), "a thread");
    thread_finish(&thread, NULL);
}

static uint32_t reading;

static int read_forever(void *page)
{
    for (;;) {
        *(volatile uint64_t *)page;
        __atomic_store_n(&reading, 1, __ATOMIC_RELEASE);
    }
    return 0;
}

/* No processor may go on using what it remembers of a page that is gone. */
static void unmap_while_read(void)
{
    uint64_t page = map(ACCESS_READ_WRITE);
    struct thread thread;

    check(outcome_is_done(thread_start(&thread, read_forever, (void *)page)), "a thread");
    while (!__atomic_load_n(&reading, __ATOMIC_ACQUIRE))
        __builtin_ia32_pause();
    check(outcome_is_done(vm_unmap(capos_cap("memory"), page, 1)), "the page gone");
    timer_sleep(capos_cap("timer"), clock_now() + 2000000000, NULL);
}

static void (*const attempts[])(void) = {
    jump_into_data,    jump_into_stack,     jump_into_ring,   write_to_read_only, write_to_code,
    write_to_constant, read_without_access, read_null,        read_unmapped,      read_kernel,
    overflow,          overflow_other,      unmap_while_read,
};

int main(void)
{
    size_t len;
    const uint32_t *number = capos_arguments(&len);

    check(len == sizeof(*number) && *number < sizeof(attempts) / sizeof(attempts[0]), "a number");
    attempts[*number]();
    console_printf("came back from attempt %u", *number);
    return 1;
}
