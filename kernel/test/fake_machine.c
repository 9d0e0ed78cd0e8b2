/*
 * Processors, threads and time for host tests: a test decides which processor does what, and when.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "test/fake_machine.h"

#include <string.h>

#include "sched/cpu.h"
#include "sched/entry.h"
#include "sched/later.h"
#include "sched/lock.h"
#include "sched/schedule.h"
#include "sched/thread.h"

/* What a look at the clock takes. */
#define LOOK_NS 300

uint64_t fake_time_ns;
void (*fake_port_write)(const void *bytes, size_t len);

static unsigned self;
static uint64_t polling; /* processors that wait in arch_poll_interrupts() */

void fake_machine_start(unsigned n)
{
    memset(cpus, 0, sizeof(cpus));
    self = 0;
    cpus_init(n);
    for (unsigned id = 0; id < n; id++)
        cpu_at(id)->online = true;
}

void fake_cpu_choose(unsigned id)
{
    self = id;
    if (!cpu_at(id)->arch.interrupted)
        return;
    cpu_at(id)->arch.interrupted = false;
    entry_interrupted();
}

struct arch_cpu *arch_cpu_self(void)
{
    return &cpu_at(self)->arch;
}

void arch_cpu_interrupt(struct cpu *cpu)
{
    cpu->arch.interrupted = true;
    cpu->in_user = false;
}

void arch_relax(void)
{
}

/* While others poll, time passes. */
static void run_timer(const struct cpu *cpu)
{
    if (cpu->armed == TIME_NEVER)
        return;
    if (cpu->armed > fake_time_ns)
        fake_time_ns = cpu->armed;
    entry_timer();
}

static struct thread *take_woken(struct cpu *cpu)
{
    struct thread *thread = cpu->woken;

    cpu->woken = NULL;
    return thread;
}

/* One that polls already looks around once, as its loop would; it goes on where it is. */
static void run_other(unsigned id)
{
    struct cpu *cpu = cpu_at(id);

    if (polling & 1u << id) {
        cpu->arch.interrupted = false;
        kernel_lock();
        later_step();
        if (cpu->woken)
            schedule_ready(take_woken(cpu));
        kernel_unlock();
    } else if (cpu->arch.interrupted) {
        fake_cpu_choose(id);
    } else {
        run_timer(cpu);
    }
}

void arch_poll_interrupts(void)
{
    unsigned me = self;

    polling |= 1u << me;
    for (unsigned id = 0; id < cpus_found(); id++) {
        if (id == me)
            continue;
        self = id;
        run_other(id);
        self = me;
    }
    polling &= ~(1u << me);
    cpu_at(me)->arch.interrupted = false;
}

uint64_t arch_time_ns(void)
{
    return fake_time_ns += LOOK_NS;
}

uint64_t arch_boot_ns(void)
{
    return 0;
}

void arch_clock_scale(uint64_t *multiplier, uint32_t *shift, uint64_t *base)
{
    *multiplier = 1;
    *shift = 0;
    *base = 0;
}

void arch_timer_arm(uint64_t deadline)
{
    (void)deadline;
}

void arch_timer_stop(void)
{
}

err_t arch_thread_init(struct thread *thread, const struct thread_start *start)
{
    thread->arch.fs_base = start->fs_base;
    return ERR_OK;
}

void arch_thread_fini(struct thread *thread)
{
    (void)thread;
}

void arch_thread_set_fs_base(struct thread *thread, uint64_t address)
{
    thread->arch.fs_base = address;
}

uint64_t arch_thread_fs_base(const struct thread *thread)
{
    return thread->arch.fs_base;
}

void arch_port_write(uint16_t port, const void *bytes, size_t len)
{
    (void)port;
    if (fake_port_write)
        fake_port_write(bytes, len);
}
