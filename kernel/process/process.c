/*
 * A process: an address space, capabilities and threads, on a budget.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "process/process.h"

#include "abi/kernel.capnp.h"
#include "arch/arch.h"
#include "lib/string.h"
#include "mem/pool.h"
#include "object/process_handle.h"
#include "process/reaper.h"
#include "sched/cpu.h"
#include "sched/thread.h"
#include "session/session.h"

static struct pool pool = POOL("process", struct process);
static uint64_t last_id;

uint64_t processes_count(void)
{
    return pool_used(&pool);
}

static void copy_name(struct process *process, const char *name)
{
    size_t len = strlen(name);

    if (len > PROCESS_NAME_MAX)
        len = PROCESS_NAME_MAX;
    memcpy(process->name, name, len);
}

err_t process_create(const char *name, struct process *parent, struct session *session,
                     const struct budget *budget, struct process **out)
{
    struct process *process = pool_alloc(&pool);
    err_t error;

    if (!process)
        return ERR_NO_MEMORY;
    process->ledger = ledger_create(parent ? parent->ledger : NULL, budget, &error);
    if (!process->ledger)
        goto free;
    /* The status outlives the process in its handles: the parent's business. */
    error = object_init(&process->object, &process_type, parent ? parent->ledger : process->ledger);
    if (error)
        goto close;
    error = space_init(&process->space, process->ledger);
    if (error)
        goto credit;
    cap_table_init(&process->caps, process->ledger);
    copy_name(process, name);
    process->id = ++last_id;
    list_init(&process->threads);
    list_init(&process->waiters);
    list_init(&process->children);
    list_init(&process->in_parent);
    process->session = session;
    object_get(&session->object);
    process->parent = parent;
    if (parent)
        list_insert(&parent->children, &process->in_parent);
    object_get(&process->object); /* the kernel's */
    *out = process;
    return ERR_OK;

credit:
    ledger_credit(process->object.ledger, LEDGER_OBJECTS, 1);
close:
    ledger_close(process->ledger);
free:
    pool_free(&pool, process);
    return error;
}

static void destroy(struct object *object)
{
    pool_free(&pool, (struct process *)object);
}

/* A thread that runs elsewhere ends itself there, as soon as that processor is in the kernel. */
static void interrupt_threads(struct process *process)
{
    for (unsigned id = 0; id < cpus_found(); id++) {
        struct cpu *cpu = cpu_at(id);

        if (cpu != cpu_self() && cpu->current && cpu->current->process == process)
            arch_cpu_interrupt(cpu);
    }
}

void process_end(struct process *process, enum end_reason reason, uint32_t code)
{
    if (process->state != PROCESS_RUNNING)
        return;
    process->state = PROCESS_ENDING;
    process->reason = reason;
    process->code = code;
    interrupt_threads(process);
    reaper_add(process);
}

const struct object_type process_type = {
    .name = "process",
    .interface_id = INTERFACE_PROCESS,
    .methods = process_methods,
    .n_methods = PROCESS_METHODS,
    .destroy = destroy,
};
