/*
 * Lets others use up what they have, while a sibling goes on as if nothing were; then uses up the
 * machine.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

#include "ways.h"

#define SECOND    1000000000ull
#define DEPTH_MAX 32
#define KEPT      8

#define BUDGET_LARGE \
    ((struct budget){.frames = 6000, .objects = 1000, .calls = 500, .timers = 500, .caps = 2000})

static uint32_t *flags;

static struct process_grant flags_grant;

static cap_t sibling_start(cap_t *page)
{
    uint64_t at;

    check(outcome_is_done(frames_allocate(capos_cap("frames"), 1, page)), "a page");
    check(outcome_is_done(memory_map(*page, 0, 0, 1, ACCESS_READ_WRITE, &at)), "its place");
    flags = (uint32_t *)at;
    flags_grant = (struct process_grant){"flags", *page};
    return program_start("sibling", NULL, 0, (struct budget){1024, 128, 128, 64, 256}, &flags_grant,
                         1);
}

static void sleep_a_little(void)
{
    check(outcome_is_done(timer_sleep(capos_cap("timer"), clock_now() + 1000000, NULL)), "a sleep");
}

/* The process says by a flag that it has come so far, unless it ends before. */
static void await_flag(enum flag flag, cap_t process)
{
    bool running = true;
    uint64_t id;

    while (!__atomic_load_n(&flags[flag], __ATOMIC_ACQUIRE)) {
        check(running, "a process that says so before it ends");
        sleep_a_little();
        check(outcome_is_done(process_info(process, &id, &running)), "a process");
    }
}

/* A whole round of the sibling begins and ends from now on. */
static void sibling_goes_on(void)
{
    uint32_t start = __atomic_load_n(&flags[FLAG_ROUNDS], __ATOMIC_ACQUIRE);

    while (__atomic_load_n(&flags[FLAG_ROUNDS], __ATOMIC_ACQUIRE) - start < 2)
        sleep_a_little();
}

/* Processes that nobody waits for are cleared away soon. */
static void expect_back(const char *what, struct budget before)
{
    uint64_t end = clock_now() + 20 * SECOND;
    struct budget now = ledger_used();

    while (memcmp(&now, &before, sizeof(now)) != 0 && clock_now() < end) {
        sleep_a_little();
        now = ledger_used();
    }
    ledger_check(what, before);
}

/* --- Each kind --- */

static const struct {
    const char *what;
    enum way way;
    err_t error;
    struct budget budget;
} orders[] = {
    {"frames, by mapping memory", WAY_MEMORY, ERR_NO_FRAMES, {400, 64, 64, 64, 64}},
    {"frames, by page tables", WAY_TABLES, ERR_NO_FRAMES, {400, 64, 64, 64, 64}},
    {"frames, by memory objects", WAY_OBJECT_MEMORY, ERR_NO_FRAMES, {400, 300, 64, 64, 300}},
    {"objects, by memory objects", WAY_OBJECTS, ERR_NO_OBJECTS, {400, 50, 64, 64, 300}},
    {"objects, by mappings", WAY_MAPPINGS, ERR_NO_OBJECTS, {400, 50, 64, 64, 300}},
    {"objects, by endpoints", WAY_ENDPOINTS, ERR_NO_OBJECTS, {400, 50, 64, 64, 300}},
    {"objects, by threads", WAY_THREADS, ERR_NO_OBJECTS, {400, 50, 64, 64, 300}},
    {"capabilities, by minting", WAY_CAPS, ERR_NO_CAPS, {400, 50, 64, 64, 300}},
    {"calls in flight", WAY_CALLS, ERR_NO_CALLS, {400, 50, 20, 64, 64}},
    {"timers", WAY_TIMERS, ERR_NO_TIMERS, {400, 50, 64, 20, 64}},
};

/* Looks on, with THEN if it is given, when the program has used up its budget. */
static void use_up(const char *what, enum way way, err_t error, struct budget budget,
                   void (*then)(void))
{
    struct budget before = ledger_used();
    struct exhaust order = {way, error};
    cap_t process;

    flags[FLAG_USED_UP] = flags[FLAG_GO_ON] = 0;
    process = program_start("exhaust", &order, sizeof(order), budget, &flags_grant, 1);
    await_flag(FLAG_USED_UP, process);
    sibling_goes_on();
    if (then)
        then();
    __atomic_store_n(&flags[FLAG_GO_ON], 1, __ATOMIC_RELEASE);
    program_succeed("exhaust", process);
    ledger_check(what, before);
    console_printf("%s: %s; then all is back", what, err_sentence(error));
}

/* --- Budgets --- */

static struct budget sum(struct budget one, struct budget other)
{
    return (struct budget){
        .frames = one.frames + other.frames,
        .objects = one.objects + other.objects,
        .calls = one.calls + other.calls,
        .timers = one.timers + other.timers,
        .caps = one.caps + other.caps,
    };
}

