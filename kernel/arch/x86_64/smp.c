/*
 * The other processors.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each begins in real mode at the trampoline (trampoline.S), which is copied below 1 MiB for the time of the start; takes the next
 * number, and with it a record and a stack that the boot processor has prepared; and idles in the kernel
 * until there is something to run. The boot does not wait for ever: a processor that comes later
 * finds the trampoline as it was, and joins then.
 */
#include "arch/x86_64/smp.h"

#include "arch/arch.h"
#include "arch/x86_64/arch_types.h"
#include "arch/x86_64/cpu.h"
#include "arch/x86_64/irq.h"
#include "arch/x86_64/local_apic.h"
#include "arch/x86_64/local_timer.h"
#include "arch/x86_64/paging.h"
#include "arch/x86_64/stack.h"
#include "arch/x86_64/thread.h"
#include "arch/x86_64/vectors.h"
#include "lib/string.h"
#include "log/log.h"
#include "mem/direct.h"
#include "sched/cpu.h"
#include "sched/entry.h"

/* Intel SDM volume 3, 8.4.4.1 asks for 10 ms and 200 us, which were old processors' needs; a second STARTUP
 * helps one that missed the first. */
#define INIT_NS          10000
#define LOOK_NS          1000
#define STARTUP_AGAIN_NS 1000000
#define START_MAX_NS     2000000000

extern const uint8_t trampoline[], trampoline_root[], trampoline_end[]; /* in this order */

/* Read by the trampoline, written before any processor starts. */
struct cpu *smp_cpus = cpus;
uint64_t smp_cpu_size = sizeof(struct cpu);
uint64_t smp_cpu_stack = offsetof(struct cpu, arch.stack_top);
uint32_t smp_apic_id = offsetof(struct cpu, arch.apic_id);

/* Where the trampoline's processors go. */
_Noreturn void smp_entry(struct cpu *cpu);

_Static_assert(CPUS_MAX == 64, "trampoline.S");

static void prepare(struct cpu *cpu, uint32_t apic_id)
{
    cpu->arch.apic_id = apic_id;
    cpu->arch.stack_top = stack_create(CPU_STACK_SIZE);
    cpu->arch.task.ist[STACK_DOUBLE_FAULT - 1] = stack_create(TRAP_STACK_SIZE);
    cpu->arch.task.ist[STACK_NMI - 1] = stack_create(TRAP_STACK_SIZE);
}

/* The boot processor is number 0, whatever its place in the table. */
void smp_init(const struct madt *madt)
{
    uint32_t own = local_apic_present() ? local_apic_id() : 0;
    unsigned n = 1;

    for (unsigned i = 0; madt && i < madt->n_cpus && n < CPUS_MAX; i++) {
        if (madt->cpus[i] != own)
            cpu_at(n++)->arch.apic_id = madt->cpus[i];
    }
    cpus_init(n);
    prepare(cpu_at(0), own);
    for (unsigned id = 1; id < n; id++)
        prepare(cpu_at(id), cpu_at(id)->arch.apic_id);
    segments_load(&cpu_at(0)->arch);
    cpu_at(0)->online = true;
}

static bool all_online(void)
{
    return cpus_online() == cpus_found();
}

static void wait_until_online(uint64_t ns)
{
    uint64_t end = arch_time_ns() + ns;

    while (!all_online() && arch_time_ns() < end) {
        /* QEMU, when it counts instructions, lets the time up to the next timer go by for an INIT. */
        local_timer_arm(arch_time_ns() + LOOK_NS);
        arch_relax();
    }
}

static void send_to_missing(err_t (*send)(uint32_t apic_id))
{
    for (unsigned id = 1; id < cpus_found(); id++) {
        if (!__atomic_load_n(&cpu_at(id)->online, __ATOMIC_ACQUIRE))
            send(cpu_at(id)->arch.apic_id);
    }
}

static err_t send_startup(uint32_t apic_id)
{
    return local_apic_send_startup(apic_id, TRAMPOLINE_PHYS);
}

/* A UEFI loader may have put a module there, or what it says; they are read later. */
static uint8_t below_trampoline[PAGE_SIZE];

/* The kernel's tables were made before memory above 4 GiB was there to take. */
static void copy_trampoline(void)
{
    uint8_t *copy = direct(TRAMPOLINE_PHYS);
    uint32_t root = (uint32_t)paging_root();

    memcpy(below_trampoline, copy, PAGE_SIZE);
    memcpy(copy, trampoline, (uintptr_t)trampoline_end - (uintptr_t)trampoline);
    memcpy(copy + ((uintptr_t)trampoline_root - (uintptr_t)trampoline), &root, sizeof(root));
}

static void remove_trampoline(void)
{
    paging_map_identity(TRAMPOLINE_PHYS, false);
    memcpy(direct(TRAMPOLINE_PHYS), below_trampoline, PAGE_SIZE);
}

void smp_start(void)
{
    if (cpus_found() > 1) {
        copy_trampoline();
        paging_map_identity(TRAMPOLINE_PHYS, true);
        send_to_missing(local_apic_send_init);
        wait_until_online(INIT_NS);
        send_to_missing(send_startup);
        wait_until_online(STARTUP_AGAIN_NS);
        send_to_missing(send_startup);
        wait_until_online(START_MAX_NS);
        local_timer_stop();
        if (all_online()) /* else somebody may still come this way, and is welcome */
            remove_trampoline();
    }
    kernel_log("processors: %u of %u run", cpus_online(), cpus_found());
}

void smp_entry(struct cpu *cpu)
{
    paging_init_cpu();
    segments_load(&cpu->arch);
    traps_init_cpu();
    thread_init_cpu();
    local_apic_init_cpu();
    local_timer_init_cpu();
    /* Release: the boot processor sees all of the above when it sees this. */
    __atomic_store_n(&cpu->online, true, __ATOMIC_RELEASE);
    arch_leave(entry_first());
}

void arch_cpu_interrupt(struct cpu *cpu)
{
    local_apic_send(cpu->arch.apic_id, VECTOR_RESCHEDULE);
}

static bool stopping;

void arch_stop_others(void)
{
    __atomic_store_n(&stopping, true, __ATOMIC_RELEASE);
    if (cpus_online() > 1)
        local_apic_send_nmi_to_others();
}

bool smp_is_stopping(void)
{
    return __atomic_load_n(&stopping, __ATOMIC_ACQUIRE);
}

void arch_poll_interrupts(void)
{
    __asm__ volatile("sti; nop; cli" : : : "memory");
}
