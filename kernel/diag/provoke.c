/*
 * Breaks the kernel on purpose, so that tests see how it breaks.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each way is a few calls deep: the backtrace is a part of what is tested.
 */
#include "diag/provoke.h"

#include "arch/arch.h"
#include "diag/panic.h"

/* Its frame must stand on the stack as written: not inlined, cloned or known not to return. */
#define FRAME __attribute__((noipa)) static

FRAME void panic_inner(void)
{
    panic("provoked");
}

FRAME void panic_outer(void)
{
    panic_inner();
}

FRAME void provoke_panic(void)
{
    panic_outer();
}

FRAME void provoke_assert(unsigned two)
{
    kernel_assert(two + two == 5);
}

FRAME void provoke_fault(void)
{
    arch_break_page_fault();
}

FRAME void provoke_divide(void)
{
    arch_break_divide();
}

FRAME void provoke_stack(void)
{
    arch_break_stack();
}

/* Down until the page below the stack stops it. */
FRAME void overflow(unsigned depth)
{
    volatile uint8_t pad[1024];

    pad[depth % sizeof(pad)] = 1;
    if (pad[depth % sizeof(pad)])
        overflow(depth + 1);
    pad[0] = 0;
}

FRAME void provoke_triple_fault(void)
{
    arch_break_triple_fault();
}

FRAME void spin_inner(void)
{
    for (;;)
        arch_relax();
}

FRAME void spin_outer(void)
{
    spin_inner();
}

FRAME void provoke_spin(void)
{
    arch_interrupts_off();
    spin_outer();
}

__attribute__((noinline)) void provoke_run(enum provoke how)
{
    switch (how) {
    case PROVOKE_NONE:
        break;
    case PROVOKE_PANIC:
        provoke_panic();
        break;
    case PROVOKE_ASSERT:
        provoke_assert(2);
        break;
    case PROVOKE_FAULT:
        provoke_fault();
        break;
    case PROVOKE_DIVIDE:
        provoke_divide();
        break;
    case PROVOKE_STACK:
        provoke_stack();
        break;
    case PROVOKE_OVERFLOW:
        overflow(0);
        break;
    case PROVOKE_TRIPLE_FAULT:
        provoke_triple_fault();
        break;
    case PROVOKE_SPIN:
        provoke_spin();
        break;
    }
}