static void lent(void)
{
    static const struct budget handle = {.objects = 1, .caps = 1};
    struct budget before = ledger_used(), with_handle = sum(before, handle);
    struct budget budget = {.frames = 1000, .objects = 100, .calls = 90, .timers = 80, .caps = 70};
    cap_t process = program_start("nothing", "w", 1, budget, NULL, 0);
    struct process_end end;

    ledger_check("a child that lives", sum(with_handle, budget));
    console_printf("what a child was given, its parent lacks");
    check(outcome_is_done(process_terminate(process)), "its end");
    check(outcome_is_done(process_wait(process, &end.reason, &end.code)), "nothing left of it");
    ledger_check("a child that has ended, and its handle", with_handle);
    cap_release(process);
    ledger_check("a child that has ended", before);
    console_printf("what it was given is back when it has ended");
}

static void spawn_greedy(const char *kind, struct budget budget, err_t expected)
{
    struct process_request request = {.image = "nothing", .budget = budget};
    char what[80];
    cap_t process;

    format_text(what, sizeof(what), "a child with more %s than its parent has left", kind);
    attempt(what, process_spawn(capos_cap("processes"), &request, &process), expected);
}

static void greedy(void)
{
    struct budget used, limit, budget = BUDGET_SMALL;

    check(outcome_is_done(ledger_read(capos_cap("system"), &used, &limit)), "the ledger");
    budget.frames = limit.frames - used.frames + 1;
    spawn_greedy("frames", budget, ERR_NO_FRAMES);
    budget = BUDGET_SMALL;
    budget.objects = limit.objects - used.objects + 1;
    spawn_greedy("objects", budget, ERR_NO_OBJECTS);
    budget = BUDGET_SMALL;
    budget.calls = limit.calls - used.calls + 1;
    spawn_greedy("calls", budget, ERR_NO_CALLS);
    budget = BUDGET_SMALL;
    budget.timers = UINT32_MAX;
    spawn_greedy("timers", budget, ERR_NO_TIMERS);
    budget = BUDGET_SMALL;
    budget.caps = UINT32_MAX - used.caps + 1;
    spawn_greedy("capabilities", budget, ERR_NO_CAPS);
    ledger_check("children that were refused", used);
}

static void nest(void)
{
    struct budget before = ledger_used();
    struct process_end end = program_run("nest", NULL, 0, BUDGET_LARGE);

    check(end.reason == PROCESS_REASON_EXITED && end.code == DEPTH_MAX - 1, "%u processes, not %u",
          DEPTH_MAX - 1, end.code);
    ledger_check("nested processes", before);
    console_printf("processes nest %u deep, and no deeper", DEPTH_MAX);
}

/* --- Bombs --- */

static void explode(const char *what, const char *kind, struct budget budget)
{
    struct budget before = ledger_used();

    program_succeed("bomb", program_start("bomb", kind, 1, budget, NULL, 0));
    expect_back(what, before);
    sibling_goes_on();
    console_printf("%s: each is refused for lack of something, and then all is back", what);
}

/* --- The machine --- */

/* Everything that is left, but for a few of what init itself needs meanwhile. */
static struct budget everything(void)
{
    struct budget used, limit;

    check(outcome_is_done(ledger_read(capos_cap("system"), &used, &limit)), "the ledger");
    return (struct budget){
        .frames = limit.frames - used.frames,
        .objects = limit.objects - used.objects - KEPT,
        .calls = limit.calls - used.calls - KEPT,
        .timers = limit.timers - used.timers - KEPT,
        .caps = limit.caps - used.caps - KEPT,
    };
}

static void nothing_left(void)
{
    struct process_request request = {.image = "nothing", .budget = BUDGET_SMALL};
    cap_t process, memory;
    uint64_t at;

    attempt("a page when one process has all frames of the machine",
            vm_map(capos_cap("memory"), 0, 1, ACCESS_READ, &at), ERR_NO_FRAMES);
    attempt("a memory object then", frames_allocate(capos_cap("frames"), 1, &memory),
            ERR_NO_FRAMES);
    attempt("a process then", process_spawn(capos_cap("processes"), &request, &process),
            ERR_NO_FRAMES);
}

static void exhaust_machine(void)
{
    use_up("all frames of the machine", WAY_MEMORY, ERR_NO_FRAMES, everything(), nothing_left);
    use_up("all page tables", WAY_TABLES, ERR_NO_FRAMES, everything(), nothing_left);
    use_up("all kernel objects", WAY_MAPPINGS, ERR_NO_OBJECTS, everything(), nothing_left);
    use_up("all threads", WAY_THREADS, ERR_NO_OBJECTS, everything(), nothing_left);
    explode("a bomb of threads with all of the machine", "t", everything());
    explode("a bomb of processes with all of the machine", "p", everything());
}

int main(void)
{
    struct budget before = ledger_used();
    cap_t page, sibling = sibling_start(&page);

    sibling_goes_on();
    for (uint32_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
        use_up(orders[i].what, orders[i].way, orders[i].error, orders[i].budget, NULL);
    lent();
    greedy();
    nest();
    explode("a bomb of threads", "t", BUDGET_LARGE);
    explode("a bomb of processes", "p", BUDGET_LARGE);
    exhaust_machine();
    sibling_goes_on();
    __atomic_store_n(&flags[FLAG_OVER], 1, __ATOMIC_RELEASE);
    program_succeed("sibling", sibling);
    check(outcome_is_done(memory_unmap(page, (uint64_t)flags)), "the flags' place back");
    cap_release(page);
    ledger_check("everything", before);
    console_printf("nothing is left over: the ledger is as before");
    return 0;
}
