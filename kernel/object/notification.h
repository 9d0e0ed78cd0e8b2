/*
 * Notification, Signaller and NotificationFactory (kernel.capnp): 64 bits to wait for.
 * SPDX-License-Identifier: Apache-2.0
 *
 * SIGNAL sets bits, however often; WAIT takes those of its mask, and clears them. Who waits stands
 * in line: the first whose mask meets a signal gets all of its bits that are set, the next what is
 * left. So a bit that is set and a waiter whose mask has it never stand side by side. SIGNAL and
 * WAIT themselves are take_signal() and take_wait() of ring/take.h. All under the kernel lock.
 */
#pragma once

#include "object/object.h"

/* Operations that wait at one notification, so that a signal's work is bounded. */
#define NOTIFICATION_WAITERS_MAX 64

extern const struct object_type notification_type;
extern struct object notification_factory;

/* Sets BITS, and gives them to those who wait. The caller holds a reference. */
void notification_signal(struct object *notification, uint64_t bits);
