/*
 * Locks and waits of POSIX threads.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE
#include "kit.h"

#include <errno.h>
#include <semaphore.h>
#include <time.h>

#define THREADS 8
#define ROUNDS  5000
#define CROWD   70 /* more than one UNPARK wakes */

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static unsigned long counter;

static struct timespec soon(long nanoseconds)
{
    struct timespec time;

    EXPECT(clock_gettime(CLOCK_MONOTONIC, &time) == 0);
    time.tv_nsec += nanoseconds;
    time.tv_sec += time.tv_nsec / 1000000000;
    time.tv_nsec %= 1000000000;
    return time;
}

/* --- Mutexes --- */

static void *count(void *argument)
{
    for (unsigned i = 0; i < ROUNDS; i++) {
        pthread_mutex_lock(&mutex);
        counter++;
        pthread_mutex_unlock(&mutex);
    }
    return argument;
}

static void mutexes(void)
{
    pthread_t threads[THREADS];

    for (unsigned long i = 0; i < THREADS; i++)
        threads[i] = start(count, (void *)(i + 100));
    for (unsigned long i = 0; i < THREADS; i++)
        EXPECT(join(threads[i]) == (void *)(i + 100));
    EXPECT(counter == THREADS * ROUNDS);
    printf("8 threads count to 40000 under a mutex, and return what they should\n");
}

static pthread_mutex_t make_mutex(int type, int robust)
{
    pthread_mutexattr_t attributes;
    pthread_mutex_t made;

    pthread_mutexattr_init(&attributes);
    EXPECT(pthread_mutexattr_settype(&attributes, type) == 0);
    EXPECT(pthread_mutexattr_setrobust(&attributes, robust) == 0);
    EXPECT(pthread_mutex_init(&made, &attributes) == 0);
    return made;
}

static void *try_lock(void *other)
{
    return (void *)(long)pthread_mutex_trylock(other);
}

static void *lock_and_leave(void *other)
{
    pthread_mutex_lock(other);
    return NULL;
}

static void mutex_types(void)
{
    static pthread_mutex_t recursive, strict, robust;

    recursive = make_mutex(PTHREAD_MUTEX_RECURSIVE, PTHREAD_MUTEX_STALLED);
    strict = make_mutex(PTHREAD_MUTEX_ERRORCHECK, PTHREAD_MUTEX_STALLED);
    robust = make_mutex(PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_ROBUST);
    EXPECT(pthread_mutex_lock(&recursive) == 0 && pthread_mutex_lock(&recursive) == 0);
    EXPECT(join(start(try_lock, &recursive)) == (void *)EBUSY);
    EXPECT(pthread_mutex_unlock(&recursive) == 0 && pthread_mutex_unlock(&recursive) == 0);
    EXPECT(pthread_mutex_lock(&strict) == 0);
    EXPECT(pthread_mutex_lock(&strict) == EDEADLK);
    EXPECT(pthread_mutex_unlock(&strict) == 0 && pthread_mutex_unlock(&strict) == EPERM);
    join(start(lock_and_leave, &robust));
    EXPECT(pthread_mutex_lock(&robust) == EOWNERDEAD);
    EXPECT(pthread_mutex_consistent(&robust) == 0 && pthread_mutex_unlock(&robust) == 0);
    printf("mutexes: recursive, checked, and robust when their owner has died\n");
}

/* --- Condition variables --- */

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static unsigned turn, waiting;
static bool gate;

static void *play(void *side)
{
    pthread_mutex_lock(&mutex);
    for (unsigned i = 0; i < 1000; i++) {
        while (turn % 2 != (unsigned long)side)
            pthread_cond_wait(&changed, &mutex);
        turn++;
        pthread_cond_signal(&changed);
    }
    pthread_mutex_unlock(&mutex);
    return NULL;
}

static void *wait_at_gate(void *unused)
{
    pthread_mutex_lock(&mutex);
    waiting++;
    pthread_cond_signal(&changed);
    while (!gate)
        pthread_cond_wait(&changed, &mutex);
    waiting--;
    pthread_mutex_unlock(&mutex);
    return unused;
}

static void crowd(void)
{
    pthread_t threads[CROWD];

    for (unsigned i = 0; i < CROWD; i++)
        threads[i] = start_small(wait_at_gate, NULL, PTHREAD_CREATE_JOINABLE);
    pthread_mutex_lock(&mutex);
    while (waiting < CROWD) {
        pthread_mutex_unlock(&mutex);
        sched_yield();
        pthread_mutex_lock(&mutex);
    }
    gate = true;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&mutex);
    for (unsigned i = 0; i < CROWD; i++)
        join(threads[i]);
    EXPECT(waiting == 0);
    printf("70 threads wait for one condition, and one broadcast wakes them all\n");
}

static void conditions(void)
{
    pthread_t other = start(play, (void *)1);

    play((void *)0);
    join(other);
    EXPECT(turn == 2000);
    printf("two threads take 2000 turns over a condition variable\n");
}

