/*
 * Notification, Signaller and NotificationFactory (kernel.capnp): 64 bits to wait for.
 * SPDX-License-Identifier: Apache-2.0
 *
 * SIGNAL sets bits, however often; WAIT takes those of its mask, and clears them. Who waits stands in line: the first whose
 * mask meets a signal gets all of its bits that are set, the next what is left. So a bit that is set and a waiter whose mask
 * has it never stand side by side. All under the kernel lock.
 */
#pragma once

#include "object/object.h"

/* Operations that wait at one notification, so that a signal's work is bounded. */
#define NOTIFICATION_WAITERS_MAX 64

struct ring_submission;
struct thread;

extern const struct object_type notification_type;
extern struct object notification_factory;

/* Sets BITS, and gives them to those who wait. The caller holds a reference. */
void notification_signal(struct object *notification, uint64_t bits);

/* The ring's WAIT. *BITS: those that were found at once, and are cleared; 0: the operation waits now. ERR_BAD_ARGUMENT: the
 * mask is empty. ERR_IN_USE: too many wait. */
err_t notification_wait(struct thread *thread, const struct ring_submission *submission,
                        struct object *notification, uint64_t *bits);
