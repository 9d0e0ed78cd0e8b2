/*
 * The kernel without its architecture, for fuzzing: two processes with two threads each on two
 * processors.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring/fuzz/world.h"

#include <stdlib.h>
#include <string.h>

#include "abi/kernel.capnp.h"
#include "abi/start.h"
#include "abi/syscall.h"
#include "crypto/random.h"
#include "diag/panic.h"
#include "mem/frames.h"
#include "object/boot_package.h"
#include "object/cap_table.h"
#include "object/console.h"
#include "object/endpoint.h"
#include "object/log_reader.h"
#include "object/memory_object.h"
#include "object/notification.h"
#include "object/park_space.h"
#include "object/process_spawner.h"
#include "object/session_factory.h"
#include "object/system_info.h"
#include "object/terminal.h"
#include "object/thread_control.h"
#include "object/thread_handle.h"
#include "object/timer_object.h"
#include "object/virtual_memory.h"
#include "process/load.h"
#include "process/process.h"
#include "process/system.h"
#include "ring/call.h"
#include "ring/tap.h"
#include "sched/cpu.h"
#include "sched/entry.h"
#include "sched/lock.h"
#include "sched/thread.h"
#include "session/reference.h"
#include "session/session.h"
#include "test/fake_machine.h"
#include "test/fake_memory.h"
#include "test/fake_terminal.h"

#define CODE_AT   0x401000
#define IMAGE_LEN 0x80
#define PARAMS    0x1000
#define RESULT    0x2000

#define PROCESSES_MAX 64

/* More than what is left of all processes needs. */
#define ENTRIES_MAX 10000

/* More than the terminal needs for its 4096 bytes of output. */
#define TERMINAL_STEPS_MAX 200
#define TERMINAL_STEP_NS   2000000

static uint8_t image[IMAGE_LEN];

/* In this order they are also the first capabilities of each process. */
static struct object *const grants[] = {
    &console,        &frame_allocator, &virtual_memory,   &timer_object,         &thread_control,
    &thread_spawner, &park_space,      &process_spawner,  &system_info,          &endpoint_factory,
    &terminal,       &log_reader,      &cap_table_object, &notification_factory, &session_factory,
};

#define N_GRANTS (sizeof(grants) / sizeof(grants[0]))

/* --- What stands for the rest of the kernel --- */

static unsigned n_asked;

/* Some images are asked for twice. */
err_t boot_package_image(struct bytes name, struct bytes *elf, bool *again)
{
    *again = n_asked++ % 4 == 3;
    *elf = (struct bytes){image, sizeof(image)};
    return name.len == 5 && memcmp(name.at, "child", 5) == 0 ? ERR_OK : ERR_NOT_FOUND;
}

void system_process_ended(const struct process *process)
{
    (void)process;
}

void system_end_if_empty(void)
{
}

static uint64_t entropy;

bool arch_entropy(uint64_t *word)
{
    entropy = entropy * 0x5851f42d4c957f2d + 1;
    *word = entropy;
    return true;
}

/* --- Processes --- */

static void put(size_t at, size_t len, uint64_t value)
{
    memcpy(&image[at], &value, len);
}

/* One page of nothing: it is never run. */
static void make_image(void)
{
    memcpy(image, "\177ELF\2\1\1", 7);
    put(16, 2, 2);
    put(18, 2, 62);
    put(20, 4, 1);
    put(24, 8, CODE_AT);
    put(32, 8, 64);
    put(52, 2, 64);
    put(54, 2, 56);
    put(56, 2, 1);
    put(64, 4, 1);
    put(68, 4, 5);
    put(80, 8, CODE_AT);
    put(96, 8, IMAGE_LEN);
    put(104, 8, IMAGE_LEN);
    put(112, 8, 0x1000);
}

