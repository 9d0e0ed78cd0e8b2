/*
 * What the kernel's operations cost: measures each from a program, in ticks of the time-stamp
 * counter.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Where QEMU counts instructions the counter advances by one with each, so the difference is how
 * many an operation took, from before the first of the program's to after the last. The submissions
 * are written by hand here, not by the library: the kernel is what is measured.
 */
#include "measure.h"

#include "abi/kernel.capnp.h"
#include "byhand.h"

#define BATCH    16
#define SMP_RUNS 3

static void enter_nothing(void)
{
    syscall_cap_enter(0, 0, 0);
}

static void put_nop(void)
{
    *next_submission() = (struct ring_submission){.opcode = RING_NOP, .user_data = 1};
    push();
}

static void one_nop(void)
{
    put_nop();
    syscall_cap_enter(1, 1, RING_NEVER);
    consume(1);
}

static void batch_of_nops(void)
{
    for (unsigned i = 0; i < BATCH; i++)
        put_nop();
    syscall_cap_enter(BATCH, BATCH, RING_NEVER);
    consume(BATCH);
}

/* Further NOPs of a batch: the batch less one that goes alone. */
static void measure_nops(void)
{
    uint64_t alone;

    measure("kernel.nop", one_nop, 1);
    alone = measured();
    for (unsigned i = 0; i < ROUNDS; i++) {
        uint64_t start = ticks();

        batch_of_nops();
        samples[i] = less(ticks() - start, alone);
    }
    report("kernel.nop_batched", BATCH - 1);
}

/* --- Calls, prepared once: the parameters stay in the arena --- */

#define PARAMS 0x1000
#define RESULT 0x2000

static struct ring_submission prepared;

static void call_prepared(void)
{
    *next_submission() = prepared;
    push();
    syscall_cap_enter(1, 1, RING_NEVER);
    consume(1);
}

static void prepare(cap_t cap, uint64_t interface_id, uint16_t method)
{
    prepared = (struct ring_submission){
        .opcode = RING_CALL,
        .method = method,
        .cap = cap,
        .interface_id = interface_id,
        .params = PARAMS,
        .result = RESULT,
        .result_len = 64,
    };
}

static void measure_now(void)
{
    prepare(capos_cap("timer"), INTERFACE_TIMER, TIMER_NOW);
    measure("kernel.timer_now", call_prepared, 1);
}

static uint64_t *words(uint32_t offset)
{
    return (uint64_t *)(arena + offset);
}

/* VirtualMemory's parameters: two words of data: address; pages and access. */
static void vm_call(uint16_t method, uint64_t address)
{
    struct ring_submission *submission = next_submission();
    uint64_t *params = words(PARAMS);

    params[0] = (uint64_t)2 << 32;
    params[1] = address;
    params[2] = (uint64_t)ACCESS_READ_WRITE << 32 | 1;
    *submission = prepared;
    submission->method = method;
    submission->params_len = 24;
    push();
    syscall_cap_enter(1, 1, RING_NEVER);
    consume(1);
}

static void map_touch_unmap(void)
{
    uint64_t address;

    vm_call(VM_MAP, 0);
    address = words(RESULT)[1];
    *(volatile uint8_t *)address = 1;
    vm_call(VM_UNMAP, address);
}

static void measure_page(void)
{
    prepare(capos_cap("memory"), INTERFACE_VM, VM_MAP);
    measure("kernel.page_map", map_touch_unmap, 1);
}

/* --- Threads --- */

#define THREAD_STACK 4096

static uint8_t thread_stack[THREAD_STACK] __attribute__((aligned(16)));
static cap_t control;

/* Ends itself by a submission of its own ring; there is nothing else to do. */
__attribute__((noreturn)) static void short_thread(struct ring *own)
{
    struct ring_submission *submission = &own->sq[0];

    submission->opcode = RING_CALL;
    submission->method = THREAD_CONTROL_EXIT_THREAD;
    submission->cap = control;
    submission->interface_id = INTERFACE_THREAD_CONTROL;
    own->sq_tail = 1;
    for (;;)
        syscall_cap_enter(1, 1, RING_NEVER);
}

static cap_t create_thread(void (*entry)(struct ring *), uint8_t *stack_top)
{
    struct ring_submission *submission = next_submission();
    uint64_t *params = words(PARAMS);

    memset(params, 0, 48);
    params[0] = (uint64_t)5 << 32;
    params[1] = (uintptr_t)entry;
    params[2] = (uintptr_t)stack_top - 8;
    *submission = (struct ring_submission){
        .opcode = RING_CALL,
        .method = THREADS_CREATE,
        .cap = capos_cap("threads"),
        .interface_id = INTERFACE_THREADS,
        .params = PARAMS,
        .params_len = 48,
        .result = RESULT,
        .result_len = 64,
    };
    push();
    syscall_cap_enter(1, 1, RING_NEVER);
    consume(1);
    return words(RESULT)[2]; /* behind a message of two words */
}

