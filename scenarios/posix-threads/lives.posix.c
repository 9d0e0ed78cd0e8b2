/*
 * Lives of POSIX threads: variables of their own, signals, and ends that leave nothing.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE
#include "kit.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <threads.h>
#include <unistd.h>

#define THREADS  8
#define DETACHED 300

/* --- Once, keys, thread-local variables --- */

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static unsigned makings, destructions;
static __thread unsigned long own = 42;
static __thread char aligned[32] __attribute__((aligned(64)));

static void destroy(void *value)
{
    EXPECT(value == &own);
    __atomic_fetch_add(&destructions, 1, __ATOMIC_RELAXED);
}

static void make(void)
{
    makings++;
    EXPECT(pthread_key_create(&key, destroy) == 0);
}

static void *use_own(void *number)
{
    pthread_once(&once, make);
    EXPECT(pthread_getspecific(key) == NULL && own == 42);
    EXPECT((unsigned long)aligned % 64 == 0 && aligned[0] == 0);
    EXPECT(pthread_setspecific(key, &own) == 0);
    own = (unsigned long)number;
    aligned[0] = 1;
    for (unsigned i = 0; i < 10; i++) {
        sched_yield();
        EXPECT(own == (unsigned long)number && pthread_getspecific(key) == &own);
    }
    errno = (int)own;
    sched_yield();
    EXPECT(errno == (int)own);
    return NULL;
}

static void own_variables(void)
{
    pthread_t threads[THREADS];

    for (unsigned long i = 0; i < THREADS; i++)
        threads[i] = start(use_own, (void *)i);
    for (unsigned i = 0; i < THREADS; i++)
        join(threads[i]);
    EXPECT(makings == 1 && destructions == THREADS);
    EXPECT(pthread_key_delete(key) == 0);
    printf("each thread has its own variables, keys and errno; destructors run, once is once\n");
}

/* --- Threads of ISO C, signals --- */

static mtx_t c_mutex;
static cnd_t c_changed;
static bool c_ready;

static int c_thread(void *number)
{
    mtx_lock(&c_mutex);
    c_ready = true;
    cnd_signal(&c_changed);
    mtx_unlock(&c_mutex);
    return *(int *)number + 1;
}

static void c_threads(void)
{
    thrd_t thread;
    int number = 41, result;

    EXPECT(mtx_init(&c_mutex, mtx_plain) == thrd_success && cnd_init(&c_changed) == thrd_success);
    EXPECT(thrd_create(&thread, c_thread, &number) == thrd_success);
    mtx_lock(&c_mutex);
    while (!c_ready)
        cnd_wait(&c_changed, &c_mutex);
    mtx_unlock(&c_mutex);
    EXPECT(thrd_join(thread, &result) == thrd_success && result == 42);
    EXPECT(thrd_sleep(&(struct timespec){.tv_nsec = 1000}, NULL) == 0);
    printf("threads of ISO C are the same threads\n");
}

static pthread_t handled_by;

static void handle(int signal)
{
    EXPECT(signal == SIGUSR1);
    handled_by = pthread_self();
}

static void *sleep_until_handled(void *unused)
{
    while (!__atomic_load_n(&handled_by, __ATOMIC_ACQUIRE))
        usleep(1000);
    return unused;
}

static void signals(void)
{
    pthread_t thread;

    signal(SIGUSR1, handle);
    thread = start(sleep_until_handled, NULL);
    EXPECT(pthread_kill(thread, 0) == 0 && pthread_kill(thread, SIGUSR1) == 0);
    join(thread);
    EXPECT(pthread_equal(handled_by, thread));
    printf("a signal to a thread is handled by that one\n");
}

/* --- Ends --- */

static void *address_of_local(void *unused)
{
    (void)unused;
    return __builtin_frame_address(0);
}

static unsigned ended;

static void *end_detached(void *unused)
{
    __atomic_fetch_add(&ended, 1, __ATOMIC_RELAXED);
    return unused;
}

static void *detach_self(void *unused)
{
    pthread_detach(pthread_self());
    return end_detached(unused);
}

static void joined_stack(void)
{
    unsigned long page = (unsigned long)join(start(address_of_local, NULL)) & ~4095ul;

    EXPECT(mprotect((void *)page, 4096, PROT_READ) < 0 && errno == ENOMEM);
    printf("the stack of a thread that was joined is not mapped any more\n");
}

static void attributes(pthread_t thread, size_t least)
{
    pthread_attr_t attributes;
    void *stack;
    size_t len;

    EXPECT(pthread_getattr_np(thread, &attributes) == 0);
    EXPECT(pthread_attr_getstack(&attributes, &stack, &len) == 0 && len >= least);
    EXPECT((char *)&len >= (char *)stack && (char *)&len < (char *)stack + len);
    pthread_attr_destroy(&attributes);
}

static void *own_attributes(void *unused)
{
    attributes(pthread_self(), SMALL_STACK);
    return unused;
}

static void stacks(void)
{
    attributes(pthread_self(), 0xf000);
    join(start_small(own_attributes, NULL, PTHREAD_CREATE_JOINABLE));
    printf("each thread finds out where its stack is\n");
}

static void detached(void)
{
    struct budget before = ledger_used();

    for (unsigned i = 0; i < DETACHED; i++) {
        if (i % 2)
            start_small(end_detached, NULL, PTHREAD_CREATE_DETACHED);
        else
            start_small(detach_self, NULL, PTHREAD_CREATE_JOINABLE);
        while (i % 10 == 9 && __atomic_load_n(&ended, __ATOMIC_RELAXED) < i - 5)
            sched_yield();
    }
    while (__atomic_load_n(&ended, __ATOMIC_RELAXED) < DETACHED)
        sched_yield();
    settle(before);
    ledger_check("detached threads", before);
    printf("300 detached threads come and go, and leave nothing\n");
}

static void *exit_late(void *unused)
{
    usleep(2000);
    printf("the last thread's end is the end of the process\n");
    return unused;
}

int main(void)
{
    struct budget before;

    join(start(use_own, NULL)); /* what is made once is made */
    once = (pthread_once_t)PTHREAD_ONCE_INIT;
    makings = destructions = 0;
    pthread_key_delete(key);
    before = ledger_used();
    own_variables();
    c_threads();
    signals();
    stacks();
    joined_stack();
    detached();
    settle(before);
    ledger_check("all of them", before);
    printf("nothing is left of them: the ledger is as before\n");
    start(exit_late, NULL);
    pthread_exit(NULL);
}
