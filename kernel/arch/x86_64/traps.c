/*
 * Traps: exceptions, interrupts and system calls, on their way from and to the assembler's entries.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The kernel runs with interrupts off and has no pages to bring in, so an exception in it is a
 * broken invariant and ends in a panic; one of a program ends that program.
 */
#include "arch/x86_64/traps.h"

#include "arch/arch.h"
#include "arch/x86_64/arch_types.h"
#include "arch/x86_64/cpu.h"
#include "arch/x86_64/irq.h"
#include "arch/x86_64/layout.h"
#include "arch/x86_64/local_apic.h"
#include "arch/x86_64/smp.h"
#include "arch/x86_64/vectors.h"
#include "diag/panic.h"
#include "log/log.h"
#include "sched/cpu.h"
#include "sched/entry.h"
#include "sched/thread.h"

#define VECTOR_NMI           2
#define VECTOR_DOUBLE_FAULT  8
#define VECTOR_PAGE_FAULT    14
#define VECTOR_MACHINE_CHECK 18
#define VECTOR_TERMINAL      (VECTOR_ISA + 3) /* COM2 */

/* Error code of a page fault (Intel SDM volume 3, 4.7) */
#define FAULT_PRESENT 0x01
#define FAULT_WRITE   0x02
#define FAULT_FETCH   0x10

#define TRAP_ENTRY_LEN  16
#define GATE_INTERRUPT  0x8e /* 64-bit interrupt gate, ring 0, present */
#define GATE_FROM_USER  0xee /* the same, for INT instructions of programs too */
#define VECTOR_BREAK    3
#define VECTOR_OVERFLOW 4

#define EFER_SYSCALL 0x01
/* Cleared by SYSCALL: all but the arithmetic flags, so that no TF, DF, NT or AC of a program's
 * reaches the kernel. */
#define FLAGS_MASK 0x3f7702

/* Intel SDM volume 3, 6.14.1 */
struct gate {
    uint16_t offset_low;
    uint16_t selector;
    uint8_t stack;
    uint8_t type;
    uint16_t offset_middle;
    uint32_t offset_high;
    uint32_t reserved;
};
_Static_assert(sizeof(struct gate) == 16, "Intel SDM volume 3, 6.14.1");
_Static_assert(offsetof(struct arch_cpu, frame_end) == ARCH_CPU_FRAME_END, "traps.S");
_Static_assert(offsetof(struct arch_cpu, user_rsp) == ARCH_CPU_USER_RSP, "traps.S");
_Static_assert(offsetof(struct arch_cpu, stack_top) == ARCH_CPU_STACK_TOP, "traps.S");
_Static_assert(offsetof(struct thread, arch) == 0 && offsetof(struct arch_thread, frame) == 0,
               "traps.S resumes the thread that entry_syscall() returns");
_Static_assert(offsetof(struct cpu, arch) == 0, "GS base is the processor's record");

extern const uint8_t trap_entries[];
void syscall_entry(void);
void trap_capture(struct trap_frame *frame);

/* Called by the assembler, which resumes the frame that they return, or idles. */
struct trap_frame *trap_from_user(const struct trap_frame *frame);
struct trap_frame *trap_from_idle(uint64_t vector);
_Noreturn void trap_from_kernel(const struct trap_frame *frame);
_Noreturn void trap_at_last(const struct trap_frame *frame);

static struct gate idt[N_VECTORS];
static uint64_t unknown, spurious; /* under the kernel lock, or of no importance */

/* Intel SDM volume 3, 6.3.1, table 6-1; AMD64 manual volume 2, 8.2 for 28 to 30 */
static const char *const names[N_EXCEPTIONS] = {
    "divide error",
    "debug exception",
    "non-maskable interrupt",
    "breakpoint",
    "overflow",
    "bound range exceeded",
    "invalid opcode",
    "device not available",
    "double fault",
    "coprocessor segment overrun",
    "invalid task state",
    "segment not present",
    "stack-segment fault",
    "general protection fault",
    "page fault",
    "reserved exception 15",
    "x87 floating-point error",
    "alignment check",
    "machine check",
    "SIMD floating-point error",
    "virtualization exception",
    "control protection exception",
    "reserved exception 22",
    "reserved exception 23",
    "reserved exception 24",
    "reserved exception 25",
    "reserved exception 26",
    "reserved exception 27",
    "hypervisor injection exception",
    "VMM communication exception",
    "security exception",
    "reserved exception 31",
};

static uint8_t stack_for(unsigned vector)
{
    switch (vector) {
    case VECTOR_DOUBLE_FAULT:
        return STACK_DOUBLE_FAULT;
    case VECTOR_NMI:
    case VECTOR_MACHINE_CHECK:
        return STACK_NMI;
    default:
        return STACK_CURRENT;
    }
}

void traps_init(void)
{
    for (unsigned vector = 0; vector < N_VECTORS; vector++) {
        uint64_t entry = (uintptr_t)trap_entries + vector * TRAP_ENTRY_LEN;
        bool for_user = vector == VECTOR_BREAK || vector == VECTOR_OVERFLOW;

        idt[vector] = (struct gate){
            .offset_low = (uint16_t)entry,
            .selector = SELECTOR_CODE,
            .stack = stack_for(vector),
            .type = for_user ? GATE_FROM_USER : GATE_INTERRUPT,
            .offset_middle = (uint16_t)(entry >> 16),
            .offset_high = (uint32_t)(entry >> 32),
        };
    }
    cpu_load_idt(idt, sizeof(idt) - 1);
}

