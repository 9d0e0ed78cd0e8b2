/*
 * The first process, and the end of the system with it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "process/system.h"

#include "abi/ring.h"
#include "arch/arch.h"
#include "inject/inject.h"
#include "log/log.h"
#include "mem/frames.h"
#include "mem/pool.h"
#include "object/boot_package.h"
#include "object/cap_table.h"
#include "object/console.h"
#include "object/endpoint.h"
#include "object/entropy_source.h"
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
#include "sched/cpu.h"
#include "session/session.h"

#define INIT "init"

/* Frames that no process can have: kernel objects live in them. */
#define KERNEL_SHARE 8

static const struct {
    const char *name;
    struct object *object;
} grants[] = {
    {"console", &console},
    {"terminal", &terminal},
    {"package", &boot_package},
    {"frames", &frame_allocator},
    {"memory", &virtual_memory},
    {"timer", &timer_object},
    {"entropy", &entropy_source},
    {"thread", &thread_control},
    {"threads", &thread_spawner},
    {"park", &park_space},
    {"processes", &process_spawner},
    {"system", &system_info},
    {"endpoints", &endpoint_factory},
    {"sessions", &session_factory},
    {"log", &log_reader},
    {"caps", &cap_table_object},
    {"notifications", &notification_factory},
};

#define N_GRANTS (sizeof(grants) / sizeof(grants[0]))

static system_end_fn *end_system;
static const struct process *init;
static uint64_t frames_before, objects_before;

/* Frames in use, without what the pools keep for the next object. */
static uint64_t frames_used(void)
{
    for (struct pool *pool = pools_first(); pool; pool = pool->next)
        pool_trim(pool);
    return frames_total() - frames_free();
}

static uint64_t objects_used(void)
{
    uint64_t n = 0;

    for (struct pool *pool = pools_first(); pool; pool = pool->next)
        n += pool_used(pool);
    return n;
}

static void log_leaks(uint64_t frames, uint64_t objects)
{
    kernel_log("leak check: FAILED: %lu frames and %lu objects more than before the first process",
               frames - frames_before, objects - objects_before);
    for (struct pool *pool = pools_first(); pool; pool = pool->next) {
        if (pool_used(pool))
            kernel_log("leak check: %lu of pool %s in use", pool_used(pool), pool->name);
    }
}

static void check_leaks(void)
{
    uint64_t frames = frames_used(), objects = objects_used();

    if (frames == frames_before && objects == objects_before)
        kernel_log("leak check: every frame and object is back");
    else
        log_leaks(frames, objects);
}

static struct budget machine_budget(void)
{
    uint32_t frames = (uint32_t)(frames_free() - frames_free() / KERNEL_SHARE);

    return (struct budget){.amounts = {[LEDGER_FRAMES] = frames,
                                       [LEDGER_OBJECTS] = frames / 4,
                                       [LEDGER_CALLS] = frames / 4,
                                       [LEDGER_TIMERS] = frames / 4,
                                       [LEDGER_CAPS] = frames * 4}};
}

static void add_grant(struct load_request *request, struct cap *caps, const char *name,
                      struct object *object)
{
    uint32_t i = request->n_grants++;

    caps[i] = (struct cap){.object = object, .rights.interface_id = object->type->interface_id};
    request->grants[i].name = (struct bytes){(const uint8_t *)name, __builtin_strlen(name)};
    request->grants[i].cap = &caps[i];
}

static void fill_grants(struct load_request *request, struct cap *caps)
{
    for (unsigned i = 0; i < N_GRANTS; i++)
        add_grant(request, caps, grants[i].name, grants[i].object);
    if (inject_object)
        add_grant(request, caps, "inject", inject_object);
}

static err_t find_init(struct bytes *elf)
{
    bool again;
    err_t error;

    do
        error = boot_package_image((struct bytes){(const uint8_t *)INIT, sizeof(INIT) - 1}, elf,
                                   &again);
    while (!error && again);
    return error;
}

void system_start(const struct package *package, system_end_fn *end)
{
    static struct cap caps[N_GRANTS + 1];
    static struct load_request request;
    const char *why = NULL;
    struct process *process;
    err_t error;

    _Static_assert(N_GRANTS + 1 <= LOAD_GRANTS_MAX, "init gets them all");
    end_system = end;
    frames_before = frames_used();
    objects_before = objects_used();
    boot_package_set(package);
    request.name = INIT;
    request.session = &system_session;
    request.budget = machine_budget();
    request.arena_pages = RING_ARENA_PAGES_FIRST;
    request.priority = PRIORITY_INITIAL;
    fill_grants(&request, caps);
    error = find_init(&request.elf);
    if (!error)
        error = load(&request, &process, &why);
    if (error) {
        kernel_log("cannot start %s: %s%s%s", INIT, err_sentence(error), why ? ": " : "",
                   why ? why : "");
        end();
    }
    init = process;
    object_put(&process->object);
}

static const char *reason_word(enum end_reason reason)
{
    static const char *const words[] = {"exited with code", "was ended by fault", "was terminated"};

    return words[reason];
}

void system_process_ended(const struct process *process)
{
    if (process != init)
        return;
    kernel_log("%s %s %u", INIT, reason_word(process->reason), process->code);
    init = NULL;
}

void system_end_if_empty(void)
{
    if (init)
        return;
    check_leaks();
    arch_log_strange_interrupts();
    end_system();
}
