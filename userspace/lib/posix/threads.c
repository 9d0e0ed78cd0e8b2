/*
 * Threads, over ThreadSpawner and ThreadControl.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A thread's record lies in its thread-local block, which its creator lays out: so it is in the
 * list before the thread runs, and out of it before the block goes.
 */
#define _GNU_SOURCE
#include "posix/threads.h"

#include <errno.h>
#include <sched.h>
#include <string.h>

#include "capos/start.h"
#include "posix/dispatch.h"

#define TID_FIRST 1
#define TID_MAX   ((1 << 29) - 1) /* musl keeps two bits beside it in a mutex */

#define FLAGS_NEEDED (CLONE_VM | CLONE_THREAD | CLONE_SETTLS)

_Thread_local struct posix_thread posix_self;

/* Guards the list, which the first thread is at the end of. */
static struct posix_lock list_lock;
static struct posix_thread *list;
static int tid_last = TID_FIRST;
static bool threaded;

/* Where a variable of this thread's lies in the block that ends at TLS. */
static void *in_block(const void *mine, const void *tls)
{
    return (char *)tls + ((const char *)mine - (const char *)__builtin_thread_pointer());
}

bool posix_is_threaded(void)
{
    return threaded;
}

struct posix_thread *posix_thread_get(int tid)
{
    struct posix_thread *thread;

    posix_lock_take(&list_lock);
    for (thread = list; thread && thread->tid != tid; thread = thread->next)
        continue;
    if (!thread)
        posix_lock_give(&list_lock);
    return thread;
}

void posix_thread_put(void)
{
    posix_lock_give(&list_lock);
}

static void list_add(struct posix_thread *thread)
{
    posix_lock_take(&list_lock);
    thread->next = list;
    list = thread;
    posix_lock_give(&list_lock);
}

static void list_remove(struct posix_thread *thread)
{
    posix_lock_take(&list_lock);
    for (struct posix_thread **at = &list; *at; at = &(*at)->next) {
        if (*at == thread) {
            *at = thread->next;
            break;
        }
    }
    posix_lock_give(&list_lock);
}

/* (thread pointer): musl's own block takes the place of the kernel's; the thread keeps its ring. */
long threads_set_thread_area(const long *arguments)
{
    void *tls = (void *)arguments[0];
    struct posix_thread *self = in_block(&posix_self, tls);

    *(struct ring_client *)in_block(ring_mine(), tls) = *ring_mine();
    *self = (struct posix_thread){.tid = TID_FIRST};
    list = self;
    return posix_result(thread_control_set_fs_base(capos_cap("thread"), (uint64_t)tls));
}

/* (word) */
long threads_set_tid_address(const long *arguments)
{
    posix_self.end_word = (volatile int *)arguments[0];
    return posix_self.tid;
}

long threads_gettid(const long *arguments)
{
    (void)arguments;
    return posix_self.tid;
}

/* What the new thread finds at the top of its stack. */
struct begin {
    int (*run)(void *);
    void *argument;
};

static bool may_create(void)
{
    return posix_grant("threads", INTERFACE_THREADS) && posix_grant("park", INTERFACE_PARK_SPACE);
}

static long create(const struct begin *begin, void *tls)
{
    uint64_t at = (uint64_t)begin;
    cap_t handle;
    struct outcome outcome =
        threads_create(posix_grant("threads", INTERFACE_THREADS), (uint64_t)posix_thread_entry, at,
                       at, (uint64_t)tls, 0, 0, &handle);

    /* Nobody joins it by its handle: musl waits for its end_word. */
    return outcome_is_done(outcome) ? posix_result(cap_release(handle)) : -EAGAIN;
}

/* Called by musl's clone(). */
int capos_clone(int (*run)(void *), void *stack, int flags, void *argument, int *parent_tid,
                void *tls, volatile int *end_word);
int capos_clone(int (*run)(void *), void *stack, int flags, void *argument, int *parent_tid,
                void *tls, volatile int *end_word)
{
    struct begin *begin = (struct begin *)((uint64_t)stack & ~15ul) - 1;
    struct posix_thread *record;
    int tid;
    long result;

    if ((flags & FLAGS_NEEDED) != FLAGS_NEEDED)
        return -ENOSYS;
    tid = __atomic_add_fetch(&tid_last, 1, __ATOMIC_RELAXED);
    if (!may_create() || tid > TID_MAX)
        return -EAGAIN;
    record = in_block(&posix_self, tls);
    *record = (struct posix_thread){
        .tid = tid, .end_word = end_word, .signal_mask = posix_self.signal_mask};
    *begin = (struct begin){run, argument};
    if (flags & CLONE_PARENT_SETTID)
        *parent_tid = tid;
    threaded = true;
    list_add(record);
    result = create(begin, tls);
    if (result)
        list_remove(record);
    return result ? (int)result : tid;
}

/* Called by posix_thread_entry, on the thread's own stack. */
void posix_thread_main(struct ring *ring, const struct begin *begin);
void posix_thread_main(struct ring *ring, const struct begin *begin)
{
    ring_init(ring_mine(), ring);
    begin->run(begin->argument);
    capos_thread_end(NULL, 0);
}

/* All of a long stack but its upper end, which the thread runs on. Returns how much is left. */
static size_t unmap_most(uint64_t *at, size_t len)
{
    size_t most = len > THREAD_END_LEN ? len - THREAD_END_LEN : 0;

    if (most)
        memory_munmap((const long[]){(long)*at, (long)most});
    *at += most;
    return len - most;
}

/* Its completions are of no use to anybody; what is queued goes first. */
static void ring_empty(struct ring_client *client)
{
    struct ring_completion completion;

    ring_enter(client, 0, 0);
    while (ring_poll(client, &completion))
        continue;
}

void capos_thread_end(void *stack, size_t len)
{
    struct ring_client *client = ring_mine();
    volatile int *word = posix_self.end_word;
    uint64_t at = (uint64_t)stack;

    len = unmap_most(&at, len);
    list_remove(&posix_self);
    ring_empty(client);
    if (len)
        thread_end_unmap(client, at, len);
    if (word)
        thread_end_wake(client, (uint64_t)word);
    thread_end_exit(client);
    posix_thread_leave(client->ring, word);
}

/* (code): the last thread's end is the process's. */
long threads_exit(const long *arguments)
{
    (void)arguments;
    capos_thread_end(NULL, 0);
}

long threads_sched_yield(const long *arguments)
{
    (void)arguments;
    return posix_result(thread_control_yield(capos_cap("thread")));
}

/* (tid, len, set): as many processors as there are; which one runs a thread, the kernel decides. */
long threads_sched_getaffinity(const long *arguments)
{
    cap_t system = posix_grant("system", INTERFACE_SYSTEM);
    uint32_t processors = 1;
    size_t len = (size_t)arguments[1];
    uint8_t *set = (uint8_t *)arguments[2];

    if (len < sizeof(uint64_t))
        return -EINVAL;
    if (system &&
        !outcome_is_done(system_system(system, NULL, 0, NULL, &processors, NULL, NULL, NULL)))
        processors = 1;
    memset(set, 0, sizeof(uint64_t));
    for (uint32_t i = 0; i < processors && i < 64; i++)
        set[i / 8] |= (uint8_t)(1u << i % 8);
    return sizeof(uint64_t);
}

/* (tid, head, len): musl looks after its robust mutexes by itself when a thread ends. */
long threads_get_robust_list(const long *arguments)
{
    *(void **)arguments[1] = NULL;
    *(size_t *)arguments[2] = 0;
    return 0;
}

long threads_set_robust_list(const long *arguments)
{
    (void)arguments;
    return 0;
}
