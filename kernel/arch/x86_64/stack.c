/*
 * The kernel's stacks, and the walk along the frame pointers in them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "arch/x86_64/stack.h"

#include "arch/arch.h"
#include "arch/x86_64/paging.h"
#include "arch/x86_64/traps.h"
#include "diag/panic.h"
#include "lib/string.h"
#include "sched/cpu.h"

/* First bytes of instructions */
#define CALL     0xe8 /* direct: 32-bit displacement follows */
#define CALL_LEN 5
#define PUSH_RBP 0x55

#define LEAF_LEN_MAX 4096

#define STACKS_MAX (3 * CPUS_MAX)

uint8_t early_trap_stack[TRAP_STACK_SIZE] __attribute__((aligned(16)));
uint8_t boot_stack[PAGE_SIZE + BOOT_STACK_SIZE] __attribute__((aligned(PAGE_SIZE)));

extern const uint8_t image_text[], image_text_end[]; /* kernel.ld.S */

/* What a function leaves at its frame pointer (System V ABI for x86_64, 3.2.2). */
struct stack_frame {
    uint64_t caller; /* frame pointer of the caller; 0 in the outermost */
    uint64_t return_address;
};

struct range {
    uint64_t from, to;
};

/* The stacks that were made; only the boot processor makes any, before the others run. */
static struct range stacks[STACKS_MAX];
static size_t n_stacks;

uint64_t stack_create(size_t size)
{
    uint64_t top = paging_map_stack(size);

    kernel_assert(n_stacks < STACKS_MAX);
    stacks[n_stacks++] = (struct range){top - size, top};
    return top;
}

/* The stack that holds AT; empty when none does. */
static struct range stack_of(uint64_t at)
{
    uint64_t boot = (uintptr_t)boot_stack + PAGE_SIZE;

    if (at >= boot && at - boot < BOOT_STACK_SIZE)
        return (struct range){boot, boot + BOOT_STACK_SIZE};
    for (size_t i = 0; i < n_stacks; i++) {
        if (at >= stacks[i].from && at < stacks[i].to)
            return stacks[i];
    }
    return (struct range){0, 0};
}

/* Where the direct call before RETURN_ADDRESS goes; NULL when there is none. */
static const uint8_t *call_target(uint64_t return_address)
{
    const uint8_t *after = (const uint8_t *)return_address;
    int32_t distance;

    if (after < image_text + CALL_LEN || after >= image_text_end || after[-CALL_LEN] != CALL)
        return NULL;
    memcpy(&distance, after - sizeof(distance), sizeof(distance));

    const uint8_t *target = after + distance;

    return target >= image_text && target < image_text_end ? target : NULL;
}

/*
 * The return address of a function that trapped without a frame of its own; 0 when it has one. GCC
 * gives none to a leaf that leaves the stack alone, whatever the flags. Its return address is then
 * on top of the stack, which we believe when it is that of a call to a function that begins shortly
 * before RIP and not with a frame, or that has got no further than its first instruction.
 */
static uint64_t frameless_return_address(const struct trap_frame *frame)
{
    struct range stack = stack_of(frame->rsp);

    if (frame->vector == VECTOR_NONE || frame->rsp % sizeof(uint64_t) != 0 || stack.to == 0)
        return 0;

    uint64_t top = *(const uint64_t *)frame->rsp;
    const uint8_t *function = call_target(top);

    if (!function || frame->rip - (uintptr_t)function >= LEAF_LEN_MAX)
        return 0;
    return *function != PUSH_RBP || frame->rip == (uintptr_t)function ? top : 0;
}

size_t arch_backtrace(const struct trap_frame *frame, uint64_t *frames, size_t max)
{
    uint64_t frameless = frameless_return_address(frame);
    struct range stack = stack_of(frame->rbp);
    uint64_t at = frame->rbp;
    size_t n = 0;

    frames[n++] = frame->rip;
    if (frameless)
        frames[n++] = frameless;
    while (n < max && at % sizeof(uint64_t) == 0 && at >= stack.from &&
           at + sizeof(struct stack_frame) <= stack.to) {
        const struct stack_frame *here = (const struct stack_frame *)at;

        frames[n++] = here->return_address;
        if (here->caller <= at) /* outermost, or damaged: a caller lies higher */
            break;
        at = here->caller;
    }
    return n;
}
