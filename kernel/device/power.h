/*
 * Switches the machine off, resets it, or halts.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "lib/types.h"

/* RSDP is ACPI's root pointer, 0 for none. What cannot be done is logged, and the machine halts. */
_Noreturn void power_off(paddr_t rsdp);
_Noreturn void power_reboot(paddr_t rsdp);
_Noreturn void power_halt(void);
