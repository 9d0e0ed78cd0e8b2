/*
 * Time since entry, from the processor's time-stamp counter (TSC).
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

/* Measures the TSC against the board's timer, in about 2 ms. */
void clock_init(void);