static void operate(uint8_t opcode, cap_t cap, uint64_t interface_id, uint16_t method)
{
    struct ring_submission *submission = next_submission();

    *submission = (struct ring_submission){
        .opcode = opcode,
        .method = method,
        .cap = cap,
        .interface_id = interface_id,
        .result = opcode == RING_CALL ? RESULT : 0,
        .result_len = opcode == RING_CALL ? 64 : 0,
    };
    push();
    syscall_cap_enter(1, 1, RING_NEVER);
    consume(1);
}

static void create_run_join(void)
{
    cap_t thread =
        create_thread((void (*)(struct ring *))short_thread, thread_stack + sizeof(thread_stack));

    operate(RING_CALL, thread, INTERFACE_THREAD, THREAD_JOIN);
    operate(RING_RELEASE, thread, 0, 0);
}

/* --- Processes --- */

/* spawn's parameters are made once by the runtime, into the arena. */
static uint32_t spawn_len;

static void prepare_spawn(void)
{
    struct capnp_builder builder;
    struct capnp_struct_builder root;

    capnp_build(&builder, words(PARAMS), 512);
    root = capnp_init_root(&builder, 1, 4);
    capnp_set_u32(root, 0, 1); /* arena pages */
    capnp_set_text(root, 0, capnp_text("tiny"));
    spawn_len = (uint32_t)capnp_built_len(&builder);
    prepare(capos_cap("processes"), INTERFACE_PROCESSES, PROCESSES_SPAWN);
    prepared.params_len = spawn_len;
}

static void spawn_wait(void)
{
    cap_t process;

    *next_submission() = prepared;
    push();
    syscall_cap_enter(1, 1, RING_NEVER);
    consume(1);
    process = words(RESULT)[2];
    operate(RING_CALL, process, INTERFACE_PROCESS, PROCESS_WAIT);
    operate(RING_RELEASE, process, 0, 0);
}

/* --- Park: two threads that wake each other --- */

static uint32_t turn_a, turn_b;
static volatile uint64_t woken_at;
static uint8_t park_stack[THREAD_STACK] __attribute__((aligned(16)));
static cap_t park_cap;

/* Wakes whoever waits at OTHER and waits at OWN, in one stay in the kernel. */
static void swap(struct ring *mine, uint32_t *own, uint32_t *other)
{
    struct ring_submission *submission = &mine->sq[mine->sq_tail % RING_SUBMISSIONS];

    *submission = (struct ring_submission){
        .opcode = RING_UNPARK, .value = 1, .cap = park_cap, .argument = (uintptr_t)other};
    submission = &mine->sq[(mine->sq_tail + 1) % RING_SUBMISSIONS];
    *submission =
        (struct ring_submission){.opcode = RING_PARK, .cap = park_cap, .argument = (uintptr_t)own};
    __atomic_store_n(&mine->sq_tail, mine->sq_tail + 2, __ATOMIC_RELEASE);
    syscall_cap_enter(2, 2, RING_NEVER);
    mine->cq_head += 2;
}

__attribute__((noreturn)) static void partner(struct ring *own)
{
    for (;;) {
        swap(own, &turn_b, &turn_a);
        woken_at = ticks();
    }
}

static void measure_park(void)
{
    park_cap = capos_cap("park");
    create_thread((void (*)(struct ring *))partner, park_stack + sizeof(park_stack));
    swap(ring, &turn_a, &turn_b); /* the partner comes to its first wait */
    for (unsigned i = 0; i < ROUNDS; i++) {
        uint64_t start = ticks();

        swap(ring, &turn_a, &turn_b);
        samples[i] = woken_at - start;
    }
    report("kernel.park", 1);
}

/* --- Two processors --- */

static cap_t start_worker(void)
{
    struct process_request request = {.image = "worker", .budget = {.frames = 64}};
    cap_t process;

    if (!outcome_is_done(process_spawn(capos_cap("processes"), &request, &process)))
        check(false, "no worker");
    return process;
}

static uint64_t time_of(unsigned n)
{
    cap_t workers[2];
    uint64_t start = clock_now();

    for (unsigned i = 0; i < n; i++)
        workers[i] = start_worker();
    for (unsigned i = 0; i < n; i++) {
        struct process_end end;

        process_wait(workers[i], &end.reason, &end.code);
        cap_release(workers[i]);
    }
    return clock_now() - start;
}

/* The shortest of some times: of one worker, and of two at once. */
static void measure_processors(void)
{
    uint64_t best[2] = {UINT64_MAX, UINT64_MAX};

    for (unsigned run = 0; run < SMP_RUNS; run++) {
        for (unsigned n = 1; n <= 2; n++) {
            uint64_t time = time_of(n);

            if (time < best[n - 1])
                best[n - 1] = time;
        }
    }
    report_ratio("kernel.smp", 2 * best[0], best[1]);
}

int main(void)
{
    uint64_t now = ticks();

    console_printf("bench first-user-instruction\n");
    byhand_init();
    control = capos_cap("thread");
    console_printf("bench kernel.boot %lu\n", now - ring->tsc_base);
    measure_overhead();
    measure("kernel.enter", enter_nothing, 1);
    measure_nops();
    measure_now();
    measure_page();
    measure("kernel.thread", create_run_join, 1);
    prepare_spawn();
    measure("kernel.process", spawn_wait, 1);
    measure_park();
    measure_processors();
    return 0;
}
