/*
 * The kernel's books, recounted: what each ledger, object, ring and table should say.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring/fuzz/verify.h"

#include <string.h>

#include "cap/table.h"
#include "diag/panic.h"
#include "mem/mapping.h"
#include "mem/pool.h"
#include "object/endpoint.h"
#include "object/memory_object.h"
#include "object/reply.h"
#include "object/terminal.h"
#include "process/process.h"
#include "ring/call.h"
#include "ring/promise.h"
#include "ring/ring.h"
#include "sched/cpu.h"
#include "sched/thread.h"
#include "session/holder.h"
#include "session/session.h"
#include "test/fake_memory.h"
#include "test/fake_space.h"

/* What is counted for a ledger or an object, whichever KEY is. */
struct count {
    const void *key;
    uint32_t used[LEDGER_KINDS];
    uint32_t users;
    uint32_t refs;
    uint32_t n_caps[FACETS];
    uint32_t parked; /* at words of a memory object, or of a process's own */
};

#define N_COUNTS 1024

static struct count counts[N_COUNTS];
static uint64_t n_calls;

static struct count *count_of(const void *key)
{
    size_t i = ((uintptr_t)key >> 4) * 0x9e3779b1u % N_COUNTS;

    while (counts[i].key && counts[i].key != key)
        i = (i + 1) % N_COUNTS;
    counts[i].key = key;
    return &counts[i];
}

static void charge(const struct ledger *ledger, enum ledger_kind kind, uint32_t n)
{
    count_of(ledger)->used[kind] += n;
}

/* --- Counting, one function for each kind of object --- */

static void count_object(void *at)
{
    const struct object *object = at;

    charge(object->ledger, LEDGER_OBJECTS, 1);
}

static void count_memory(void *at)
{
    const struct memory_object *memory = at;

    count_object(at);
    charge(memory->object.ledger, LEDGER_FRAMES, memory->n_pages + 1);
}

/* Until a call comes; a reply is reserved for it. */
static bool is_receiving(const struct call *call)
{
    return call->opcode == RING_RECV || call->opcode == RING_RETURN;
}

/* How many entries a call that stands in line holds of its process's table. */
static uint32_t length_of_chain(const struct call *call)
{
    const struct cap_table *table = &call->thread->process->caps;
    uint32_t n = 0;

    bool in_line = call->object && call->object->type == &endpoint_type;

    if (call->opcode != RING_CALL || !(in_line || promise_is_pending(call)))
        return 0;
    for (uint32_t at = call->message.moving; at != NO_CAP; at = cap_at(table, at)->link) {
        kernel_assert(cap_at(table, at)->state == CAP_MOVING);
        n++;
    }
    return n;
}

static uint32_t count_moving(const struct process *process)
{
    uint32_t n = 0;

    for (struct list *at = process->threads.next; at != &process->threads; at = at->next) {
        struct list *calls = &LIST_ENTRY(at, struct thread, in_process)->calls;

        for (struct list *in = calls->next; in != calls; in = in->next)
            n += length_of_chain(LIST_ENTRY(in, struct call, in_thread));
    }
    return n;
}

static uint32_t count_receiving(const struct process *process)
{
    uint32_t n = 0;

    for (struct list *at = process->threads.next; at != &process->threads; at = at->next) {
        struct list *calls = &LIST_ENTRY(at, struct thread, in_process)->calls;

        for (struct list *in = calls->next; in != calls; in = in->next)
            n += is_receiving(LIST_ENTRY(in, struct call, in_thread));
    }
    return n;
}

static void count_endpoint(void *at)
{
    const struct endpoint *endpoint = at;

    count_object(at);
    if (later_is_added(&endpoint->rest))
        count_of(at)->refs++;
}

static void count_call(const struct call *call)
{
    n_calls++;
    charge(call->ledger, LEDGER_CALLS, 1);
    charge(call->ledger, LEDGER_TIMERS, call->timed);
    if (call->object)
        count_of(call->object)->refs++;
    if (call->via)
        count_of(call->via)->refs++;
    if (is_receiving(call))
        count_of(&call->reply->object)->refs++;
    if (call->opcode == RING_PARK)
        count_of(call->object ? call->object : &call->thread->process->object)->parked++;
}

