/*
 * A thread's registers: how they begin. How they change hands stands in arch_inline.h.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Besides the general ones these are x87, SSE and, where XSAVE can hold them, AVX registers.
 */
#include "arch/x86_64/thread.h"

#include "abi/ring.h"
#include "abi/start.h"
#include "arch/arch.h"
#include "arch/x86_64/cpu.h"
#include "arch_inline.h"
#include "lib/string.h"
#include "mem/pool.h"
#include "sched/cpu.h"
#include "sched/thread.h"

#define FLAGS_INITIAL 0x202 /* interrupts on */

/* Intel SDM volume 1, 13.1 to 13.4 */
#define CPUID_1_ECX_XSAVE (1 << 26)
#define CPUID_1_ECX_AVX   (1 << 28)
#define XCR0_X87_SSE      0x3
#define XCR0_AVX          0x4
#define CR4_OSFXSR        (1 << 9)
#define CR4_OSXMMEXCPT    (1 << 10)
#define CR4_OSXSAVE       (1 << 18)
#define CR0_MP            (1 << 1)
#define CR0_EM            (1 << 2)
#define CR0_TS            (1 << 3)

#define FPU_CONTROL 0x37f
#define MXCSR       0x1f80

/* The legacy area, the header, and AVX (Intel SDM volume 1, 13.4). */
struct fpu_area {
    uint16_t control;
    uint8_t pad[22];
    uint32_t mxcsr;
    uint8_t rest[512 - 28 + 64 + 256];
} __attribute__((aligned(64)));
_Static_assert(sizeof(struct fpu_area) == 832, "Intel SDM volume 1, 13.4");

static struct pool areas = POOL("FPU area", struct fpu_area);
HOT uint32_t thread_components;

void thread_init_cpu(void)
{
    uint32_t features = cpu_id(1, 0).ecx;

    bool has_xsave = features & CPUID_1_ECX_XSAVE;

    cpu_set_cr0((cpu_cr0() & ~(uint64_t)(CR0_EM | CR0_TS)) | CR0_MP);
    cpu_set_cr4(cpu_cr4() | CR4_OSFXSR | CR4_OSXMMEXCPT | (has_xsave ? CR4_OSXSAVE : 0));
    if (has_xsave) {
        thread_components = XCR0_X87_SSE | (features & CPUID_1_ECX_AVX ? XCR0_AVX : 0);
        cpu_set_xcr0(thread_components);
    }
}

err_t arch_thread_init(struct thread *thread, const struct thread_start *start)
{
    struct fpu_area *area = pool_alloc(&areas);

    if (!area)
        return ERR_NO_MEMORY;
    area->control = FPU_CONTROL;
    area->mxcsr = MXCSR;
    thread->arch.fpu = area;
    thread->arch.fs_base = start->fs_base;
    thread->arch.frame = (struct trap_frame){
        .vector = VECTOR_NONE, /* leave by IRET, which sets every register */
        .rip = start->entry,
        .cs = SELECTOR_USER_CODE,
        .rflags = FLAGS_INITIAL,
        .rsp = start->stack,
        .ss = SELECTOR_USER_DATA,
        .rdi = thread->ring.address,
        .rsi = start->argument,
    };
    return ERR_OK;
}

void arch_thread_fini(struct thread *thread)
{
    pool_free(&areas, thread->arch.fpu);
    thread->arch.fpu = NULL;
}

void arch_thread_set_fs_base(struct thread *thread, uint64_t address)
{
    thread->arch.fs_base = address;
    if (thread == cpu_self()->current)
        cpu_write_msr(MSR_FS_BASE, address);
}

uint64_t arch_thread_fs_base(const struct thread *thread)
{
    return thread->arch.fs_base;
}
