/*
 * Each processor's timer: one interrupt at LOCAL_TIMER_VECTOR, at a time.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The local APIC's timer, in its TSC-deadline mode where the processor has it (Intel SDM volume 3,
 * 10.5.4); or the PIT where there is no local APIC. The interrupt may be early, when the deadline
 * lies far away (the PIT reaches 54 ms, a local APIC at 1 GHz 4 s), and one that was stopped or
 * moved may still come: who takes it compares the time and arms again.
 */
#pragma once

#include "lib/types.h"

/* Chooses the timer and measures it, in at most about 1 ms; nothing is armed. On the boot
 * processor, after clock_init() and irq_init(). Logs what it chose. */
void local_timer_init(void);

/* The same on another processor, which needs no measuring. After local_apic_init_cpu(). */
void local_timer_init_cpu(void);

/* Interrupts this processor once when arch_time_ns() reaches DEADLINE_NS; as soon as possible when
 * it has. Replaces the deadline before. */
void local_timer_arm(uint64_t deadline_ns);

/* Forgets the deadline. */
void local_timer_stop(void);
