/*
 * The local APIC: each processor's own interrupt controller, and its way to interrupt others.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "arch/x86_64/local_apic.h"

#include "arch/arch.h"
#include "arch/x86_64/cpu.h"
#include "arch/x86_64/paging.h"
#include "arch/x86_64/vectors.h"

#define CPUID_FEATURES 1
#define CPUID_EDX_APIC (1 << 9)

#define MSR_APIC_BASE  0x1b /* 10.4.4, 10.12.1 */
#define BASE_X2        (1ull << 10)
#define BASE_ENABLED   (1ull << 11)
#define BASE_ADDRESS   0x000ffffffffff000ull
#define REGS_LEN       0x1000
#define MSR_X2_REGS    0x800 /* and the xAPIC's offset, divided by 16 (10.12.1.2) */
#define MSR_X2_COMMAND 0x830

/* Offsets (10.4.1, table 10-1) */
enum {
    ID = 0x20,
    TASK_PRIORITY = 0x80,
    END = 0xb0,
    SPURIOUS = 0xf0,
    ERRORS = 0x280,
    COMMAND = 0x300,
    COMMAND_HIGH = 0x310,
    LINT0 = 0x350,
    LINT1 = 0x360,
    ERROR = 0x370,
};

#define ID_SHIFT         24 /* in the xAPIC's ID and COMMAND_HIGH */
#define ID_MAX           0xfe
#define X2_ID_MAX        0xfffffffe
#define SPURIOUS_ENABLE  (1 << 8)
#define DELIVER_NMI      0x400 /* 10.5.1 */
#define DELIVER_EXTERNAL 0x700

/* Interrupt command register (10.6.1) */
#define COMMAND_NMI     0x00400
#define COMMAND_INIT    0x00500
#define COMMAND_STARTUP 0x00600
#define COMMAND_PENDING 0x01000
#define COMMAND_ASSERT  0x04000
#define COMMAND_OTHERS  0xc0000

#define STARTUP_SHIFT 12
#define STARTUP_END   0x100000

/* Turns until we no longer believe in a delivery, which takes some microseconds at worst. */
#define TURNS_MAX 100000

/* What differs between the two kinds of registers. */
struct registers {
    uint32_t (*read)(uint32_t reg);
    void (*write)(uint32_t reg, uint32_t value);
    bool (*idle)(void); /* the last command has been delivered */
    void (*command)(uint32_t id, uint32_t low);
    uint32_t id_max;
    unsigned id_shift;
};

static volatile uint8_t *regs;

static uint32_t x1_read(uint32_t reg)
{
    return *(volatile uint32_t *)(regs + reg);
}

static void x1_write(uint32_t reg, uint32_t value)
{
    *(volatile uint32_t *)(regs + reg) = value;
}

static bool x1_idle(void)
{
    return !(x1_read(COMMAND) & COMMAND_PENDING);
}

static void x1_command(uint32_t id, uint32_t low)
{
    x1_write(COMMAND_HIGH, id << ID_SHIFT);
    x1_write(COMMAND, low); /* this one sends it */
}

static uint32_t x2_read(uint32_t reg)
{
    return (uint32_t)cpu_read_msr(MSR_X2_REGS + (reg >> 4));
}

static void x2_write(uint32_t reg, uint32_t value)
{
    cpu_write_msr(MSR_X2_REGS + (reg >> 4), value);
}

static bool x2_idle(void)
{
    return true; /* it has no such state (10.12.9) */
}

/* Unlike a write to uncached memory, one to these registers does not wait for earlier stores
 * (10.12.3). */
static void x2_command(uint32_t id, uint32_t low)
{
    __asm__ volatile("mfence; lfence" : : : "memory");
    cpu_write_msr(MSR_X2_COMMAND, (uint64_t)id << 32 | low);
}

static const struct registers x1 = {x1_read, x1_write, x1_idle, x1_command, ID_MAX, ID_SHIFT};
static const struct registers x2 = {x2_read, x2_write, x2_idle, x2_command, X2_ID_MAX, 0};

static const struct registers *registers = &x1;

bool local_apic_present(void)
{
    return cpu_id(CPUID_FEATURES, 0).edx & CPUID_EDX_APIC;
}

/* A write brings the register up to date, the next one finds nothing new (10.5.3). */
static void clear_errors(void)
{
    registers->write(ERRORS, 0);
    registers->write(ERRORS, 0);
}

static void enable(uint32_t lint1)
{
    registers->write(LOCAL_APIC_TIMER, LOCAL_APIC_MASKED | LOCAL_TIMER_VECTOR);
    registers->write(LINT0, LOCAL_APIC_MASKED | DELIVER_EXTERNAL);
    registers->write(LINT1, lint1);
    registers->write(ERROR, VECTOR_APIC_ERROR);
    registers->write(TASK_PRIORITY, 0);
    registers->write(SPURIOUS, SPURIOUS_ENABLE | VECTOR_SPURIOUS);
    clear_errors();
}

void local_apic_init(void)
{
    uint64_t base = cpu_read_msr(MSR_APIC_BASE);

    registers = base & BASE_X2 ? &x2 : &x1;
    if (!(base & BASE_X2))
        regs = paging_map_device(base & BASE_ADDRESS, REGS_LEN);
    enable(DELIVER_NMI);
}

/* A processor that firmware never woke has not been told to use the other registers. */
void local_apic_init_cpu(void)
{
    if (local_apic_is_x2())
        cpu_write_msr(MSR_APIC_BASE, cpu_read_msr(MSR_APIC_BASE) | BASE_ENABLED | BASE_X2);
    enable(LOCAL_APIC_MASKED | DELIVER_NMI);
}

void local_apic_accept_pic(void)
{
    registers->write(LINT0, DELIVER_EXTERNAL);
}

bool local_apic_is_x2(void)
{
    return registers == &x2;
}

uint32_t local_apic_id(void)
{
    return registers->read(ID) >> registers->id_shift;
}

void local_apic_end(void)
{
    registers->write(END, 0);
}

static bool wait_until_idle(void)
{
    for (unsigned turn = 0; turn < TURNS_MAX; turn++) {
        if (registers->idle())
            return true;
        arch_relax();
    }
    return false;
}

static err_t send(uint32_t apic_id, uint32_t command)
{
    if (apic_id > registers->id_max)
        return ERR_BAD_ARGUMENT;
    if (!wait_until_idle())
        return ERR_TIMED_OUT;
    registers->command(apic_id, COMMAND_ASSERT | command);
    return ERR_OK;
}

err_t local_apic_send(uint32_t apic_id, uint8_t vector)
{
    return send(apic_id, vector);
}

err_t local_apic_send_init(uint32_t apic_id)
{
    return send(apic_id, COMMAND_INIT);
}

err_t local_apic_send_startup(uint32_t apic_id, paddr_t page)
{
    if (page >= STARTUP_END || page % (1 << STARTUP_SHIFT) != 0)
        return ERR_BAD_ARGUMENT;
    return send(apic_id, COMMAND_STARTUP | (uint32_t)(page >> STARTUP_SHIFT));
}

void local_apic_send_nmi_to_others(void)
{
    wait_until_idle();
    registers->command(0, COMMAND_OTHERS | COMMAND_ASSERT | COMMAND_NMI);
}

uint32_t local_apic_read(enum local_apic_register reg)
{
    return registers->read(reg);
}

void local_apic_write(enum local_apic_register reg, uint32_t value)
{
    registers->write(reg, value);
}
