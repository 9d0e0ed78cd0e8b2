/*
 * Waiting for the bits of a notification, and setting them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Both capabilities come from notifications_create() (abi/kernel.calls.h). A program that waits for
 * other things as well puts RING_WAIT into its ring itself, beside them.
 */
#pragma once

#include "capos/call.h"

/* Waits until any bit of MASK is set, or the deadline (0: none) has passed; takes, and so clears,
 * those that are. *BITS are those, 0 when none came. */
struct outcome notification_wait(cap_t notification, uint64_t mask, uint64_t deadline,
                                 uint64_t *bits);

/* Sets bits, with the notification or its signaller. */
struct outcome notification_signal(cap_t, uint64_t bits);
