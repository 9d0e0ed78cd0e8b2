/*
 * Does what a processor refuses: what, its argument says, as a number.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It has done its work when it is ended by a fault. Coming back from the attempt is a failure.
 */
#include "capos/capos.h"

static void divide_by_zero(void)
{
    __asm__ volatile("divl %0" : : "r"(0), "a"(1), "d"(0));
}

static void no_instruction(void)
{
    __asm__ volatile("ud2");
}

static void breakpoint(void)
{
    __asm__ volatile("int3");
}

static void interrupts_off(void)
{
    __asm__ volatile("cli");
}

static void halt(void)
{
    __asm__ volatile("hlt");
}

static void write_port(void)
{
    __asm__ volatile("outb %0, %1" : : "a"((uint8_t)'x'), "Nd"((uint16_t)0xe9));
}

static void read_control_register(void)
{
    uint64_t value;

    __asm__ volatile("mov %%cr3, %0" : "=r"(value));
}

static void model_specific_register(void)
{
    uint32_t low, high;

    __asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(0xc0000080));
}

/* It would tell where the kernel's tables are: refused where the processor can (UMIP). */
static void read_descriptor_table(void)
{
    struct {
        uint16_t limit;
        uint64_t base;
    } __attribute__((packed)) table;

    __asm__ volatile("sidt %0" : "=m"(table));
}

static void software_interrupt(void)
{
    __asm__ volatile("int $0x20");
}

static void non_canonical(void)
{
    *(volatile uint8_t *)0x800000000000;
}

static void read_null(void)
{
    uint64_t address = 8;

    __asm__("" : "+r"(address)); /* the compiler is not to know what is there */
    *(volatile uint8_t *)address;
}

static void (*const attempts[])(void) = {
    divide_by_zero,
    no_instruction,
    breakpoint,
    interrupts_off,
    halt,
    write_port,
    read_null,
    read_control_register,
    model_specific_register,
    non_canonical,
    software_interrupt,
    read_descriptor_table,
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
