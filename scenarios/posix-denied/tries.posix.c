/*
 * Tries once what needs a grant; tells what is refused, and how often as its exit code.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

static int refusals;

/* ERROR: 0, or what came. */
static void tell(const char *what, int error)
{
    if (error == 0)
        return;
    refusals++;
    printf("%s: %s\n", what, strerror(error));
}

static int error_of(long result)
{
    return result < 0 ? errno : 0;
}

static void *nothing(void *argument)
{
    return argument;
}

static void threads(void)
{
    pthread_t thread;
    int error = pthread_create(&thread, NULL, nothing, NULL);

    tell("pthread_create", error);
    if (!error)
        tell("pthread_join", pthread_join(thread, NULL));
}

/* Whoever is alone waits for the time, if not for others. */
static void waits(void)
{
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_condattr_t attributes;
    pthread_cond_t never;
    struct timespec until;
    int error;

    clock_gettime(CLOCK_MONOTONIC, &until);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&never, &attributes);
    until.tv_sec += (until.tv_nsec + 1000000) / 1000000000;
    until.tv_nsec = (until.tv_nsec + 1000000) % 1000000000;
    pthread_mutex_lock(&mutex);
    error = pthread_cond_timedwait(&never, &mutex, &until);
    tell("pthread_cond_timedwait", error == ETIMEDOUT ? 0 : error);
}

int main(int argc, char **argv)
{
    char bytes[16];
    struct timespec millisecond = {.tv_nsec = 1000000};
    void *block = malloc(100000);

    printf("without %s:\n", argv[argc - 1]);
    tell("malloc", block ? 0 : errno);
    free(block);
    threads();
    waits();
    tell("nanosleep", error_of(nanosleep(&millisecond, NULL)));
    tell("getentropy", error_of(getentropy(bytes, sizeof(bytes))));
    tell("sched_yield", error_of(sched_yield()));
    tell("write", error_of(write(1, "", 0)));
    tell("sysconf", sysconf(_SC_NPROCESSORS_ONLN) == 2 ? 0 : ENOSYS);
    tell("read", error_of(read(0, bytes, 1)));
    return refusals;
}