static void timeouts(void)
{
    pthread_condattr_t attributes;
    pthread_cond_t never;
    struct timespec until = soon(20 * MILLISECOND), wrong = {.tv_nsec = -1}, now;

    pthread_condattr_init(&attributes);
    EXPECT(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0);
    EXPECT(pthread_cond_init(&never, &attributes) == 0);
    pthread_mutex_lock(&mutex);
    EXPECT(pthread_cond_timedwait(&never, &mutex, &until) == ETIMEDOUT);
    EXPECT(pthread_cond_timedwait(&never, &mutex, &until) == ETIMEDOUT);
    EXPECT(pthread_cond_timedwait(&never, &mutex, &wrong) == EINVAL);
    pthread_mutex_unlock(&mutex);
    now = soon(0);
    EXPECT(now.tv_sec > until.tv_sec ||
           (now.tv_sec == until.tv_sec && now.tv_nsec >= until.tv_nsec));
    printf("a wait with a deadline ends then, and one whose time is over at once\n");
}

/* --- Barriers, reader-writer locks, semaphores, spin locks --- */

static pthread_barrier_t barrier;
static unsigned serial, phase_sum;

static void *meet(void *unused)
{
    for (unsigned i = 0; i < 50; i++) {
        __atomic_fetch_add(&phase_sum, 1, __ATOMIC_RELAXED);
        if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
            __atomic_fetch_add(&serial, 1, __ATOMIC_RELAXED);
        EXPECT(__atomic_load_n(&phase_sum, __ATOMIC_RELAXED) >= (i + 1) * 4);
        pthread_barrier_wait(&barrier);
    }
    return unused;
}

static void *meet_once(void *unused)
{
    pthread_barrier_wait(&barrier);
    return unused;
}

static void barriers(void)
{
    pthread_t threads[4], crowd[CROWD];

    EXPECT(pthread_barrier_init(&barrier, NULL, 4) == 0);
    for (unsigned i = 0; i < 4; i++)
        threads[i] = start(meet, NULL);
    for (unsigned i = 0; i < 4; i++)
        join(threads[i]);
    EXPECT(serial == 50 && phase_sum == 200);
    EXPECT(pthread_barrier_destroy(&barrier) == 0);
    printf("4 threads meet at a barrier 100 times\n");
    EXPECT(pthread_barrier_init(&barrier, NULL, CROWD) == 0);
    for (unsigned i = 0; i < CROWD; i++)
        crowd[i] = start_small(meet_once, NULL, PTHREAD_CREATE_JOINABLE);
    for (unsigned i = 0; i < CROWD; i++)
        join(crowd[i]);
    EXPECT(pthread_barrier_destroy(&barrier) == 0);
    printf("and 70 of them once\n");
}

static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static unsigned long pair[2];

static void *read_pair(void *unused)
{
    for (unsigned i = 0; i < 2000; i++) {
        pthread_rwlock_rdlock(&rwlock);
        EXPECT(pair[0] == pair[1]);
        pthread_rwlock_unlock(&rwlock);
    }
    return unused;
}

static void *write_pair(void *unused)
{
    for (unsigned i = 0; i < 2000; i++) {
        pthread_rwlock_wrlock(&rwlock);
        pair[0]++;
        pair[1]++;
        pthread_rwlock_unlock(&rwlock);
    }
    return unused;
}

static void rwlocks(void)
{
    pthread_t threads[4];

    for (unsigned i = 0; i < 4; i++)
        threads[i] = start(i % 2 ? read_pair : write_pair, NULL);
    for (unsigned i = 0; i < 4; i++)
        join(threads[i]);
    EXPECT(pair[0] == 4000 && pair[1] == 4000);
    EXPECT(pthread_rwlock_rdlock(&rwlock) == 0 && pthread_rwlock_tryrdlock(&rwlock) == 0);
    EXPECT(pthread_rwlock_trywrlock(&rwlock) == EBUSY);
    pthread_rwlock_unlock(&rwlock);
    pthread_rwlock_unlock(&rwlock);
    printf("readers never see half of what writers write\n");
}

static sem_t items, room;
static unsigned queue[4], taken;

static void *produce(void *unused)
{
    for (unsigned i = 0; i < 1000; i++) {
        sem_wait(&room);
        queue[i % 4] = i;
        sem_post(&items);
    }
    return unused;
}

static void semaphores(void)
{
    pthread_t producer;
    int value;

    EXPECT(sem_init(&items, 0, 0) == 0 && sem_init(&room, 0, 4) == 0);
    EXPECT(sem_trywait(&items) < 0 && errno == EAGAIN);
    producer = start(produce, NULL);
    for (; taken < 1000; taken++) {
        sem_wait(&items);
        EXPECT(queue[taken % 4] == taken);
        sem_post(&room);
    }
    join(producer);
    EXPECT(sem_getvalue(&room, &value) == 0 && value == 4);
    printf("1000 items go through a queue of 4 over two semaphores\n");
}

int main(void)
{
    mutexes();
    mutex_types();
    conditions();
    crowd();
    timeouts();
    barriers();
    rwlocks();
    semaphores();
    return 0;
}
