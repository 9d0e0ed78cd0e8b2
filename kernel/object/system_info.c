/*
 * SystemInfo (kernel.capnp): what the machine has, and what is in use.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/system_info.h"

#include "abi/kernel.capnp.h"
#include "abi/version.h"
#include "arch/arch.h"
#include "mem/frames.h"
#include "mem/mapping.h"
#include "object/endpoint.h"
#include "object/memory_object.h"
#include "process/process.h"
#include "ring/call.h"
#include "ring/invocation.h"
#include "sched/cpu.h"
#include "sched/thread.h"

static err_t system(struct invocation *invocation)
{
    struct system_system_results_builder results =
        system_system_results_init_root(&invocation->results);

    system_system_results_set_version(results, capnp_text(CAPOS_VERSION));
    system_system_results_set_processors(results, cpus_online());
    system_system_results_set_frames(results, frames_total());
    system_system_results_set_free_frames(results, frames_free());
    system_system_results_set_boot_nanoseconds(results, arch_boot_ns());
    return ERR_OK;
}

static void build_budget(struct budget_builder budget, const uint32_t *amounts)
{
    budget_set_frames(budget, amounts[LEDGER_FRAMES]);
    budget_set_objects(budget, amounts[LEDGER_OBJECTS]);
    budget_set_calls(budget, amounts[LEDGER_CALLS]);
    budget_set_timers(budget, amounts[LEDGER_TIMERS]);
    budget_set_caps(budget, amounts[LEDGER_CAPS]);
}

static err_t ledger(struct invocation *invocation)
{
    const struct ledger *ledger = invocation->process->ledger;
    struct system_ledger_results_builder results =
        system_ledger_results_init_root(&invocation->results);

    build_budget(system_ledger_results_init_used(results), ledger->used);
    build_budget(system_ledger_results_init_limit(results), ledger->limits);
    return ERR_OK;
}

static err_t objects(struct invocation *invocation)
{
    struct system_objects_results_builder results =
        system_objects_results_init_root(&invocation->results);

    system_objects_results_set_processes(results, (uint32_t)processes_count());
    system_objects_results_set_threads(results, (uint32_t)threads_count());
    system_objects_results_set_memory_objects(results, (uint32_t)memory_objects_count());
    system_objects_results_set_mappings(results, (uint32_t)mappings_count());
    system_objects_results_set_endpoints(results, (uint32_t)endpoints_count());
    system_objects_results_set_calls(results, (uint32_t)calls_count());
    return ERR_OK;
}

static err_t contention(struct invocation *invocation)
{
    struct system_contention_results_builder results =
        system_contention_results_init_root(&invocation->results);
    uint64_t waits, nanoseconds;

    cpus_contention(&waits, &nanoseconds);
    system_contention_results_set_waits(results, waits);
    system_contention_results_set_nanoseconds(results, nanoseconds);
    return ERR_OK;
}

static const struct method methods[SYSTEM_METHODS] = {
    [SYSTEM_SYSTEM] = {system, RESULT_WORDS(SYSTEM_SYSTEM), 0},
    [SYSTEM_LEDGER] = {ledger, RESULT_WORDS(SYSTEM_LEDGER) + 2 * BUDGET_WORDS, 0},
    [SYSTEM_OBJECTS] = {objects, RESULT_WORDS(SYSTEM_OBJECTS), 0},
    [SYSTEM_CONTENTION] = {contention, RESULT_WORDS(SYSTEM_CONTENTION), 0},
};

static const struct object_type type = {
    .name = "system info",
    .interface_id = INTERFACE_SYSTEM,
    .methods = methods,
    .n_methods = SYSTEM_METHODS,
};

struct object system_info = {.type = &type, .refs = 1};
