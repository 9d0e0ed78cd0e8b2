/*
 * Cancellation of POSIX threads: in a wait, before it, while it is not allowed, and at any time.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "kit.h"

#include <sched.h>
#include <unistd.h>

#define CANCELS 300

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static unsigned waiting, cleanups;

static void clean_up(void *expected)
{
    EXPECT(cleanups == (unsigned long)expected);
    cleanups++;
}

static void *sleep_long(void *unused)
{
    sleep(3600);
    return unused;
}

static void unlock(void *locked)
{
    EXPECT(pthread_mutex_unlock(locked) == 0);
}

static void *wait_long(void *unused)
{
    pthread_mutex_lock(&mutex);
    pthread_cleanup_push(unlock, &mutex);
    pthread_cleanup_push(clean_up, (void *)1);
    pthread_cleanup_push(clean_up, (void *)0);
    waiting = 1;
    for (;;)
        pthread_cond_wait(&changed, &mutex);
    pthread_cleanup_pop(0);
    pthread_cleanup_pop(0);
    pthread_cleanup_pop(0);
    return unused;
}

static void *refuse_then_take(void *go_on)
{
    int old;

    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
    while (!__atomic_load_n((bool *)go_on, __ATOMIC_ACQUIRE))
        pthread_testcancel();
    usleep(1000);
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old);
    pthread_testcancel();
    return NULL;
}

static void cancel(pthread_t thread)
{
    EXPECT(pthread_cancel(thread) == 0 && join(thread) == PTHREAD_CANCELED);
}

static void sleeping(void)
{
    pthread_t thread = start(sleep_long, NULL);

    usleep(2000);
    cancel(thread);
    cancel(start(sleep_long, NULL));
    printf("in its sleep, and before it\n");
}

static void at_a_condition(void)
{
    pthread_t thread = start(wait_long, NULL);

    while (__atomic_load_n(&waiting, __ATOMIC_ACQUIRE) == 0)
        sched_yield();
    cancel(thread);
    EXPECT(cleanups == 2);
    EXPECT(pthread_mutex_trylock(&mutex) == 0 && pthread_mutex_unlock(&mutex) == 0);
    printf("at a condition: it cleans up, and lets go of its mutex\n");
}

static void not_allowed(void)
{
    bool go_on = false;
    pthread_t thread = start(refuse_then_take, &go_on);

    EXPECT(pthread_cancel(thread) == 0);
    __atomic_store_n(&go_on, true, __ATOMIC_RELEASE);
    EXPECT(join(thread) == PTHREAD_CANCELED);
    printf("while it does not allow it: when it does\n");
}

/* A little later each time. */
static void at_any_time(void)
{
    for (unsigned i = 0; i < CANCELS; i++) {
        pthread_t thread = start_small(sleep_long, NULL, PTHREAD_CREATE_JOINABLE);

        for (unsigned volatile spin = 0; spin < i * 50; spin++)
            continue;
        cancel(thread);
    }
    printf("%d times at any time\n", CANCELS);
}

int main(void)
{
    struct budget before;

    cancel(start(sleep_long, NULL));
    usleep(1000); /* parks at what would cancel it, once for all its waits */
    before = ledger_used();
    sleeping();
    at_a_condition();
    not_allowed();
    at_any_time();
    settle(before);
    ledger_check("cancellation", before);
    printf("nothing is left of them: the ledger is as before\n");
    return 0;
}
