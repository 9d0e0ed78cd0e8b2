/*
 * Exceptions: the gates, the registers they save, and what they mean.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The kernel runs with interrupts off and has no pages to bring in, so every exception is a broken
 * invariant and ends in a panic.
 */
#include "arch/x86_64/traps.h"

#include "arch/arch.h"
#include "arch/x86_64/cpu.h"
#include "arch/x86_64/layout.h"
#include "arch/x86_64/segments.h"
#include "diag/panic.h"
#include "log/log.h"

#define VECTOR_NMI          2
#define VECTOR_DOUBLE_FAULT 8
#define VECTOR_PAGE_FAULT   14

/* Error code of a page fault (Intel SDM volume 3, 4.7) */
#define FAULT_PRESENT 0x01
#define FAULT_WRITE   0x02
#define FAULT_FETCH   0x10

#define TRAP_ENTRY_LEN 16
#define GATE_INTERRUPT 0x8e /* 64-bit interrupt gate, ring 0, present */

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

extern const uint8_t trap_entries[];
void trap_capture(struct trap_frame *frame);
_Noreturn void trap_dispatch(const struct trap_frame *frame);

static struct gate idt[N_EXCEPTIONS];

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
        return STACK_NMI;
    default:
        return STACK_CURRENT;
    }
}

void traps_init(void)
{
    for (unsigned vector = 0; vector < N_EXCEPTIONS; vector++) {
        uint64_t entry = (uintptr_t)trap_entries + vector * TRAP_ENTRY_LEN;

        idt[vector] = (struct gate){
            .offset_low = (uint16_t)entry,
            .selector = SELECTOR_CODE,
            .stack = stack_for(vector),
            .type = GATE_INTERRUPT,
            .offset_middle = (uint16_t)(entry >> 16),
            .offset_high = (uint32_t)(entry >> 32),
        };
    }
    cpu_load_idt(idt, sizeof(idt) - 1);
}

static const char *page_fault_access(uint64_t error)
{
    if (error & FAULT_FETCH)
        return "fetch from";
    return error & FAULT_WRITE ? "write to" : "read from";
}

void trap_dispatch(const struct trap_frame *frame)
{
    const char *name = names[frame->vector];

    if (frame->vector == VECTOR_PAGE_FAULT)
        panic_trap(frame, "%s: %s 0x%016lx %s", name, page_fault_access(frame->error), cpu_cr2(),
                   frame->error & FAULT_PRESENT ? "not allowed" : "not present");
    panic_trap(frame, "%s", name);
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
        log_line(source, "cpu 0 vector %lu error 0x%lx cr2 0x%016lx cr3 0x%016lx", f->vector,
                 f->error, cpu_cr2(), cpu_cr3());
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
