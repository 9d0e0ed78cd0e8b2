/*
 * Processors, threads and time for host tests: a test decides which processor does what, and when.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Implements the rest of arch.h that the scheduler and the ring need. One processor at a time is
 * "this" one. A processor that another interrupts counts as having entered the kernel, where it
 * waits for the lock: what it does next must be entry_interrupted().
 */
#pragma once

#include "arch/arch.h"

/* Nanoseconds since boot; moves when a test moves it, and a little with each look. */
extern uint64_t fake_time_ns;

/* What the ring's tap writes goes here; NULL: nowhere. */
extern void (*fake_port_write)(const void *bytes, size_t len);

/* N processors, all idle and online, as if just started. Nothing may be left of what ran before. */
void fake_machine_start(unsigned n);

/* Makes processor ID this one; first it goes through an interrupt that waits for it. */
void fake_cpu_choose(unsigned id);