static void count_thread(void *at)
{
    struct thread *thread = at;
    const struct process *process = thread->process;

    count_object(&thread->object);
    if (!process)
        return;
    count_of(&thread->object)->refs++;
    charge(process->ledger, LEDGER_FRAMES, 1 + thread->ring.arena_len / PAGE_SIZE);
    for (const struct list *in = thread->calls.next; in != &thread->calls; in = in->next)
        count_call(LIST_ENTRY(in, struct call, in_thread));
}

static void count_table(const struct cap_table *table, uint32_t reserved, uint32_t moving)
{
    uint32_t used = reserved;

    for (uint32_t i = 0; i < table->n_chunks * CAPS_PER_CHUNK; i++) {
        const struct cap *cap = &table->chunks[i / CAPS_PER_CHUNK][i % CAPS_PER_CHUNK];
        cap_t handle = (cap_t)cap->generation << 32 | i;

        kernel_assert(cap_find(table, handle) == (cap->state == CAP_USED ? cap : NULL));
        kernel_assert((cap->object != NULL) == (cap->state >= CAP_USED));
        kernel_assert(!cap_find(table, handle + (1ull << 32)));
        kernel_assert(!cap_find(table, handle - (1ull << 32)));
        if (!cap->object)
            continue;
        used++;
        moving -= cap->state == CAP_MOVING;
        count_of(cap->object)->refs++;
        count_of(cap->object)->n_caps[cap->rights.facet]++;
    }
    kernel_assert(used == table->used && moving == 0);
    charge(table->ledger, LEDGER_CAPS, used);
    charge(table->ledger, LEDGER_FRAMES, table->n_chunks + (table->chunks ? 1 : 0));
}

static void count_process(void *at)
{
    const struct process *process = at;

    count_object(at);
    if (process->state == PROCESS_ENDED)
        return;
    count_of(at)->refs++;
    count_of(process->session)->refs++;
    count_of(process->ledger)->users++;
    charge(process->ledger, LEDGER_FRAMES, fake_space_frames(&process->space));
    count_table(&process->caps, count_receiving(process), count_moving(process));
}

static void count_session(void *at)
{
    const struct session *session = at;

    count_object(at);
    charge(session->object.ledger, LEDGER_TIMERS, session->live && session->expires);
}

static void count_session_holder(void *at)
{
    count_object(at);
    count_of(holder_session(at))->refs++;
}

static void count_mapping(void *at)
{
    const struct mapping *mapping = at;

    charge(mapping->ledger, LEDGER_OBJECTS, 1);
    count_of(mapping->memory)->refs++;
}

static void count_forwarder(void *at)
{
    const struct forwarder *forwarder = at;

    count_object(at);
    if (!forwarder->target)
        return;
    count_of(forwarder->target)->refs++;
    count_of(forwarder->target)->n_caps[forwarder->facet] += forwarder->counted;
}

static void count_ledger(void *at)
{
    const struct ledger *ledger = at;

    if (!ledger->parent)
        return;
    count_of(ledger->parent)->users++;
    for (unsigned kind = 0; kind < LEDGER_KINDS; kind++)
        charge(ledger->parent, kind, ledger->limits[kind]);
}

/* --- Comparing --- */

static void check_ledger(void *at)
{
    const struct ledger *ledger = at;
    const struct count *count = count_of(ledger);

    kernel_assert(ledger->users == count->users);
    for (unsigned kind = 0; kind < LEDGER_KINDS; kind++) {
        if (ledger->used[kind] != count->used[kind])
            panic("ledger at depth %u, kind %u: %u used, %u counted", ledger->depth, kind,
                  ledger->used[kind], count->used[kind]);
        kernel_assert(ledger->used[kind] <= ledger->limits[kind]);
    }
}

static void check_object(void *at)
{
    const struct object *object = at;
    const struct count *count = count_of(object);

    kernel_assert(object->refs == count->refs);
    for (unsigned facet = 0; facet < FACETS; facet++)
        kernel_assert(object->n_caps[facet] == count->n_caps[facet]);
}

static void check_parked(const void *owner, const struct tree *parked)
{
    uint32_t n = 0;

    for (struct tree_node *at = tree_first(parked); at; at = tree_next(at))
        n += TREE_ENTRY(at, struct call, node)->opcode == RING_PARK;
    kernel_assert(n == count_of(owner)->parked);
}

static void check_memory(void *at)
{
    const struct memory_object *memory = at;

    check_object(at);
    check_parked(at, &memory->parked);
}

