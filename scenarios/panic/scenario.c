/* A panic prints its reason, its registers and its frames, and the harness turns frames into
 * functions.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The goldens show the reports with the frames as functions; here, one is read down to the line.
 */
#include "harness/scenario.h"

#include <string.h>

static struct machine *panics(const char *name, const char *reason)
{
    struct machine *machine = machine_boot(name);
    machine_expect_panic(machine, reason);
    return machine;
}

static void traced_to(struct machine *machine, const char *function, const char *file)
{
    const char *trace = machine_panic_backtrace(machine);
    check(strstr(trace, function) && strstr(trace, file), "%s (%s:LINE) in this backtrace:\n%s",
          function, file, trace);
}

SCENARIO
{
    struct machine *asked = panics("asked", "^provoked$");
    traced_to(asked, "panic_inner", "kernel/diag/provoke.c:");
    traced_to(asked, "kernel_main", "kernel/main.c:");

    struct machine *assertion = panics("assertion", "two \\+ two == 5");
    traced_to(assertion, "provoke_assert", "kernel/diag/provoke.c:");

    struct machine *fault =
        panics("page-fault", "^page fault: write to 0x[0-9a-f]{16} not present$");
    traced_to(fault, "arch_break_page_fault", "kernel/arch/x86_64/break.c:");

    struct machine *divide = panics("divide", "divide");
    traced_to(divide, "arch_break_divide", "kernel/arch/x86_64/break.c:");

    /* The stack pointer itself is broken: only a stack of its own lets the double fault be
     * reported. */
    struct machine *stack = panics("stack", "^double fault");
    traced_to(stack, "arch_break_stack", "kernel/arch/x86_64/break.c:");

    /* The stack is used up: the page below it is not mapped, so nothing else is overwritten. */
    struct machine *overflow = panics("overflow", "^double fault");
    traced_to(overflow, "overflow", "kernel/diag/provoke.c:");
}
