/*
 * Makes a process out of a program.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What the new process finds is abi/start.h. Its memory is filled through the direct map, before it
 * runs.
 */
#include "process/load.h"

#include "abi/kernel.capnp.h"
#include "abi/ring.h"
#include "abi/start.h"
#include "arch/arch.h"
#include "lib/message_bytes.h"
#include "lib/string.h"
#include "mem/direct.h"
#include "mem/frames.h"
#include "mem/space.h"
#include "process/elf.h"
#include "process/process.h"
#include "sched/thread.h"
#include "session/scope.h"

/* What the thread pointer points to: itself, and room for the C library's. */
#define TLS_HEAD_LEN 64

#define GUARD_PAGES 1

static uint64_t pages_of(uint64_t len)
{
    return (len + PAGE_SIZE - 1) / PAGE_SIZE;
}

static enum access access_of(enum elf_access access)
{
    switch (access) {
    case ELF_READ_WRITE:
        return ACCESS_READ_WRITE;
    case ELF_READ_EXECUTE:
        return ACCESS_READ_EXECUTE;
    default:
        return ACCESS_READ;
    }
}

/* Writes into pages that have just been mapped, whatever their access. */
static void write_to(const struct space *space, uint64_t address, const void *bytes, uint64_t len)
{
    const char *from = bytes;

    while (len) {
        uint64_t offset = address % PAGE_SIZE;
        uint64_t part = len < PAGE_SIZE - offset ? len : PAGE_SIZE - offset;
        struct page page;

        arch_space_page(space, address - offset, &page);
        memcpy((char *)direct(page.frame) + offset, from, part);
        address += part;
        from += part;
        len -= part;
    }
}

static err_t load_segment(struct process *process, struct bytes elf,
                          const struct elf_segment *segment)
{
    err_t error =
        space_map_kernel_placed(&process->space, segment->at, (uint32_t)pages_of(segment->mem_len),
                                access_of(segment->access));

    if (!error)
        write_to(&process->space, segment->data_at, elf.at + segment->file_offset,
                 segment->file_len);
    return error;
}

static err_t load_segments(struct process *process, struct bytes elf, const struct elf_plan *plan)
{
    uint64_t pages = 0, end = 0;
    err_t error = ERR_OK;

    for (unsigned i = 0; i < plan->n_segments; i++) {
        const struct elf_segment *segment = &plan->segments[i];

        pages += pages_of(segment->mem_len);
        if (segment->at + segment->mem_len > end)
            end = segment->at + segment->mem_len;
    }
    if (pages > LOAD_PAGES_MAX)
        return ERR_BAD_LENGTH;
    for (unsigned i = 0; i < plan->n_segments && !error; i++)
        error = load_segment(process, elf, &plan->segments[i]);
    process->space.next = end + GUARD_PAGES * PAGE_SIZE;
    return error;
}

/* Pages for the kernel's choice of place, above an unmapped one. */
static err_t map_placed(struct space *space, uint64_t pages, uint64_t *address)
{
    *address = space->next_ring + GUARD_PAGES * PAGE_SIZE;
    space->next_ring = *address + pages * PAGE_SIZE;
    return space_map_kernel_placed(space, *address, (uint32_t)pages, ACCESS_READ_WRITE);
}

static err_t map_stack(struct process *process, const struct elf_plan *plan, uint64_t *top)
{
    uint64_t len = plan->stack_len ? plan->stack_len : USER_STACK_LEN;
    uint64_t pages = pages_of(len);
    uint64_t address;
    err_t error;

    if (len > USER_STACK_MAX)
        return ERR_BAD_LENGTH;
    error = map_placed(&process->space, pages, &address);
    *top = address + pages * PAGE_SIZE;
    return error;
}

/* The System V ABI's variant II: the block ends where the thread pointer points, aligned as the
 * program wants. */
