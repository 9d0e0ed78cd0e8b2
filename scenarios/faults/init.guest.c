/*
 * Starts programs that do what a processor refuses, and sees each of them end.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

enum { DIVIDE_ERROR = 0, BREAKPOINT = 3, INVALID_OPCODE = 6, PROTECTION = 13, PAGE_FAULT = 14 };

/* What crasher.guest.c does with each number, in its order, and the exception that ends it. */
static const struct {
    const char *what;
    uint32_t vector;
} faults[] = {
    {"a division by zero", DIVIDE_ERROR},
    {"what is no instruction", INVALID_OPCODE},
    {"a breakpoint, and no debugger", BREAKPOINT},
    {"turning interrupts off", PROTECTION},
    {"halting the processor", PROTECTION},
    {"writing to a port", PROTECTION},
    {"reading the null page", PAGE_FAULT},
    {"reading a control register", PROTECTION},
    {"reading a model-specific register", PROTECTION},
    {"reading a non-canonical address", PROTECTION},
    {"raising an interrupt of a device", PROTECTION},
    {"asking where the kernel's tables are", PROTECTION},
};

static struct process_end run(uint32_t number)
{
    struct process_grant console = {"console", capos_cap("console")};
    struct process_request request = {
        .image = "crasher",
        .arguments = &number,
        .arguments_len = sizeof(number),
        .grants = &console,
        .n_grants = 1,
        .budget = BUDGET_SMALL,
    };
    struct process_end end;
    cap_t process;

    check(outcome_is_done(process_spawn(capos_cap("processes"), &request, &process)), "a process");
    check(outcome_is_done(process_wait(process, &end.reason, &end.code)), "its end");
    cap_release(process);
    return end;
}

int main(void)
{
    for (uint32_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        struct process_end end = run(i);

        check(end.reason == PROCESS_REASON_FAULTED, "%s: a fault, not %u with %u", faults[i].what,
              end.reason, end.code);
        check(end.code == faults[i].vector, "%s: exception %u, not %u", faults[i].what,
              faults[i].vector, end.code);
        console_printf("%s: ended by exception %u", faults[i].what, end.code);
    }
    console_printf("who started them goes on");
    return 0;
}
