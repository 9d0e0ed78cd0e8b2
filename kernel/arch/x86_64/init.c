/*
 * Takes the processor over from the loader, and the processor's smallest services.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "arch/arch.h"
#include "arch/x86_64/clock.h"
#include "arch/x86_64/cpu.h"
#include "arch/x86_64/irq.h"
#include "arch/x86_64/layout.h"
#include "arch/x86_64/local_apic.h"
#include "arch/x86_64/local_timer.h"
#include "arch/x86_64/paging.h"
#include "arch/x86_64/segments.h"
#include "arch/x86_64/serial.h"
#include "arch/x86_64/smp.h"
#include "arch/x86_64/stack.h"
#include "arch/x86_64/thread.h"
#include "arch/x86_64/traps.h"
#include "device/madt.h"
#include "mem/direct.h"
#include "mem/frames.h"
#include "sched/cpu.h"
#include "sched/thread.h"

#define KEYBOARD_COMMAND     0x64
#define KEYBOARD_PULSE_RESET 0xfe
#define RESET_CONTROL        0xcf9
#define RESET_CONTROL_HARD   0x02
#define RESET_CONTROL_GO     0x04

extern uint64_t early_pml4[512];
extern const uint8_t image_text[], image_data_end[]; /* kernel.ld.S */

/* Slot 0 held the identity map for the switch to long mode. */
static void drop_identity_map(void)
{
    early_pml4[0] = 0;
    cpu_set_cr3(cpu_cr3());
}

void arch_init(void)
{
    struct arch_cpu *cpu = &cpu_at(0)->arch;

    serial_init();
    cpu->task.ist[STACK_DOUBLE_FAULT - 1] = (uintptr_t)early_trap_stack + TRAP_STACK_SIZE;
    cpu->task.ist[STACK_NMI - 1] = (uintptr_t)early_trap_stack + TRAP_STACK_SIZE;
    segments_load(cpu); /* before the identity map goes: the loader's descriptors live in it */
    traps_init();
    drop_identity_map();
    clock_init();
}

void arch_start(const struct boot_info *info)
{
    static struct madt madt;
    bool has_madt;

    paging_init(info);
    frames_add_high();
    has_madt = madt_read(info->rsdp, &madt) == ERR_OK;
    irq_init(has_madt ? &madt : NULL);
    local_timer_init();
    smp_init(has_madt && local_apic_present() ? &madt : NULL);
    traps_init_cpu();
    thread_init_cpu();
    smp_start();
    paging_check();
}

const void *arch_phys(paddr_t at, size_t len)
{
    if (at > DIRECT_MAX || len > DIRECT_MAX - at || !paging_reaches(at, len))
        return NULL;
    return direct(at);
}

void arch_image(paddr_t *from, paddr_t *to)
{
    *from = (uintptr_t)image_text - IMAGE_BASE;
    *to = (uintptr_t)image_data_end - IMAGE_BASE;
}

static uint64_t boot_ns;

uint64_t arch_boot_ns(void)
{
    return boot_ns;
}

void arch_leave(struct thread *thread)
{
    if (cpu_self()->id == 0)
        boot_ns = arch_time_ns();
    trap_start(thread ? &thread->arch.frame : NULL);
}

void arch_timer_arm(uint64_t deadline)
{
    local_timer_arm(deadline);
}

void arch_timer_stop(void)
{
    local_timer_stop();
}

void arch_port_write(uint16_t port, const void *bytes, size_t len)
{
    cpu_out8_all(port, bytes, len);
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
