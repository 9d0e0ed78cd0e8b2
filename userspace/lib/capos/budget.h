/*
 * Budgets: how much of the kernel a process may use.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "abi/kernel.calls.h"

/* As in kernel.capnp. */
struct budget {
    uint32_t frames, objects, calls, timers, caps;
};

/* Enough for a small program: an image of some pages, a stack, the rings of a few threads. */
#define BUDGET_SMALL \
    ((struct budget){.frames = 256, .objects = 32, .calls = 64, .timers = 32, .caps = 64})

void budget_write(struct budget_builder, const struct budget *);
struct budget budget_read(struct budget_reader);

/* What the caller's process uses of its budget, and may use. */
struct outcome ledger_read(cap_t system, struct budget *used, struct budget *limit);
