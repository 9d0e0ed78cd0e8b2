/*
 * Takes the processor over from the loader, and the processor's smallest services.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "arch/arch.h"
#include "arch/x86_64/clock.h"
#include "arch/x86_64/cpu.h"
#include "arch/x86_64/layout.h"
#include "arch/x86_64/segments.h"
#include "arch/x86_64/serial.h"
#include "arch/x86_64/traps.h"

#define KEYBOARD_COMMAND     0x64
#define KEYBOARD_PULSE_RESET 0xfe
#define RESET_CONTROL        0xcf9
#define RESET_CONTROL_HARD   0x02
#define RESET_CONTROL_GO     0x04

extern uint64_t early_pml4[512];

/* Slot 0 held the identity map for the switch to long mode. */
static void drop_identity_map(void)
{
    early_pml4[0] = 0;
    cpu_set_cr3(cpu_cr3());
}

void arch_init(void)
{
    serial_init();
    segments_init(); /* before the identity map goes: the loader's descriptors live in it */
    traps_init();
    drop_identity_map();
    clock_init();
}

const void *arch_phys(paddr_t at, size_t len)
{
    if (at > DIRECT_SIZE || len > DIRECT_SIZE - at)
        return NULL;
    return (const void *)(DIRECT_BASE + at);
}

uint8_t arch_port_read8(uint16_t port)
{
    return cpu_in8(port);
}

uint16_t arch_port_read16(uint16_t port)
{
    return cpu_in16(port);
}

void arch_port_write8(uint16_t port, uint8_t value)
{
    cpu_out8(port, value);
}

void arch_port_write16(uint16_t port, uint16_t value)
{
    cpu_out16(port, value);
}

void arch_interrupts_off(void)
{
    __asm__ volatile("cli" : : : "memory");
}

void arch_relax(void)
{
    __asm__ volatile("pause" : : : "memory");
}

void arch_halt(void)
{
    for (;;)
        __asm__ volatile("cli; hlt" : : : "memory");
}

/* Each way in turn, the next one when the machine lives on: chipset, keyboard controller, fault. */
void arch_reset(void)
{
    cpu_out8(RESET_CONTROL, RESET_CONTROL_HARD);
    cpu_out8(RESET_CONTROL, RESET_CONTROL_HARD | RESET_CONTROL_GO);
    cpu_out8(KEYBOARD_COMMAND, KEYBOARD_PULSE_RESET);
    arch_break_triple_fault();
}
