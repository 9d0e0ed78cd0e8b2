/*
 * Starts a program of the C library with arguments, an environment and some grants; and with bad
 * ones. SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "capos/arguments.h"
#include "capos/capos.h"
#include "capos/program.h"

/* Runs hello with this block of arguments and what it needs, on the console alone. */
static struct process_end run(const void *arguments, size_t len)
{
    static const char *const names[] = {"console", "thread",  "memory",
                                        "timer",   "entropy", "system"};
    struct process_grant grants[6];
    struct process_request request = {
        .image = "hello",
        .arguments = arguments,
        .arguments_len = len,
        .grants = grants,
        .n_grants = 6,
        .budget = {.frames = 2048, .objects = 32, .calls = 64, .timers = 8, .caps = 32},
    };
    cap_t process;

    for (unsigned i = 0; i < 6; i++)
        grants[i] = (struct process_grant){names[i], capos_cap(names[i])};
    check(outcome_is_done(process_spawn(capos_cap("processes"), &request, &process)), "a process");
    return program_finish(process);
}

static void expect(const char *what, const void *arguments, size_t len, uint32_t code)
{
    struct process_end end = run(arguments, len);

    check(end.reason == PROCESS_REASON_EXITED && end.code == code, "%s: code %u, not %u", what,
          code, end.code);
    console_printf("%s: exit code %u", what, end.code);
}

/* Ends by a signal, or in another way that the argument says. */
static void expect_end(const char *how, uint32_t code)
{
    const char *const arguments[] = {"end", how};
    char block[64];
    size_t len;

    check(arguments_pack(block, sizeof(block), arguments, 2, NULL, 0, &len) == ERR_OK, "a block");
    expect(how, block, len, code);
}

int main(void)
{
    static const char *const arguments[] = {"one", "two words", "d\303\244"};
    static const char *const environment[] = {"HOME=nowhere", "LANG=C.UTF-8"};
    static char many[2 * (ARGUMENTS_MAX + 1)];
    char block[128];
    size_t len;

    check(arguments_pack(block, sizeof(block), arguments, 3, environment, 2, &len) == ERR_OK,
          "a block of arguments");
    expect("hello", block, len, 7);
    expect_end("return", 3);
    expect_end("exit", 44);
    expect_end("_exit", 45);
    expect_end("abort", 134);
    expect_end("raise", 143);
    for (unsigned i = 0; i < sizeof(many); i += 2)
        many[i] = 'x';
    expect("arguments without an end", "x", 1, 126);
    expect("an environment of nothing", "x\0\0\0", 4, 126);
    expect("too many arguments", many, sizeof(many), 126);
    return 0;
}
