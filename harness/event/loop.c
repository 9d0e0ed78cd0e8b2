/* The harness's one event loop, its one lock, and the waiting for events.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/event/loop.h"

#include "harness/base/clock.h"

#include <errno.h>
#include <libvirt/libvirt.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* A watch is freed by libvirt's loop after its removal, never under a running handler. */
struct watch {
    loop_handler *handler;
    void *arg;
    bool removed; /* guarded by `lock`: an event may already be on its way when it is removed */
};

enum { MAX_WATCHES = 1024 };

/* Guards every object that the loop thread and the main thread share, this file's table included.
 * It is the only lock of a scenario's process, so there is no order to keep. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed; /* on CLOCK_MONOTONIC */
static struct {
    int number;
    struct watch *watch;
} watches[MAX_WATCHES];
static int n_watches;

static void *run(void *arg)
{
    (void)arg;
    for (;;) {
        if (virEventRunDefaultImpl() < 0)
            abort(); /* the loop's own bookkeeping is broken: die, the runner reports it */
    }
}

bool loop_start(struct error *err)
{
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&changed, &attr);
    pthread_condattr_destroy(&attr);

    pthread_t thread;
    if (virEventRegisterDefaultImpl() < 0)
        return error_set(err, "libvirt's event loop does not start");
    int rc = pthread_create(&thread, NULL, run, NULL);
    if (rc)
        return error_set(err, "cannot start a thread: %s", strerror(rc));
    pthread_detach(thread);
    return true;
}

void loop_lock(void)
{
    pthread_mutex_lock(&lock);
}

void loop_unlock(void)
{
    pthread_mutex_unlock(&lock);
}

void loop_changed(void)
{
    pthread_cond_broadcast(&changed);
}

bool loop_wait(int64_t deadline)
{
    if (clock_ms() >= deadline)
        return false;
    struct timespec until = {.tv_sec = deadline / 1000, .tv_nsec = deadline % 1000 * 1000000};
    return pthread_cond_timedwait(&changed, &lock, &until) != ETIMEDOUT;
}

static void dispatch(int number, int fd, int events, void *opaque)
{
    (void)number;
    struct watch *watch = opaque;
    loop_lock();
    if (!watch->removed) {
        bool readable =
            events & (VIR_EVENT_HANDLE_READABLE | VIR_EVENT_HANDLE_HANGUP | VIR_EVENT_HANDLE_ERROR);
        watch->handler(fd, readable, events & VIR_EVENT_HANDLE_WRITABLE, watch->arg);
    }
    loop_unlock();
}

int loop_watch(int fd, loop_handler *handler, void *arg)
{
    if (n_watches == MAX_WATCHES)
        return -1;
    struct watch *watch = calloc(1, sizeof *watch);
    if (!watch)
        abort();
    watch->handler = handler;
    watch->arg = arg;
    int number = virEventAddHandle(fd, VIR_EVENT_HANDLE_READABLE, dispatch, watch, free);
    if (number < 0) {
        free(watch);
        return -1;
    }
    watches[n_watches].number = number;
    watches[n_watches++].watch = watch;
    return number;
}

void loop_want(int watch, bool reading, bool writing)
{
    virEventUpdateHandle(watch, (reading ? VIR_EVENT_HANDLE_READABLE : 0) |
                                    (writing ? VIR_EVENT_HANDLE_WRITABLE : 0));
}

void loop_unwatch(int number)
{
    for (int i = 0; i < n_watches; i++) {
        if (watches[i].number != number)
            continue;
        watches[i].watch->removed = true;
        watches[i] = watches[--n_watches];
        virEventRemoveHandle(number);
        return;
    }
}