static err_t map_tls(struct process *process, struct bytes elf, const struct elf_tls *tls,
                     uint64_t *thread_pointer)
{
    uint64_t len = (tls->mem_len + tls->align - 1) & ~(tls->align - 1);
    uint64_t address;
    err_t error;

    *thread_pointer = 0;
    if (!tls->present)
        return ERR_OK;
    if (pages_of(len + TLS_HEAD_LEN) > LOAD_PAGES_MAX)
        return ERR_BAD_LENGTH;
    error = map_placed(&process->space, pages_of(len + TLS_HEAD_LEN), &address);
    if (error)
        return error;
    *thread_pointer = address + len;
    write_to(&process->space, address, elf.at + tls->file_offset, tls->file_len);
    write_to(&process->space, *thread_pointer, thread_pointer, sizeof(*thread_pointer));
    return ERR_OK;
}

static err_t give_grants(struct process *process, const struct load_request *request,
                         cap_t *handles)
{
    struct session *from = request->parent ? request->parent->session : request->session;
    err_t error = ERR_OK;

    for (unsigned i = 0; i < request->n_grants && !error; i++) {
        const struct cap *cap = request->grants[i].cap;

        error = cap_insert(&process->caps, cap->object, &cap->rights, &handles[i]);
        if (!error)
            session_receive(cap_find(&process->caps, handles[i]), from, request->session);
    }
    return error;
}

static err_t tell(const struct thread *thread, const struct load_request *request,
                  const cap_t *handles)
{
    struct capnp_builder builder;
    struct start_info_builder info;
    struct capnp_list_builder grants;

    capnp_build(&builder, thread->ring.arena, thread->ring.arena_len);
    info = start_info_init_root(&builder);
    start_info_set_name(info, capnp_text(request->name));
    start_info_set_arguments(info, data_of_bytes(request->arguments));
    grants = start_info_init_grants(info, request->n_grants);
    for (unsigned i = 0; i < request->n_grants; i++) {
        struct start_info_grant_builder grant = start_info_grant_init_at(grants, i);

        start_info_grant_set_name(grant, text_of_bytes(request->grants[i].name));
        start_info_grant_set_handle(grant, handles[i]);
        start_info_grant_set_interface_id(grant, request->grants[i].cap->rights.interface_id);
    }
    thread->ring.page->start_len = (uint32_t)capnp_built_len(&builder);
    return builder.full ? ERR_NO_ROOM : ERR_OK;
}

/* The process has its memory: its first thread, and what it is told. */
static err_t start_thread(struct process *process, const struct load_request *request,
                          struct thread_start *start)
{
    cap_t handles[LOAD_GRANTS_MAX];
    struct thread *thread;
    err_t error = give_grants(process, request, handles);

    if (!error) {
        start->argument = process->space.next_ring + PAGE_SIZE; /* the arena behind the ring */
        error = thread_create(process, start, &thread);
    }
    if (error)
        return error;
    error = tell(thread, request, handles);
    if (!error)
        thread_start(thread);
    object_put(&thread->object); /* the process keeps it */
    return error;
}

err_t load(const struct load_request *request, struct process **out, const char **why)
{
    struct thread_start start = {.arena_pages = request->arena_pages,
                                 .priority = request->priority};
    struct process *process;
    struct elf_plan plan;
    err_t error = elf_read(request->elf, USER_MIN, USER_MAX, &plan, why);

    if (!error)
        error = process_create(request->name, request->parent, request->session, &request->budget,
                               &process);
    if (error)
        return error;
    start.entry = plan.entry;
    error = load_segments(process, request->elf, &plan);
    if (!error)
        error = map_stack(process, &plan, &start.stack);
    if (!error)
        error = map_tls(process, request->elf, &plan.tls, &start.fs_base);
    if (!error)
        error = start_thread(process, request, &start);
    if (error) {
        process_end(process, END_TERMINATED, 0); /* the reaper takes back what it got */
        object_put(&process->object);
        return error;
    }
    *out = process;
    return ERR_OK;
}
