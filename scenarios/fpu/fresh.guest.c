/*
 * Looks at all registers with its very first instructions: of the process, and of another thread.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The other thread begins on a processor whose registers are full of something else.
 */
#include "capos/capos.h"
#include "registers.h"

/* What the assembler below stores, in its order. */
struct dump {
    uint64_t general[13]; /* rax rbx rcx rdx rbp r8 ... r15 */
    uint64_t rdi, rsi, rsp, flags;
    uint8_t vectors[VECTORS][VECTOR_LEN];
    uint32_t x87[7]; /* FNSTENV: control, status, tags, ... */
    uint32_t sse_control;
    uint64_t done;
};
_Static_assert(offsetof(struct dump, vectors) == 136 && offsetof(struct dump, x87) == 648 &&
                   offsetof(struct dump, done) == 680,
               "the numbers below");

extern struct dump first_dump, thread_dump;
void thread_begin(void);

/* clang-format off */
__asm__(
    "    .macro dump to\n"
    "    movq %rax, \\to\n      movq %rbx, \\to+8\n   movq %rcx, \\to+16\n"
    "    movq %rdx, \\to+24\n   movq %rbp, \\to+32\n  movq %r8, \\to+40\n"
    "    movq %r9, \\to+48\n    movq %r10, \\to+56\n  movq %r11, \\to+64\n"
    "    movq %r12, \\to+72\n   movq %r13, \\to+80\n  movq %r14, \\to+88\n"
    "    movq %r15, \\to+96\n   movq %rdi, \\to+104\n movq %rsi, \\to+112\n"
    "    movq %rsp, \\to+120\n\n"
    "    pushfq\n popq \\to+128\n"
    "    movl $1, %eax\n cpuid\n"
    "    btl $27, %ecx\n jnc 1f\n"      /* CPUID.1.ECX.OSXSAVE */
    "    xorl %ecx, %ecx\n xgetbv\n"
    "    btl $2, %eax\n jnc 1f\n"       /* XCR0.AVX */
    "    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n"
    "    vmovdqu %ymm\\n, \\to+136+32*\\n\n"
    "    .endr\n"
    "    jmp 2f\n"
    "1:\n"
    "    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n"
    "    movdqu %xmm\\n, \\to+136+32*\\n\n"
    "    .endr\n"
    "2:  fnstenv \\to+648\n fninit\n"
    "    stmxcsr \\to+676\n"
    "    movq $1, \\to+680\n"
    "    .endm\n"

    /* In the library's place. */
    "    .globl _start\n"
    "_start:\n"
    "    dump first_dump\n"
    "    movq first_dump+104, %rdi\n movq first_dump+112, %rsi\n"
    "    xorl %ebp, %ebp\n"
    "    call capos_main\n"

    "thread_begin:\n"
    "    dump thread_dump\n"
    "3:  pause\n jmp 3b\n"

    "    .bss\n"
    "    .balign 16\n"
    "first_dump: .skip 688\n"
    "thread_dump: .skip 688\n"
    "    .text\n");
/* clang-format on */

static uint8_t stack[4096] __attribute__((aligned(16)));

#define STACK_TOP ((uint64_t)(stack + sizeof(stack)))
#define FLAGS     0x202 /* interrupts on; bit 1 is always set */
#define ARGUMENT  0x123456789abcdef0

static bool is_zero(const void *at, size_t len)
{
    const uint8_t *bytes = at;

    for (size_t i = 0; i < len; i++) {
        if (bytes[i])
            return false;
    }
    return true;
}

static void check_dump(const struct dump *dump, const char *who)
{
    check(is_zero(dump->general, sizeof(dump->general)), "%s: general registers of 0", who);
    check(dump->flags == FLAGS, "%s: flags %x, not %lx", who, FLAGS, dump->flags);
    check(is_zero(dump->vectors, sizeof(dump->vectors)), "%s: vector registers of 0", who);
    check(dump->sse_control == SSE_DEFAULT, "%s: MXCSR %x, not %x", who, SSE_DEFAULT,
          dump->sse_control);
    check((dump->x87[0] & 0xffff) == X87_DEFAULT, "%s: x87 control %x, not %x", who, X87_DEFAULT,
          dump->x87[0] & 0xffff);
    check((dump->x87[1] & 0xffff) == 0, "%s: x87 status 0", who);
    check((dump->x87[2] & 0xffff) == 0xffff, "%s: empty x87 registers", who);
}

static void look_at_first(void)
{
    check_dump(&first_dump, "first thread");
    check(first_dump.rdi == (uint64_t)ring_mine()->ring, "the ring in RDI");
    check(first_dump.rsi == (uint64_t)ring_mine()->arena, "the arena in RSI");
    check(first_dump.rsp % 16 == 0, "a stack aligned to 16 bytes");
    console_printf(
        "first thread: ring and arena in their registers, everything else as at power-on");
}

static void look_at_thread(void)
{
    struct registers dirt, seen;
    cap_t thread;

    registers_make(&dirt, 3);
    check(outcome_is_done(threads_create(capos_cap("threads"), (uint64_t)thread_begin, STACK_TOP,
                                         ARGUMENT, 0, 0, 0, &thread)),
          "a thread");
    registers_hold_while(registers_have_avx(), &dirt, &seen, (const uint32_t *)&thread_dump.done,
                         0);
    check_dump(&thread_dump, "another thread");
    check(thread_dump.rsi == ARGUMENT, "the argument in RSI");
    check(thread_dump.rsp == STACK_TOP, "the stack that was asked for");
    check(((const struct ring *)thread_dump.rdi)->version == RING_VERSION, "a ring in RDI");
    console_printf("another thread: ring and argument in their registers, and nothing of others'");
}

int main(void)
{
    look_at_first();
    look_at_thread();
    return 0;
}
