/*
 * Makes one of each thing that the system counts, and looks at the counts.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

#define N_KINDS         6
#define MEBIBYTE_FRAMES 256

static const char *const kinds[N_KINDS] = {"processes", "threads",   "memory objects",
                                           "mappings",  "endpoints", "calls"};

/* In that order. */
struct counts {
    int32_t of[N_KINDS];
};

struct system_state {
    char version[32];
    uint32_t processors;
    uint64_t frames, free_frames, boot_nanoseconds;
};

static struct counts count(void)
{
    struct counts counts;
    uint32_t n[N_KINDS];

    check(outcome_is_done(
              system_objects(capos_cap("system"), &n[0], &n[1], &n[2], &n[3], &n[4], &n[5])),
          "the counts");
    for (unsigned i = 0; i < N_KINDS; i++)
        counts.of[i] = (int32_t)n[i];
    return counts;
}

/* Says what has changed since BEFORE, which must be exactly CHANGE. */
static void expect(const char *what, struct counts before, struct counts change)
{
    struct counts now = count();
    char text[100];
    size_t len = format_text(text, sizeof(text), "%s:", what);
    bool changed = false;

    for (unsigned i = 0; i < N_KINDS; i++) {
        int32_t by = now.of[i] - before.of[i];

        check(by == change.of[i], "%s: %s %d, not %d", what, kinds[i], change.of[i], by);
        if (by)
            len += format_text(text + len, sizeof(text) - len, "%s %s %s%d", changed ? "," : "",
                               kinds[i], by > 0 ? "+" : "", by);
        changed |= by != 0;
    }
    console_printf("%s%s", text, changed ? "" : " as before");
}

#define PROCESSES(n)      .of[0] = (n)
#define THREADS(n)        .of[1] = (n)
#define MEMORY_OBJECTS(n) .of[2] = (n)
#define MAPPINGS(n)       .of[3] = (n)
#define ENDPOINTS(n)      .of[4] = (n)
#define CALLS(n)          .of[5] = (n)

static void at_first(void)
{
    expect("the first process, alone", (struct counts){0},
           (struct counts){PROCESSES(1), THREADS(1)});
}

static void process(void)
{
    struct counts before = count();
    struct process_end end;
    cap_t other = program_start("other", NULL, 0, BUDGET_SMALL, NULL, 0);

    expect("a process", before, (struct counts){PROCESSES(1), THREADS(1)});
    process_terminate(other);
    check(outcome_is_done(process_wait(other, &end.reason, &end.code)), "its end");
    expect("its handle, when it has ended", before, (struct counts){PROCESSES(1)});
    cap_release(other);
    expect("without the handle", before, (struct counts){0});
}

static int wait_for_word(void *word)
{
    while (!__atomic_load_n((uint32_t *)word, __ATOMIC_ACQUIRE))
        thread_control_yield(capos_cap("thread"));
    return 0;
}

static void thread(void)
{
    struct counts before = count();
    uint32_t word = 0;
    struct thread other;

    check(outcome_is_done(thread_start(&other, wait_for_word, &word)), "a thread");
    expect("a thread", before, (struct counts){THREADS(1)});
    __atomic_store_n(&word, 1, __ATOMIC_RELEASE);
    check(outcome_is_done(thread_finish(&other, NULL)), "its end");
    expect("when it was joined", before, (struct counts){0});
}

static void memory(void)
{
    struct counts before = count();
    uint64_t one, other;
    cap_t object;

    check(outcome_is_done(frames_allocate(capos_cap("frames"), 3, &object)), "a memory object");
    expect("a memory object", before, (struct counts){MEMORY_OBJECTS(1)});
    check(outcome_is_done(memory_map(object, 0, 0, 3, ACCESS_READ, &one)), "its place");
    check(outcome_is_done(memory_map(object, 0, 1, 1, ACCESS_READ, &other)), "another one");
    expect("mapped twice", before, (struct counts){MEMORY_OBJECTS(1), MAPPINGS(2)});
    check(outcome_is_done(memory_unmap(object, one)), "one place back");
    cap_release(object);
    expect("unmapped once, and released", before, (struct counts){MEMORY_OBJECTS(1), MAPPINGS(1)});
}

static void endpoint(void)
{
    struct counts before = count();
    cap_t server, client, minted;
    struct call call;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_TIMER, &server, &client)),
          "an endpoint");
    check(outcome_is_done(endpoint_mint(server, 1, INTERFACE_TIMER, SCOPE_SHAREABLE, 0, &minted)),
          "a client");
    expect("an endpoint with two clients", before, (struct counts){ENDPOINTS(1)});
    call_open(&call, client, INTERFACE_TIMER, TIMER_NOW, 0);
    check(call_submit(&call, 64, 1) == ERR_OK && ring_enter(ring_mine(), 0, 0) == 1, "a call");
    expect("a call in flight", before, (struct counts){ENDPOINTS(1), CALLS(1)});
    cap_release(server);
    check(call_wait(&call).code == ERR_DISCONNECTED, "its end");
    call_close(&call);
    expect("when nobody can receive it", before, (struct counts){ENDPOINTS(1)});
    cap_release(client);
    cap_release(minted);
    expect("without clients", before, (struct counts){0});
}

static struct system_state state(void)
{
    struct system_state state;

    check(outcome_is_done(system_system(capos_cap("system"), state.version, sizeof(state.version),
                                        NULL, &state.processors, &state.frames, &state.free_frames,
                                        &state.boot_nanoseconds)),
          "the system");
    return state;
}

static void system(void)
{
    uint64_t now = clock_now();
    struct system_state first = state();

    console_printf("capOS %s on %u processors", first.version, first.processors);
    check(first.frames > 56 * MEBIBYTE_FRAMES && first.frames <= 64 * MEBIBYTE_FRAMES,
          "frames of a machine with 64 MiB, not %lu", first.frames);
    check(first.free_frames < first.frames && first.free_frames > first.frames / 2,
          "most of them free, not %lu", first.free_frames);
    check(first.boot_nanoseconds <= now, "a boot that is over, not %lu", first.boot_nanoseconds);
}

/* All but one page of a mapping: the page tables stay. */
static void frames(void)
{
    struct system_state before, after;
    struct budget used;
    uint64_t at;

    check(outcome_is_done(vm_map(capos_cap("memory"), 0, 101, ACCESS_READ, &at)), "101 pages");
    before = state();
    used = ledger_used();
    check(outcome_is_done(vm_unmap(capos_cap("memory"), at + PAGE_LEN, 100)), "100 of them back");
    after = state();
    check(after.free_frames == before.free_frames + 100, "100 free frames more, not %lu",
          after.free_frames - before.free_frames);
    check(ledger_used().frames == used.frames - 100, "100 frames less in the ledger");
    console_printf("100 pages unmapped: 100 frames less in the ledger, 100 more are free");
}

/* How often others were in the way depends on the host; that both numbers belong together does
 * not. */
static void kernel_lock(void)
{
    uint64_t waits, nanoseconds;

    check(outcome_is_done(system_contention(capos_cap("system"), &waits, &nanoseconds)),
          "how often the kernel lock was taken");
    check(waits || !nanoseconds, "no wait, but %lu ns of it", nanoseconds);
    console_printf("whoever found the kernel lock taken was counted");
}

int main(void)
{
    at_first();
    system();
    process();
    thread();
    memory();
    endpoint();
    frames();
    kernel_lock();
    return 0;
}
