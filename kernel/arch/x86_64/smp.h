/*
 * The other processors.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "device/madt.h"

/* Prepares the record of each processor in MADT (NULL: this one alone), makes the first one ours, and loads it. */
void smp_init(const struct madt *madt);

/* Starts the others and waits, for a bounded time, until they run. Logs how many do. */
void smp_start(void);

/* arch_stop_others() was called: an NMI means to halt. */
bool smp_is_stopping(void);
