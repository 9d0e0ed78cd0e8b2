/*
 * A thread's registers: how they begin, and how they change hands.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

/* Switches this processor's x87, SSE and AVX registers on. */
void thread_init_cpu(void);