void traps_init_cpu(void)
{
    cpu_load_idt(idt, sizeof(idt) - 1);
    cpu_write_msr(MSR_EFER, cpu_read_msr(MSR_EFER) | EFER_SYSCALL);
    cpu_write_msr(MSR_STAR, (uint64_t)(SELECTOR_DATA | 3) << 48 | (uint64_t)SELECTOR_CODE << 32);
    cpu_write_msr(MSR_LSTAR, (uintptr_t)syscall_entry);
    cpu_write_msr(MSR_FMASK, FLAGS_MASK);
}

void arch_log_strange_interrupts(void)
{
    if (unknown || spurious)
        kernel_log("interrupts: %lu at vectors that nobody uses, %lu spurious", unknown, spurious);
}

static const char *page_fault_access(uint64_t error)
{
    if (error & FAULT_FETCH)
        return "fetch from";
    return error & FAULT_WRITE ? "write to" : "read from";
}

static _Noreturn void panic_at(const struct trap_frame *frame)
{
    const char *name = names[frame->vector];

    if (frame->vector == VECTOR_PAGE_FAULT)
        panic_trap(frame, "%s: %s 0x%016lx %s", name, page_fault_access(frame->error), cpu_cr2(),
                   frame->error & FAULT_PRESENT ? "not allowed" : "not present");
    panic_trap(frame, "%s", name);
}

static struct trap_frame *frame_of(struct thread *thread)
{
    return thread ? &thread->arch.frame : NULL;
}

static struct thread *fault_of_user(const struct trap_frame *frame)
{
    struct fault fault = {
        .vector = (unsigned)frame->vector,
        .name = names[frame->vector],
        .instruction = frame->rip,
    };

    if (frame->vector == VECTOR_PAGE_FAULT) {
        fault.what = page_fault_access(frame->error);
        fault.why = frame->error & FAULT_PRESENT ? "not allowed" : "not mapped";
        fault.address = cpu_cr2();
    }
    return entry_fault(&fault);
}

static struct thread *interrupt(uint64_t vector)
{
    if (vector != VECTOR_SPURIOUS)
        irq_end((uint8_t)vector);
    switch (vector) {
    case LOCAL_TIMER_VECTOR:
        return entry_timer();
    case VECTOR_RESCHEDULE:
        return entry_interrupted();
    case VECTOR_TERMINAL:
        return entry_terminal();
    case VECTOR_SPURIOUS:
        spurious++;
        return entry_nothing();
    default:
        unknown++;
        return entry_nothing();
    }
}

struct trap_frame *trap_from_user(const struct trap_frame *frame)
{
    return frame_of(frame->vector < N_EXCEPTIONS ? fault_of_user(frame) : interrupt(frame->vector));
}

struct trap_frame *trap_from_idle(uint64_t vector)
{
    return frame_of(interrupt(vector));
}

void trap_from_kernel(const struct trap_frame *frame)
{
    panic_at(frame);
}

/* An NMI is how one processor stops the others. */
void trap_at_last(const struct trap_frame *frame)
{
    if (frame->vector == VECTOR_NMI && smp_is_stopping())
        arch_halt();
    panic_at(frame);
}

/* What a function pushes at its frame pointer: the caller's frame pointer, the return address. */
const struct trap_frame *arch_frame_of_caller(const void *frame_address)
{
    static struct trap_frame frame;
    const uint64_t *saved = frame_address;
    const uint64_t call_len = 5; /* a direct call: opcode and 32-bit displacement */

    trap_capture(&frame);
    frame.vector = VECTOR_NONE;
    frame.rbp = saved[0];
    frame.rip = saved[1] - call_len;
    frame.rsp = (uintptr_t)(saved + 2);
    return &frame;
}

void arch_log_registers(const char *source, const struct trap_frame *f)
{
    if (f->vector != VECTOR_NONE)
        log_line(source, "cpu %u vector %lu error 0x%lx cr2 0x%016lx cr3 0x%016lx", cpu_self()->id,
                 f->vector, f->error, cpu_cr2(), cpu_cr3());
    log_line(source, "rip 0x%016lx cs 0x%lx flags 0x%lx rsp 0x%016lx ss 0x%lx", f->rip, f->cs,
             f->rflags, f->rsp, f->ss);
    log_line(source, "rax 0x%016lx rbx 0x%016lx rcx 0x%016lx rdx 0x%016lx", f->rax, f->rbx, f->rcx,
             f->rdx);
    log_line(source, "rsi 0x%016lx rdi 0x%016lx rbp 0x%016lx r8  0x%016lx", f->rsi, f->rdi, f->rbp,
             f->r8);
    log_line(source, "r9  0x%016lx r10 0x%016lx r11 0x%016lx r12 0x%016lx", f->r9, f->r10, f->r11,
             f->r12);
    log_line(source, "r13 0x%016lx r14 0x%016lx r15 0x%016lx", f->r13, f->r14, f->r15);
    log_line(source, "cr0 0x%016lx cr2 0x%016lx cr3 0x%016lx cr4 0x%016lx", cpu_cr0(), cpu_cr2(),
             cpu_cr3(), cpu_cr4());
}
