/*
 * All vector and floating-point registers at once: filled, held, and looked at.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Between filling and looking no instruction of the compiler's runs, so whatever has changed was
 * changed by somebody else.
 */
#pragma once

#include <cpuid.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VECTORS     16
#define VECTOR_LEN  32 /* bytes, of which only half count without AVX */
#define X87_DEFAULT 0x37f
#define SSE_DEFAULT 0x1f80

struct registers {
    uint8_t vectors[VECTORS][VECTOR_LEN];
    uint64_t x87[8];
    uint16_t x87_control;
    uint32_t sse_control;
};

/* Whether the kernel has switched on XSAVE and AVX (Intel SDM volume 1, 13.2 and 14.3). */
static inline bool registers_have_xsave(void)
{
    uint32_t a, b, c, d;

    __cpuid(1, a, b, c, d);
    return c & bit_OSXSAVE;
}

static inline bool registers_have_avx(void)
{
    uint32_t low, high;

    if (!registers_have_xsave())
        return false;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (low & 6) == 6;
}

/* Contents that only NUMBER has: each byte, each register, rounding and masks. */
static inline void registers_make(struct registers *registers, uint32_t number)
{
    for (unsigned i = 0; i < VECTORS; i++) {
        for (unsigned k = 0; k < VECTOR_LEN; k++)
            registers->vectors[i][k] = (uint8_t)(number * 61 + i * 7 + k + 1);
    }
    for (unsigned i = 0; i < 8; i++)
        registers->x87[i] = (uint64_t)number * 1000 + i + 1;
    registers->x87_control = (uint16_t)(X87_DEFAULT ^ (number % 4) << 10);
    registers->sse_control = SSE_DEFAULT ^ (number % 4) << 13;
}

/* clang-format off */
#define EACH_VECTOR(X) \
    X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15)
#define LOAD_AVX(n)  "vmovdqu " #n "*32(%[from]), %%ymm" #n "\n"
#define STORE_AVX(n) "vmovdqu %%ymm" #n ", " #n "*32(%[to])\n"
#define LOAD_SSE(n)  "movdqu " #n "*32(%[from]), %%xmm" #n "\n"
#define STORE_SSE(n) "movdqu %%xmm" #n ", " #n "*32(%[to])\n"
#define CLOBBER(n)   "xmm" #n,

/* The last one pushed is the first one popped: both go from 0 to 7 and turn the order around. */
#define LOAD_X87  "fninit\n fldcw %[from_x87]\n ldmxcsr %[from_sse]\n" \
    "fildll 512(%[from])\n fildll 520(%[from])\n fildll 528(%[from])\n fildll 536(%[from])\n" \
    "fildll 544(%[from])\n fildll 552(%[from])\n fildll 560(%[from])\n fildll 568(%[from])\n"
#define STORE_X87 "fistpll 568(%[to])\n fistpll 560(%[to])\n fistpll 552(%[to])\n fistpll 544(%[to])\n" \
    "fistpll 536(%[to])\n fistpll 528(%[to])\n fistpll 520(%[to])\n fistpll 512(%[to])\n" \
    "fnstcw %[to_x87]\n stmxcsr %[to_sse]\n"
_Static_assert(offsetof(struct registers, x87) == 512, "the numbers above");

/* Fills the registers from FROM, does HOLD, and stores them to TO; further operands by name. */
#define REGISTERS_HOLD(from_, to_, load, store, hold, ...) \
    do { \
        uint16_t usual_x87 = X87_DEFAULT; \
        uint32_t usual_sse = SSE_DEFAULT; \
 \
        __asm__ volatile( \
            EACH_VECTOR(load) LOAD_X87 hold STORE_X87 EACH_VECTOR(store) \
            "fninit\n fldcw %[usual_x87]\n ldmxcsr %[usual_sse]\n" \
            : [to_x87] "=m"((to_)->x87_control), [to_sse] "=m"((to_)->sse_control) \
            : [from] "r"(from_), [to] "r"(to_), [from_x87] "m"((from_)->x87_control), \
              [from_sse] "m"((from_)->sse_control), [usual_x87] "m"(usual_x87), \
              [usual_sse] "m"(usual_sse), __VA_ARGS__ \
            : EACH_VECTOR(CLOBBER) "st", "rax", "rcx", "r11", "memory", "cc"); \
    } while (0)
/* clang-format on */

/* Waits in a loop until *WORD is not SEEN any more. */
#define HOLD_WHILE_SAME "1: pause\n movl (%[word]), %%eax\n cmpl %[seen], %%eax\n je 1b\n"

static inline void registers_hold_while(bool avx, const struct registers *from,
                                        struct registers *to, const uint32_t *word, uint32_t seen)
{
    if (avx)
        REGISTERS_HOLD(from, to, LOAD_AVX, STORE_AVX,
                       HOLD_WHILE_SAME, [word] "r"(word), [seen] "r"(seen));
    else
        REGISTERS_HOLD(from, to, LOAD_SSE, STORE_SSE,
                       HOLD_WHILE_SAME, [word] "r"(word), [seen] "r"(seen));
}

/* Makes the system call cap_enter(SUBMIT, MIN_COMPLETE, RING_NEVER). */
#define HOLD_OVER_SYSCALL "xorl %%eax, %%eax\n syscall\n"

static inline void registers_hold_over_syscall(bool avx, const struct registers *from,
                                               struct registers *to, uint64_t submit,
                                               uint64_t min_complete)
{
    if (avx)
        REGISTERS_HOLD(from, to, LOAD_AVX, STORE_AVX, HOLD_OVER_SYSCALL, "D"(submit),
                       "S"(min_complete), "d"(UINT64_MAX));
    else
        REGISTERS_HOLD(from, to, LOAD_SSE, STORE_SSE, HOLD_OVER_SYSCALL, "D"(submit),
                       "S"(min_complete), "d"(UINT64_MAX));
}

/* Whether they are the same; MXCSR's low 6 bits only note what has happened. */
static inline bool registers_equal(bool avx, const struct registers *one,
                                   const struct registers *other)
{
    bool equal =
        one->x87_control == other->x87_control && one->sse_control >> 6 == other->sse_control >> 6;

    for (unsigned i = 0; i < VECTORS; i++) {
        for (unsigned k = 0; k < (avx ? VECTOR_LEN : VECTOR_LEN / 2); k++)
            equal &= one->vectors[i][k] == other->vectors[i][k];
    }
    for (unsigned i = 0; i < 8; i++)
        equal &= one->x87[i] == other->x87[i];
    return equal;
}
