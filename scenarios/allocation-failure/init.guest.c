/*
 * Lets every allocation of each step fail, one by one, and compares what is in use before and
 * after.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "steps.h"

#include "abi/inject.calls.h"

struct in_use {
    struct budget own;
    uint64_t frames, objects;
};

static struct in_use look(void)
{
    struct in_use now = {.own = ledger_used()};

    check(outcome_is_done(inject_census(capos_cap("inject"), &now.frames, &now.objects)),
          "a census");
    return now;
}

static bool same(const struct in_use *one, const struct in_use *other)
{
    return memcmp(one, other, sizeof(*one)) == 0;
}

/* What has ended is cleared away in parts. */
static void compare(const struct step *step, uint64_t nth, const struct in_use *before)
{
    struct in_use now = look();

    for (unsigned i = 0; i < 1000 && !same(before, &now); i++) {
        thread_control_yield(capos_cap("thread"));
        now = look();
    }
    check(now.frames == before->frames && now.objects == before->objects,
          "%s, allocation %lu: %ld frames and %ld objects are left", step->name, nth,
          (long)(now.frames - before->frames), (long)(now.objects - before->objects));
    check(same(before, &now), "%s, allocation %lu: the ledger as before", step->name, nth);
}

static bool all_behind;

/* Does a step while the nth allocation, or all from it on, fail; whether there was one. */
static bool fail(const struct step *step, uint64_t nth)
{
    uint64_t asked, failed;

    surely(inject_arm(capos_cap("inject"), nth, all_behind ? UINT64_MAX : 1));
    step->run();
    if (!all_behind)
        step->clean();
    surely(inject_disarm(capos_cap("inject"), &asked, &failed));
    if (all_behind)
        step->clean();
    return failed > 0;
}

/* How many allocations there were, each of which has failed. */
static uint64_t fail_each(const struct step *step, const struct in_use *before)
{
    uint64_t nth = 1;

    while (fail(step, nth))
        compare(step, nth++, before);
    compare(step, nth, before);
    return nth - 1;
}

/* The first time something may be left for the next time: page tables, entries. */
static void attempt_step(const struct step *step)
{
    struct in_use before;
    uint64_t n;

    step->run();
    step->clean();
    before = look();
    all_behind = false;
    n = fail_each(step, &before);
    all_behind = true;
    fail_each(step, &before);
    console_printf(
        "%s: each of %lu allocations failed, alone and with all behind it; nothing is left",
        step->name, n);
}

#define BUDGET_FRESH \
    ((struct budget){.frames = 2000, .objects = 300, .calls = 300, .timers = 200, .caps = 500})

static cap_t process;

/* What it does is over before it is cleaned, during which nothing may fail for good. */
static void run_program(const char *image, const char *argument)
{
    char text[4];

    format_text(text, sizeof(text), "%s%s", argument, all_behind ? "b" : "");
    spawn(image, text, BUDGET_FRESH, NULL, &process);
    if (process != CAP_NONE)
        fine(process_wait(process, NULL, NULL));
}

static void run_fresh(void)
{
    run_program("fresh", "");
}

static void run_calls(void)
{
    run_program("growing", "c");
}

static void run_moves(void)
{
    run_program("growing", "m");
}

static void run_answers(void)
{
    run_program("growing", "a");
}

static void clean(void)
{
    finish(&process);
}

static const struct step in_processes[] = {
    {.name = "the same in a new process", .run = run_fresh, .clean = clean},
    {.name = "calls while the table grows", .run = run_calls, .clean = clean},
    {.name = "moves while the table grows", .run = run_moves, .clean = clean},
    {.name = "answers while the table grows", .run = run_answers, .clean = clean},
};

/* Whatever the kernel has pools of, was refused at least once. */
static void check_pools(void)
{
    char name[64];
    uint64_t used, failed;
    uint32_t i = 0;

    while (outcome_is_done(
        inject_pool(capos_cap("inject"), i, name, sizeof(name), NULL, &used, &failed))) {
        check(failed > 0, "a step that lets an allocation of %s fail", name);
        i++;
    }
    check(i > 5, "frames and pools");
    console_printf("frames, and objects of each pool in use, were refused");
}

int main(void)
{
    for (uint32_t i = 0; i < n_steps; i++)
        attempt_step(steps[i]);
    for (uint32_t i = 0; i < sizeof(in_processes) / sizeof(in_processes[0]); i++)
        attempt_step(&in_processes[i]);
    check_pools();
    return 0;
}
