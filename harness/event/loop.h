/* The harness's one event loop, its one lock, and the waiting for events.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Two threads run in a scenario's process: the main thread runs scenario.c, and the loop thread
 * runs libvirt's default event loop, to which all our descriptors are added too. Whatever both
 * touch (streams, machines' states, segments) is guarded by the loop's lock; handlers are called
 * with it held. The main thread sleeps in loop_wait() until a handler said loop_changed().
 */
#pragma once

#include "harness/base/error.h"

#include <stdbool.h>
#include <stdint.h>

/* Starts the loop thread. Once per process, before any other function of libvirt. */
bool loop_start(struct error *);

void loop_lock(void);
void loop_unlock(void);

/* Wakes whoever is in loop_wait(). Lock held. */
void loop_changed(void);

/* Waits for the next loop_changed() or until @deadline (milliseconds of clock_ms()). Lock held
 * before and after, given up while waiting. False when the deadline has passed. */
bool loop_wait(int64_t deadline);

/* Called by the loop thread with the lock held when @fd is ready; @readable is also set at end of
 * file and on errors, so that a read() tells which. */
typedef void loop_handler(int fd, bool readable, bool writable, void *arg);

/* Watches @fd for reading until loop_unwatch(). Returns the watch's number, or -1. Lock held. */
int loop_watch(int fd, loop_handler *handler, void *arg);

/* What a watch asks for from now on; a new one asks for reading only. Lock held. */
void loop_want(int watch, bool reading, bool writing);

/* Ends a watch. Its handler is not called again. Lock held. */
void loop_unwatch(int watch);