static struct process *start_process(const char *name, struct process *parent,
                                     const struct budget *budget)
{
    static struct cap caps[N_GRANTS];
    struct load_request request = {
        .name = name,
        .session = &system_session,
        .elf = {image, sizeof(image)},
        .parent = parent,
        .budget = *budget,
        .arena_pages = RING_ARENA_PAGES_FIRST,
        .priority = PRIORITY_INITIAL,
        .n_grants = N_GRANTS,
    };
    const char *why = NULL;
    struct process *process;

    for (unsigned i = 0; i < N_GRANTS; i++) {
        caps[i] =
            (struct cap){.object = grants[i], .rights.interface_id = grants[i]->type->interface_id};
        request.grants[i] = (struct load_grant){{(const uint8_t *)"x", 1}, &caps[i]};
    }
    kernel_assert(load(&request, &process, &why) == ERR_OK);
    object_put(&process->object);
    return process;
}

static struct cpu *cpu_of(const struct process *process)
{
    for (unsigned id = 0; id < WORLD_CPUS; id++) {
        if (cpu_at(id)->current && cpu_at(id)->current->process == process)
            return cpu_at(id);
    }
    panic("the process does not run");
}

/* Calls method 0 of the object that is grant I, and consumes the completion; returns the
 * capabilities got. */
static const struct ring_cap *call(struct process *process, unsigned i, const uint64_t *params,
                                   uint32_t n_words)
{
    struct cpu *cpu = cpu_of(process);
    struct thread *thread = cpu->current;
    struct ring *page = thread->ring.page;
    struct ring_completion *completion = &page->cq[page->cq_tail % RING_COMPLETIONS];

    page->sq[page->sq_tail++ % RING_SUBMISSIONS] = (struct ring_submission){
        .opcode = RING_CALL,
        .cap = world_cap(process, i),
        .interface_id = grants[i]->type->interface_id,
        .params = PARAMS,
        .params_len = 8 + n_words * 8,
        .result = RESULT,
        .result_len = 0x200,
    };
    *(uint64_t *)(thread->ring.arena + PARAMS) = (uint64_t)n_words << 32;
    memcpy(thread->ring.arena + PARAMS + 8, params, n_words * 8);
    fake_cpu_choose(cpu->id);
    entry_syscall(1, 0, 0, SYSCALL_CAP_ENTER);
    kernel_assert(completion->status == 0);
    page->cq_head = page->cq_tail;
    return (const struct ring_cap *)(thread->ring.arena + RESULT + completion->result_len);
}

static void start_thread(struct process *process)
{
    const uint64_t params[] = {CODE_AT, 0, 0, 0, 0};

    call(process, 5, params, 5);
}

/* The client's side of an endpoint of FROM for TO. */
static void connect(struct process *from, struct process *to)
{
    const uint64_t interface_id = 0x1234;
    cap_t client = call(from, 9, &interface_id, 1)[1].cap;
    const struct cap *cap = cap_find(&from->caps, client);
    struct cap_rights rights = cap->rights;

    rights.cookie = 7;
    kernel_assert(cap_insert(&to->caps, cap->object, &rights, &client) == ERR_OK);
}

static void start_once(void)
{
    static bool started;

    if (started)
        return;
    started = true;
    fake_memory_start();
    fake_terminal_start();
    terminal_init();
    make_image();
    tap_open();
}

void world_tick(void)
{
    for (unsigned id = 0; id < WORLD_CPUS; id++) {
        fake_cpu_choose(id);
        if (cpu_at(id)->armed <= fake_time_ns)
            entry_timer();
    }
}

void world_start(void)
{
    static const struct budget all = {{1200, 120, 100, 40, 300}};
    static const struct budget part = {{300, 40, 40, 10, 100}};
    struct process *init, *second;

    start_once();
    fake_machine_start(WORLD_CPUS);
    fake_terminal_start();
    n_asked = 0;
    entropy = 1;
    random_init();
    references_init();
    fake_time_ns = 1000;
    init = start_process("first", NULL, &all);
    second = start_process("second", init, &part);
    for (unsigned id = 0; id < WORLD_CPUS; id++) {
        fake_cpu_choose(id);
        entry_first();
    }
    connect(init, second);
    start_thread(init);
    start_thread(second);
}

