/*
 * Starts programs that tell every lie that can be told in a ring, and a sibling that must not
 * notice. SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

static cap_t flags_make(uint32_t **flags)
{
    uint64_t address;
    cap_t object;

    check(outcome_is_done(frames_allocate(capos_cap("frames"), 1, &object)), "a page");
    check(outcome_is_done(memory_map(object, 0, 0, 1, ACCESS_READ_WRITE, &address)), "its place");
    *flags = (uint32_t *)address;
    return object;
}

static cap_t start(struct process_request *request)
{
    cap_t process;

    request->budget = BUDGET_SMALL;
    check(outcome_is_done(process_spawn(capos_cap("processes"), request, &process)), "a process");
    return process;
}

static void finish(cap_t process)
{
    struct process_end end;

    check(outcome_is_done(process_wait(process, &end.reason, &end.code)), "its end");
    check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "a good end, not %u", end.code);
    cap_release(process);
}

static cap_t sibling_start(cap_t flags)
{
    cap_t foreign = capos_cap("endpoints");
    struct process_grant grants[] = {
        {"console", capos_cap("console")},
        {"timer", capos_cap("timer")},
        {"flags", flags},
    };

    return start(&(struct process_request){
        .image = "sibling",
        .arguments = &foreign,
        .arguments_len = sizeof(foreign),
        .grants = grants,
        .n_grants = 3,
    });
}

/* Runs a program to its end that may do all that this one may. */
static void run(const char *image)
{
    struct process_grant grants[PROCESS_GRANTS_MAX];
    uint32_t n;
    const struct grant *own = capos_grants(&n);

    check(n <= PROCESS_GRANTS_MAX, "no more grants than can be passed on, not %u", n);
    for (uint32_t i = 0; i < n; i++)
        grants[i] = (struct process_grant){own[i].name, own[i].cap};
    finish(start(&(struct process_request){.image = image, .grants = grants, .n_grants = n}));
}

static void sleep_a_little(void)
{
    check(outcome_is_done(timer_sleep(capos_cap("timer"), clock_now() + 1000000, NULL)), "a sleep");
}

/* What a process can do at its beginning this one still can. */
static void alive(void)
{
    uint64_t at;

    sleep_a_little();
    check(outcome_is_done(vm_map(capos_cap("memory"), 0, 4, ACCESS_READ_WRITE, &at)), "memory");
    check(*(uint64_t *)at == 0, "zeroed memory");
    check(outcome_is_done(vm_unmap(capos_cap("memory"), at, 4)), "memory given back");
    console_printf("as alive as before");
}

int main(void)
{
    uint32_t *flags;
    cap_t sibling = sibling_start(flags_make(&flags));

    while (!__atomic_load_n(&flags[0], __ATOMIC_ACQUIRE))
        sleep_a_little();
    run("fields");
    run("indices");
    run("handles");
    run("races");
    __atomic_store_n(&flags[1], 1, __ATOMIC_RELEASE);
    finish(sibling);
    alive();
    return 0;
}
