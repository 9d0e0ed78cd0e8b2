/*
 * The shell's commands about the system.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "commands.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "abi/kernel.calls.h"
#include "held.h"
#include "user.h"

#define NANOSECONDS  UINT64_C(1000000000)
#define PAGES_OF_MIB 256

/* --- time --- */

static uint64_t now(cap_t timer)
{
    uint64_t nanoseconds = 0;

    timer_now(timer, &nanoseconds);
    return nanoseconds;
}

static void say_time(const char *what, uint64_t nanoseconds)
{
    say("%" PRIu64 ".%06" PRIu64 " s %s\n", nanoseconds / NANOSECONDS,
        nanoseconds % NANOSECONDS / 1000, what);
}

void command_time(const struct word *words, uint32_t n)
{
    cap_t timer = held_need("timer", INTERFACE_TIMER);
    uint64_t begin;

    if (timer == CAP_NONE)
        return;
    begin = now(timer);
    if (n == 1) {
        say_time("since boot", begin);
        return;
    }
    command_words(words + 1, n - 1);
    say_time("for this", now(timer) - begin);
}

/* --- mem --- */

static void say_kind(const char *name, uint32_t used, uint32_t limit)
{
    say("%-8s %8" PRIu32 " %8" PRIu32 "\n", name, used, limit);
}

static struct outcome say_ledger(cap_t system)
{
    struct call call;
    struct outcome outcome;
    struct budget_reader used, limit;

    system_ledger_open(&call, system);
    outcome = call_make(&call, 8 * (1 + SYSTEM_LEDGER_RESULTS_WORDS + 2 * BUDGET_WORDS));
    used = system_ledger_results_used(system_ledger_results(&call));
    limit = system_ledger_results_limit(system_ledger_results(&call));
    if (outcome_is_done(outcome)) {
        say("%-8s %8s %8s\n", "", "used", "limit");
        say_kind("frames", budget_frames(used), budget_frames(limit));
        say_kind("objects", budget_objects(used), budget_objects(limit));
        say_kind("calls", budget_calls(used), budget_calls(limit));
        say_kind("timers", budget_timers(used), budget_timers(limit));
        say_kind("caps", budget_caps(used), budget_caps(limit));
    }
    return call_end(&call, outcome);
}

static struct outcome say_machine(cap_t system)
{
    uint64_t frames = 0, free_frames = 0;
    uint32_t processors = 0;
    char version[64];
    struct outcome outcome = system_system(system, version, sizeof(version), NULL, &processors,
                                           &frames, &free_frames, NULL);

    if (outcome_is_done(outcome))
        say("machine: %" PRIu64 " of %" PRIu64 " MiB free, %" PRIu32 " processors\n",
            free_frames / PAGES_OF_MIB, frames / PAGES_OF_MIB, processors);
    return outcome;
}

void command_mem(const struct word *words, uint32_t n)
{
    cap_t system;
    struct outcome outcome;

    (void)words;
    if (n > 1) {
        command_usage("mem");
        return;
    }
    system = held_need("system", INTERFACE_SYSTEM);
    if (system == CAP_NONE)
        return;
    outcome = say_ledger(system);
    if (outcome_is_done(outcome))
        outcome = say_machine(system);
    if (!outcome_is_done(outcome))
        say_outcome("mem", outcome);
}

/* --- log --- */

#define LOG_LINES 20
#define LOG_LEN   4000

/* Goes through the whole log; shows its lines from the line FIRST on. How many lines there are. */
static uint64_t log_walk(cap_t log, uint64_t first, struct outcome *outcome)
{
    static char text[LOG_LEN];
    uint64_t cursor = 0, lost, lines = 0;
    uint32_t len;

    for (;;) {
        *outcome = log_read(log, cursor, sizeof(text), &cursor, &lost, text, sizeof(text), &len);
        if (!outcome_is_done(*outcome) || len == 0)
            return lines;
        for (const char *line = text, *end; line < text + len; line = end, lines++) {
            end = memchr(line, '\n', (size_t)(text + len - line));
            end = end ? end + 1 : text + len;
            if (lines >= first)
                say_text(line, (size_t)(end - line));
        }
    }
}

void command_log(const struct word *words, uint32_t n)
{
    uint64_t wanted = LOG_LINES, lines;
    struct outcome outcome;
    cap_t log;

    if (n > 2 || (n == 2 && !number_read(words[1].text, UINT32_MAX, &wanted))) {
        command_usage("log");
        return;
    }
    log = held_need("log", INTERFACE_LOG);
    if (log == CAP_NONE)
        return;
    lines = log_walk(log, UINT64_MAX, &outcome);
    if (outcome_is_done(outcome))
        log_walk(log, lines > wanted ? lines - wanted : 0, &outcome);
    if (!outcome_is_done(outcome))
        say_outcome("log", outcome);
}
