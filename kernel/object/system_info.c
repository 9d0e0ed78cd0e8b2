/*
 * SystemInfo (kernel.capnp): what the machine has, and what is in use.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/system_info.h"

#include "abi/interfaces.h"
#include "abi/version.h"
#include "arch/arch.h"
#include "lib/string.h"
#include "mem/frames.h"
#include "mem/mapping.h"
#include "object/endpoint.h"
#include "object/memory_object.h"
#include "process/process.h"
#include "ring/call.h"
#include "ring/invocation.h"
#include "sched/cpu.h"
#include "sched/thread.h"

#define BUDGET_WORDS 3

/* () -> (version :Text, processors :UInt32, frames, freeFrames, bootNanoseconds :UInt64) */
static err_t system(struct invocation *invocation)
{
    static const char version[] = CAPOS_VERSION;
    struct builder_struct results = invocation_results(invocation, 4, 1);

    builder_text(&results, 0, (struct bytes){(const uint8_t *)version, sizeof(version) - 1});
    builder_u32(&results, 0, cpus_online());
    builder_u64(&results, 8, frames_total());
    builder_u64(&results, 16, frames_free());
    builder_u64(&results, 24, arch_boot_ns());
    return ERR_OK;
}

static void build_budget(struct builder_struct *results, uint32_t i, const uint32_t *amounts)
{
    struct builder_struct budget = builder_struct_at(results, i, BUDGET_WORDS, 0);

    for (unsigned kind = 0; kind < LEDGER_KINDS; kind++)
        builder_u32(&budget, kind * 4, amounts[kind]);
}

/* () -> (used, limit :Budget) */
static err_t ledger(struct invocation *invocation)
{
    const struct ledger *ledger = invocation->process->ledger;
    struct builder_struct results = invocation_results(invocation, 0, 2);

    build_budget(&results, 0, ledger->used);
    build_budget(&results, 1, ledger->limits);
    return ERR_OK;
}

/* () -> (processes, threads, memoryObjects, mappings, endpoints, calls :UInt32) */
static err_t objects(struct invocation *invocation)
{
    const uint64_t counts[] = {processes_count(), threads_count(),   memory_objects_count(),
                               mappings_count(),  endpoints_count(), calls_count()};
    struct builder_struct results = invocation_results(invocation, 3, 0);

    for (unsigned i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
        builder_u32(&results, i * 4, (uint32_t)counts[i]);
    return ERR_OK;
}

static const struct method methods[SYSTEM_INFO_METHODS] = {
    [SYSTEM_INFO_SYSTEM] = {system, 6, 0},
    [SYSTEM_INFO_LEDGER] = {ledger, 3 + 2 * BUDGET_WORDS, 0},
    [SYSTEM_INFO_OBJECTS] = {objects, 4, 0},
};

static const struct object_type type = {
    .name = "system info",
    .interface_id = INTERFACE_SYSTEM_INFO,
    .methods = methods,
    .n_methods = SYSTEM_INFO_METHODS,
};

struct object system_info = {.type = &type, .refs = 1};
