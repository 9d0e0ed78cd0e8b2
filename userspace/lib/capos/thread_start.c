/*
 * Threads that run a C function, with a guarded stack and thread-local variables of their own.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Thread-local variables as in the System V ABI for x86-64, variant II: the block ends at the
 * thread pointer, where the control block begins, whose first word points to itself. The image of
 * the block is found by the program headers, which the linker puts at the start of the first
 * segment.
 */
#include "capos/thread_start.h"

#include <string.h>

#include "capos/page.h"
#include "capos/start.h"
#include "capos/syscall.h"

#define PT_TLS            7
#define CONTROL_BLOCK_LEN 64

struct elf_header {
    uint8_t ident[16];
    uint16_t type, machine;
    uint32_t version;
    uint64_t entry, program_headers, section_headers;
    uint32_t flags;
    uint16_t len, program_header_len, n_program_headers;
};

struct program_header {
    uint32_t type, flags;
    uint64_t offset, at, physical, file_len, mem_len, align;
};

/* The end of the stack, and the argument of thread_entry(). */
struct thread_begin {
    int (*run)(void *);
    void *argument;
};

extern const struct elf_header __ehdr_start;
extern void thread_entry(void);

/* The header of the thread-local variables, or NULL when the program has none. */
static const struct program_header *tls_header(void)
{
    const struct program_header *header =
        (const void *)((const uint8_t *)&__ehdr_start + __ehdr_start.program_headers);

    for (uint32_t i = 0; i < __ehdr_start.n_program_headers; i++) {
        if (header[i].type == PT_TLS)
            return &header[i];
    }
    return NULL;
}

/* Lays out the variables below TOP in zeroed memory: the thread pointer, and where they begin. */
static uint64_t tls_place(uint64_t top, uint64_t *begin)
{
    const struct program_header *tls = tls_header();
    uint64_t pointer = top - CONTROL_BLOCK_LEN;

    *begin = pointer;
    if (tls) {
        pointer &= -tls->align;
        *begin = (pointer - tls->mem_len) & -tls->align;
        memcpy((void *)*begin, (const void *)tls->at, tls->file_len);
    }
    *(uint64_t *)pointer = pointer;
    return pointer;
}

static struct outcome stack_map(struct thread *thread)
{
    cap_t memory = capos_cap("memory");
    struct outcome outcome;

    thread->pages = THREAD_STACK_PAGES + 1;
    outcome = vm_map(memory, 0, thread->pages, ACCESS_READ_WRITE, &thread->stack);
    if (!outcome_is_done(outcome))
        return outcome;
    outcome = vm_protect(memory, thread->stack, 1, ACCESS_NONE);
    if (!outcome_is_done(outcome))
        vm_unmap(memory, thread->stack, thread->pages);
    return outcome;
}

struct outcome thread_start_with(struct thread *thread, int (*run)(void *), void *argument,
                                 uint32_t priority)
{
    struct outcome outcome = stack_map(thread);
    uint64_t pointer, begin, top;

    if (!outcome_is_done(outcome))
        return outcome;
    pointer = tls_place(thread->stack + thread->pages * PAGE_LEN, &begin);
    top = (begin - sizeof(struct thread_begin)) & ~15ul;
    *(struct thread_begin *)top = (struct thread_begin){run, argument};
    outcome = threads_create(capos_cap("threads"), (uint64_t)thread_entry, top, top, pointer, 0,
                             priority, &thread->handle);
    if (!outcome_is_done(outcome))
        vm_unmap(capos_cap("memory"), thread->stack, thread->pages);
    return outcome;
}

struct outcome thread_start(struct thread *thread, int (*run)(void *), void *argument)
{
    return thread_start_with(thread, run, argument, 0);
}

/* Called by thread_entry, on the thread's own stack. */
_Noreturn void thread_main(struct ring *ring, const struct thread_begin *begin);
_Noreturn void thread_main(struct ring *ring, const struct thread_begin *begin)
{
    ring_init(ring_mine(), ring);
    thread_control_exit_thread(capos_cap("thread"), (uint32_t)begin->run(begin->argument));
    syscall_exit(EXIT_NOT_GRANTED);
}

struct outcome thread_finish(struct thread *thread, uint32_t *code)
{
    struct outcome outcome = thread_join(thread->handle, code);

    if (!outcome_is_done(outcome))
        return outcome;
    cap_release(thread->handle);
    return vm_unmap(capos_cap("memory"), thread->stack, thread->pages);
}
