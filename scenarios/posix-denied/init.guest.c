/*
 * Starts the same program with everything, and then with each grant withheld in turn.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "capos/arguments.h"
#include "capos/capos.h"
#include "capos/program.h"

static const char *const names[] = {"console", "memory",  "threads", "park",
                                    "timer",   "entropy", "system",  "thread"};
#define N_NAMES (sizeof(names) / sizeof(names[0]))

static void run(const char *image, const char *argument, const char *without)
{
    struct process_grant grants[N_NAMES];
    struct process_request request = {
        .image = image,
        .arguments = argument,
        .arguments_len = strlen(argument) + 1,
        .grants = grants,
        .budget = {.frames = 1024, .objects = 32, .calls = 64, .timers = 8, .caps = 64},
    };
    struct process_end end;
    cap_t process;

    for (unsigned i = 0; i < N_NAMES; i++) {
        if (strcmp(names[i], without) != 0)
            grants[request.n_grants++] = (struct process_grant){names[i], capos_cap(names[i])};
    }
    check(outcome_is_done(process_spawn(capos_cap("processes"), &request, &process)), "a process");
    end = program_finish(process);
    console_printf("%s without %s: exit code %u", image, without, end.code);
}

int main(void)
{
    run("absent", "absent", "nothing");
    run("raw", "raw", "nothing");
    run("raw", "write", "nothing");
    run("full", "full", "nothing");
    run("places", "places", "nothing");
    run("tries", "nothing", "nothing");
    for (unsigned i = 0; i < N_NAMES; i++)
        run("tries", names[i], names[i]);
    return 0;
}