/* --- Looking around --- */

/* Those that have not ended, in the order of their beginning. */
static struct process *processes[PROCESSES_MAX];
static unsigned n_processes;

static void note_process(void *object)
{
    struct process *process = object;

    if (process->state == PROCESS_ENDED)
        return;
    kernel_assert(n_processes < PROCESSES_MAX);
    processes[n_processes++] = process;
}

static void find_processes(void)
{
    n_processes = 0;
    for (struct pool *pool = pools_first(); pool; pool = pool->next) {
        if (strcmp(pool->name, "process") == 0)
            fake_pool_visit(pool, note_process);
    }
}

static struct thread *thread_of(const struct process *process, unsigned i)
{
    struct list *at = process->threads.next;

    for (; i; i--)
        at = at->next;
    return LIST_ENTRY(at, struct thread, in_process);
}

struct thread *world_thread(unsigned i)
{
    unsigned n = 0;

    find_processes();
    for (unsigned at = 0; at < n_processes; at++)
        n += processes[at]->n_threads;
    if (n == 0)
        return NULL;
    i %= n;
    for (unsigned at = 0;; at++) {
        if (i < processes[at]->n_threads)
            return thread_of(processes[at], i);
        i -= processes[at]->n_threads;
    }
}

cap_t world_cap(const struct process *process, unsigned i)
{
    const struct cap_table *table = &process->caps;

    uint32_t n = table->n_chunks * CAPS_PER_CHUNK;

    if (table->used == 0)
        return 0;
    i %= table->used;
    for (uint32_t index = 0; index < n; index++) {
        const struct cap *cap = cap_at(table, index);

        if (cap->object && i-- == 0)
            return cap_handle(cap, index);
    }
    return 0; /* a reserved one */
}

/* --- The end --- */

static bool has_timers(void)
{
    for (unsigned id = 0; id < WORLD_CPUS; id++) {
        if (cpu_at(id)->timers.root)
            return true;
    }
    return false;
}

static void check_empty(void)
{
    for (struct pool *pool = pools_first(); pool; pool = pool->next)
        kernel_assert(pool_used(pool) == 0);
    for (unsigned i = 0; i < N_GRANTS; i++)
        kernel_assert(grants[i]->refs == 1 && grants[i]->n_caps[FACET_OBJECT] == 0);
    for (unsigned id = 0; id < WORLD_CPUS; id++)
        kernel_assert(cpu_at(id)->queue.n == 0);
    kernel_assert(!has_timers());
    kernel_assert(calls_count() == 0 && frames_free() == frames_total());
}

/* The terminal goes on by itself until it has sent everything. */
static void end_terminal(void)
{
    fake_terminal_type("", 0);
    fake_terminal_has_room = true;
    for (unsigned i = 0; i < TERMINAL_STEPS_MAX && has_timers(); i++) {
        fake_time_ns += TERMINAL_STEP_NS;
        world_tick();
    }
}

static void end_processes(void)
{
    kernel_lock();
    find_processes();
    for (unsigned i = 0; i < n_processes; i++)
        process_end(processes[i], END_TERMINATED, 0);
    kernel_unlock();
    arch_cpu_interrupt(cpu_self()); /* the others were */
    for (unsigned i = 0; i < ENTRIES_MAX && n_processes; i++) {
        fake_cpu_choose(i % WORLD_CPUS);
        entry_interrupted();
        find_processes();
    }
    kernel_assert(n_processes == 0);
}

void world_end(void)
{
    fake_memory_fails_after = -1;
    end_processes();
    for (unsigned id = 0; id < WORLD_CPUS; id++)
        fake_cpu_choose(id);
    end_terminal();
    check_empty();
}