static void check_process(void *at)
{
    const struct process *process = at;

    check_object(at);
    if (process->state != PROCESS_ENDED)
        check_parked(at, &process->space.parked);
}

static bool is_current(const struct thread *thread)
{
    for (unsigned id = 0; id < cpus_found(); id++) {
        if (cpu_at(id)->current == thread)
            return true;
    }
    return false;
}

/* Whoever is held stands behind the call it waits for, which knows of it; whoever is ready will be
 * looked at. */
static void check_promise(const struct call *call)
{
    const struct thread *thread = call->thread;
    const struct list *at = call->in_thread.prev;

    if (!promise_is_pending(call))
        return;
    if (call->object) {
        kernel_assert(thread->promises_ready);
        return;
    }
    while (at != &thread->calls && LIST_ENTRY(at, struct call, in_thread) != call->earlier)
        at = at->prev;
    kernel_assert(at != &thread->calls && call->earlier->awaited);
}

static void check_ring(const struct thread *thread)
{
    uint32_t n = 0;

    for (const struct list *at = thread->calls.next; at != &thread->calls; at = at->next) {
        const struct call *call = LIST_ENTRY(at, struct call, in_thread);

        kernel_assert(call->thread == thread);
        check_promise(call);
        n++;
    }
    kernel_assert(thread->ring.in_flight == n && n <= RING_COMPLETIONS);
    kernel_assert(thread->state != THREAD_WAITING || !thread->promises_ready ||
                  thread->process->state != PROCESS_RUNNING);
}

static void check_thread(void *at)
{
    struct thread *thread = at;

    check_object(&thread->object);
    kernel_assert(!thread->via);
    kernel_assert(is_current(thread) == (thread->state == THREAD_RUNNING));
    kernel_assert(list_empty(&thread->in_queue) == (thread->state != THREAD_READY));
    kernel_assert((thread->state == THREAD_ENDED) == !thread->process);
    if (thread->process)
        check_ring(thread);
}

/* Nobody idles unaware while somebody waits in line. */
static void check_cpu(const struct cpu *cpu)
{
    kernel_assert(cpu->in_user == (cpu->current && !cpu->arch.interrupted));
    if (cpu->in_user) {
        kernel_assert(cpu->space_generation == cpu->space->generation);
        kernel_assert(cpu->current->process->state == PROCESS_RUNNING);
    }
    if (cpu->current || cpu->arch.interrupted)
        return;
    for (unsigned id = 0; id < cpus_found(); id++)
        kernel_assert(cpu_at(id)->queue.n == 0);
}

/* Each pool by name: how its objects are counted, and compared. */
static const struct {
    const char *name;
    void (*count)(void *object);
    void (*check)(void *object);
} kinds[] = {
    {"call", NULL, NULL}, /* each is in its thread's list */
    {"endpoint", count_endpoint, check_object},
    {"forwarder", count_forwarder, check_object},
    {"ledger", count_ledger, check_ledger},
    {"mapping", count_mapping, NULL},
    {"memory object", count_memory, check_memory},
    {"notification", count_object, check_object},
    {"process", count_process, check_process},
    {"reply", count_object, check_object},
    {"session", count_session, check_object},
    {"session holder", count_session_holder, check_object},
    {"thread", count_thread, check_thread},
};

#define N_KINDS (sizeof(kinds) / sizeof(kinds[0]))

static size_t kind_of(const struct pool *pool)
{
    size_t i = 0;

    while (i < N_KINDS && strcmp(kinds[i].name, pool->name) != 0)
        i++;
    kernel_assert(i < N_KINDS);
    return i;
}

void verify(void)
{
    memset(counts, 0, sizeof(counts));
    n_calls = 0;
    if (terminal_way())
        count_of(terminal_way())->refs++;
    for (struct pool *pool = pools_first(); pool; pool = pool->next) {
        if (kinds[kind_of(pool)].count)
            fake_pool_visit(pool, kinds[kind_of(pool)].count);
    }
    kernel_assert(n_calls == calls_count());
    for (struct pool *pool = pools_first(); pool; pool = pool->next) {
        if (kinds[kind_of(pool)].check)
            fake_pool_visit(pool, kinds[kind_of(pool)].check);
    }
    for (unsigned id = 0; id < cpus_found(); id++)
        check_cpu(cpu_at(id));
}
